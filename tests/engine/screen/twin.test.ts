import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScreener, seededRandom } from '../../../engine/index.ts';
import { BitConditions } from '../../../engine/screen/bit-conditions.ts';
import { EventMemory } from '../../../engine/screen/event-memory.ts';
import { EventScreener } from '../../../engine/screen/event-screener.ts';
import { kernelMemory, sweepKernels, type KernelMemory, type SweepKernels, wasmKernels } from '../../../engine/screen/kernels.ts';
import { PlainMemory, twinKernels } from '../../../engine/screen/twin/index.ts';
import { createIndicators, linesOf, signalOf } from '../../../engine/strategy/index.ts';
import { drawnCondition, drawnConfig, drawnMarketOf, drawnSpace, drawnStrategy } from '../../support/drawn-rules.ts';

type KernelsOf = (memory: KernelMemory) => SweepKernels;
const compiled: KernelsOf = (memory) => {
  const kernels = wasmKernels(memory);
  if (kernels === null) throw new Error('WebAssembly must be there to be compared with');
  return kernels;
};

/** What a platform without WebAssembly gives. */
function withoutWebAssembly<T>(compute: () => T): T {
  const { WebAssembly: platform } = globalThis as { WebAssembly?: unknown };
  try {
    (globalThis as { WebAssembly?: unknown }).WebAssembly = undefined;
    return compute();
  } finally {
    (globalThis as { WebAssembly?: unknown }).WebAssembly = platform;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Buffer => Buffer.from(buffer.slice(byteOffset, byteOffset + byteLength));

describe('the twin of the sweep kernels', () => {
  it('screens drawn strategies to the same raw figures, bit for bit', () => {
    let trades = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 100, max: 500 }), (seed, length) => {
        const config = drawnConfig(seed);
        const bars = drawnMarketOf(seed, length, config);
        const strategy = drawnStrategy(seed);
        const space = drawnSpace(strategy);
        const raw = (kernelsOf: KernelsOf): Float64Array => {
          const screener = new EventScreener({ strategy, space, bars, config, memoryBytes: 16e6, kernelsOf });
          screener.evaluate(0, space.points);
          return screener.raw;
        };
        const wanted = raw(compiled);
        expect(bytesOf(raw(twinKernels)).equals(bytesOf(wanted)), `seed ${seed}, ${length} bars`).toBe(true);
        wanted.subarray(4 * space.points, 5 * space.points).forEach((count) => {
          trades += count;
        });
      }),
      { numRuns: 60, seed: 13 },
    );
    expect(trades).toBeGreaterThan(10_000);
  });

  it('screens where the platform has no WebAssembly', () => {
    const [config, strategy] = [drawnConfig(3), drawnStrategy(3)];
    const screened = (): Float64Array => createScreener({ strategy, space: drawnSpace(strategy), markets: [drawnMarketOf(3, 300, config)], config, memoryBytes: 8e6 }).evaluate(0, 33, 0).values;
    const figures = withoutWebAssembly(screened);
    expect(bytesOf(figures).equals(bytesOf(screened()))).toBe(true);
    expect(figures.some((x) => x !== 0 && !Number.isNaN(x))).toBe(true);
  });

  it('is taken only where the platform cannot run the compiled kernels', () => {
    expect(withoutWebAssembly(() => kernelMemory(1, 2))).toBeInstanceOf(PlainMemory);
    expect(withoutWebAssembly(() => wasmKernels(new PlainMemory(1)))).toBeNull();
    expect(withoutWebAssembly(() => sweepKernels(new PlainMemory(1)).place.length)).toBe(0);
    expect(wasmKernels(kernelMemory(1, 2))).not.toBeNull();
  });

  it('sees a memory that has grown, with what was in it', () => {
    for (const memory of [new PlainMemory(1), kernelMemory(1, 2)]) {
      const kernels = twinKernels(memory);
      kernels.place(64, 1, 0, 0, 0, 0, 0, 0, 0, 0);
      new Float64Array(memory.buffer, 0, 64).fill(1, 3);
      expect(memory.grow(1)).toBe(1);
      kernels.levelAbove(0, 0.5, 65_536);
      expect([...new Uint32Array(memory.buffer, 65_536, 2)]).toEqual([0xff_ff_ff_f8, 0xff_ff_ff_ff]);
    }
  });
});

describe('conditions as bitsets', () => {
  it('hold at the bars of their signals', () => {
    let held = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 60, max: 400 }), fc.boolean(), (seed, length, isTwin) => {
        const random = seededRandom(seed, 'bitsets');
        const config = drawnConfig(seed);
        const bars = drawnMarketOf(seed, length, config);
        const { columns, ta } = linesOf(bars, createIndicators(1e6));
        const memory = new EventMemory({ bars, config, memoryBytes: 8e6, batch: 1, tables: false, kernelsOf: isTwin ? twinKernels : compiled });
        const conditions = new BitConditions(memory);
        for (let k = 1; k <= 10; k++) {
          const condition = drawnCondition(random, columns, ta, 2 + Math.floor(random() * 30), 3);
          const { enterLong: at } = conditions.decisionsOf({ enterLong: condition, exitLong: null, enterShort: null, exitShort: null, exitAfterBars: 0, size: 1 }, k);
          const words = memory.arena.ints(at, memory.padded / 32);
          const signal = signalOf(condition);
          for (let t = 0; t < memory.padded; t++) expect((words[t >> 5] >>> (t & 31)) & 1, `seed ${seed}, condition ${k}, bar ${t} of ${length}`).toBe(t < length && signal[t] ? 1 : 0);
          held += signal.reduce((sum: number, x) => sum + x, 0);
        }
      }),
      { numRuns: 40, seed: 17 },
    );
    expect(held).toBeGreaterThan(10_000);
  });
});
