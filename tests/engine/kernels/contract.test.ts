import { describe, expect, it } from 'vitest';
import { InputError } from '../../../engine/core/index.ts';
import * as kernels from '../../../engine/kernels/index.ts';
import { type KernelEntry, KERNELS } from '../../../engine/kernels/registry.ts';
import { behindNaN, type Market, randomMarket, slice } from './market.ts';

type Line = Float64Array | Uint8Array;
type Kernel = (...args: unknown[]) => Line | Record<string, Line>;

const BY_NAME = new Map(Object.entries(kernels)) as ReadonlyMap<string, Kernel>;
const BARS = 700;
const CUTS = [1, 2, 13, 14, 15, 28, 64, 333, BARS - 1];
const market = randomMarket(BARS, 1);

/** A NaN inside stays in these for good. */
const RECURSIVE = new Set(['ema', 'wilder', 'dema', 'tema', 'trix', 't3', 'kama', 'zlema', 'rsi', 'cmo', 'stochasticRsi', 'macd', 'macdFix', 'keltner', 'atr', 'natr', 'plusDm', 'minusDm', 'plusDi', 'minusDi', 'dx', 'adx', 'adxr']);
const recovers = ({ name, memoryBars, params }: KernelEntry): boolean => !RECURSIVE.has(name) && Number.isFinite(memoryBars(params));

function kernelOf({ name }: KernelEntry): Kernel {
  return BY_NAME.get(name) ?? (() => { throw new Error(`${name} is not exported`); });
}

function args({ inputs, params, options }: KernelEntry, from: Market, option = options[0]): unknown[] {
  return [...inputs.map((name) => from[name]), ...params, ...(options.length > 0 ? [option] : [])];
}

function run(entry: KernelEntry, from: Market, option = entry.options[0], out?: Line): Line[] {
  const output = kernelOf(entry)(...args(entry, from, option), ...(out ? [out] : []));
  return ArrayBuffer.isView(output) ? [output] : entry.outputs.map((name) => output[name]);
}

function bits(line: Line): string {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('base64');
}

/** The same numbers to the bit; NaN and signed zero included. */
function expectSame(got: Line, wanted: Line): void {
  if (bits(got) !== bits(wanted)) expect([...got]).toEqual([...wanted]);
}

const leadingNaN = (line: Line): number => {
  const at = line.findIndex((value) => !Number.isNaN(value));
  return at < 0 ? line.length : at;
};

describe('the registry', () => {
  it('holds every exported kernel once', () => {
    const exported = Object.entries(kernels).filter(([, kernel]) => typeof kernel === 'function').map(([name]) => name);
    expect(KERNELS.map(({ name }) => name).sort()).toEqual(exported.sort());
  });

  it('exports nothing but kernels', () => {
    expect(Object.values(kernels).every((kernel) => typeof kernel === 'function')).toBe(true);
  });
});

describe.each(KERNELS.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => {
  const every = entry.options.length > 0 ? entry.options : [undefined];

  it('gives one value a bar under the promised names', () => {
    const output = kernelOf(entry)(...args(entry, market));
    if (!ArrayBuffer.isView(output)) expect(Object.keys(output)).toEqual(entry.outputs);
    for (const line of run(entry, market)) expect(line).toHaveLength(BARS);
  });

  it('is NaN in its warm-up and nowhere after', () => {
    const lines = run(entry, market);
    expect(lines.map(leadingNaN)).toEqual(entry.warmupBars(entry.params));
    for (const line of lines) expect(line.subarray(leadingNaN(line)).some((value) => Number.isNaN(value))).toBe(false);
  });

  it('is NaN throughout when the series is shorter than the warm-up, and empty when it is', () => {
    for (const bars of [0, 1, 2, 5]) {
      run(entry, slice(market, 0, bars)).forEach((line, i) => {
        expect(line).toHaveLength(bars);
        expect(leadingNaN(line)).toBe(Math.min(bars, entry.warmupBars(entry.params)[i]));
      });
    }
  });

  it('does not change what it said when bars are added, to the bit', () => {
    for (const option of every) {
      const whole = run(entry, market, option);
      for (const cut of CUTS) run(entry, slice(market, 0, cut), option).forEach((line, i) => expectSame(line, whole[i].slice(0, cut)));
    }
  });

  it('does not read later bars', () => {
    const other = randomMarket(BARS, 2);
    for (const cut of [30, 200, 431]) {
      const changed = Object.fromEntries(Object.entries(market).map(([name, column]) => {
        const mixed = column.slice();
        mixed.set(other[name as keyof Market].subarray(cut), cut);
        return [name, mixed];
      })) as Market;
      run(entry, changed).forEach((line, i) => expectSame(line.slice(0, cut), run(entry, market)[i].slice(0, cut)));
    }
  });

  it('leaves its inputs as they were', () => {
    const before = entry.inputs.map((name) => bits(market[name]));
    for (const option of every) run(entry, market, option);
    expect(entry.inputs.map((name) => bits(market[name]))).toEqual(before);
  });

  if (entry.outputs.length === 0) it('writes the whole of a used `out` and returns it', () => {
    for (const option of every) {
      const wanted = run(entry, market, option)[0];
      const out = wanted instanceof Uint8Array ? new Uint8Array(BARS).fill(77) : new Float64Array(BARS).fill(77);
      const [got] = run(entry, market, option, out);
      expect(got).toBe(out);
      expectSame(got, wanted);
    }
  });

  it('starts counting at the first bar when NaN come before it', () => {
    for (const option of every) {
      const plain = run(entry, market, option);
      for (const gap of [1, 9, 24]) {
        // whole days, so that a daily kernel sees the same days
        if (entry.inputs.includes('openTimeMs') && gap !== 24) continue;
        run(entry, behindNaN(market, gap), option).forEach((line, i) => {
          if (line instanceof Float64Array) expect(line.subarray(0, gap).every((value) => Number.isNaN(value))).toBe(true);
          line.subarray(gap).forEach((value, t) => {
            if (!Object.is(value, plain[i][t])) expect(Math.abs(value - plain[i][t])).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(plain[i][t])));
          });
        });
      }
    }
  });

  it('forgets what is older than its memory', () => {
    const memory = entry.memoryBars(entry.params);
    if (!Number.isFinite(memory)) return;
    const long = randomMarket(memory + 1_500, 3);
    const end = memory + 1_500;
    const from = end - memory - (entry.inputs.includes('openTimeMs') ? (end - memory) % 24 : 0);
    const whole = run(entry, long);
    run(entry, slice(long, from, end)).forEach((line, i) => {
      const scale = Math.max(...whole[i].slice(from).map((value) => Math.abs(value) || 0));
      expect(Math.abs(line[line.length - 1] - whole[i][end - 1])).toBeLessThanOrEqual(1e-4 * scale + 1e-12);
    });
  });

  if (recovers(entry)) it('recovers when a NaN has left the window', () => {
    const holed = Object.fromEntries(Object.entries(market).map(([name, column]) => [name, name === 'openTimeMs' ? column : column.with(200, Number.NaN)])) as Market;
    const whole = run(entry, market);
    const memory = entry.memoryBars(entry.params);
    run(entry, holed).forEach((line, i) => {
      if (line instanceof Float64Array) expect(line.subarray(200, 200 + memory).some((value) => Number.isNaN(value))).toBe(true);
      line.subarray(200 + memory).forEach((value, t) => {
        const wanted = whole[i][200 + memory + t];
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
      });
    });
  });

  it('refuses windows that are not whole numbers of at least 1, and series of different lengths', () => {
    for (let i = 0; i < entry.params.length; i++) {
      for (const bad of [0, -3, 2.5, Number.NaN]) {
        const params = entry.params.with(i, bad);
        expect(() => run({ ...entry, params }, market)).toThrow(expect.objectContaining({ code: 'window-out-of-range' }) as InputError);
      }
    }
    for (const name of entry.inputs.slice(1)) {
      expect(() => run(entry, { ...market, [name]: market[name].slice(1) })).toThrow(expect.objectContaining({ code: 'length-mismatch' }) as InputError);
    }
  });
});
