import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../engine/index.ts';
import { rollingMean } from '../../../engine/kernels/index.ts';
import { KernelTwins } from '../../support/kernel-twins.ts';

const MOST_BARS = 5056;
const COLUMN = (MOST_BARS + 64) * 8;

/** Regions of 64-byte offsets behind one another: columns of doubles, then what is smaller. */
const [COLUMNS, ROWS, EXTREMES, FALLS, BLOCKS, SCALES, EVENTS, SLOTS, LINES, BITS, OUT] = regions(4, 10, 26, 13, 1, 1, 1, 1, 16, 8, 2);
const LINE = 2 * COLUMN;

function regions(...columns: readonly number[]): number[] {
  let end = 64;
  return columns.map((count) => (end += count * COLUMN) - count * COLUMN);
}

const twins = new KernelTwins(64 + 83 * COLUMN);

/** Fresh memories for so many bars. */
function place(n: number, lag: number): void {
  twins.clear();
  twins.both('place', (kernels) => kernels.place(n, lag, COLUMNS, BLOCKS, ROWS, EXTREMES, FALLS, SCALES, EVENTS));
}

const paddedOf = (n: number): number => Math.ceil(n / 64) * 64;

/** Around 100 on a grid of halves, so that lines cross, tie and nearly tie; with gaps at its start, inside with infinities, or nowhere. */
function drawnLine(random: () => number, n: number, gaps: 'none' | 'start' | 'inside'): Float64Array {
  const line = new Float64Array(paddedOf(n)).fill(Number.NaN);
  const first = gaps === 'none' ? 0 : Math.floor(random() * Math.min(n + 1, 80));
  let level = 100;
  for (let t = first; t < n; t++) {
    level = Math.round(2 * (100 + 0.8 * (level - 100) + 5 * (random() - 0.5))) / 2;
    line[t] = gaps === 'inside' && random() < 0.1 ? [Number.NaN, Infinity, -Infinity][Math.floor(random() * 3)] : random() < 0.3 ? level : level + 1e-9 * random();
  }
  return line;
}

function drawnBits(random: () => number, n: number): Int32Array {
  const density = [0.02, 0.5, 0.98][Math.floor(random() * 3)];
  const words = new Int32Array(paddedOf(n) / 32);
  for (let t = 0; t < n; t++) if (random() < density) words[t >> 5] |= 1 << (t & 31);
  return words;
}

/** Open, high, low, close as the host pads them. */
function drawnColumns(random: () => number, n: number): void {
  const N = paddedOf(n);
  const columns = [Number.NaN, -Infinity, Infinity, Number.NaN].map((padding) => new Float64Array(N).fill(padding));
  let price = 100;
  for (let t = 0; t < n; t++) {
    const close = random() < 0.2 ? price : price * (1 + 0.05 * (random() - 0.5));
    [price, Math.max(price, close) * (1 + 0.01 * random()), Math.min(price, close) * (1 - 0.01 * random()), close].forEach((x, c) => {
      columns[c][t] = x;
    });
    price = close;
  }
  columns.forEach((column, c) => twins.write(COLUMNS + c * N * 8, column));
}

/** Property over seeds and lengths, short ones and those at the edge of a word among them. */
function onDrawn(numRuns: number, check: (random: () => number, n: number, where: string) => void): void {
  const length = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 500 }) }, { weight: 1, arbitrary: fc.constantFrom(1, 2, 63, 64, 65, 127, 128, 129, 256) });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), length, (seed, n) => check(seededRandom(seed, 'kernels'), n, `seed ${seed}, ${n} bars`)),
    { numRuns, seed: 11 },
  );
}

describe('the sweep kernels and their twin', () => {
  it('compare lines and levels alike', () => {
    onDrawn(60, (random, n, where) => {
      place(n, 1);
      const gaps = (['none', 'start', 'inside'] as const)[Math.floor(random() * 3)];
      [0, 1].forEach((k) => twins.write(LINES + k * LINE, drawnLine(random, n, gaps)));
      const level = random() < 0.1 ? Number.NaN : 100 + Math.round(4 * (random() - 0.5)) / 2;
      for (const name of ['linesAbove', 'linesNotAbove'] as const) twins.both(where, (kernels) => kernels[name](LINES, LINES + LINE, OUT));
      twins.expectSame(where);
      for (const name of ['levelAbove', 'levelNotAbove', 'levelBelow', 'levelNotBelow'] as const) {
        twins.both(where, (kernels) => kernels[name](LINES, level, OUT));
        twins.expectSame(`${name}, ${where}`);
      }
    });
  });

  it('combine bitsets alike, into an operand too', () => {
    onDrawn(60, (random, n, where) => {
      const [a, b] = [BITS, BITS + COLUMN];
      const bits = [drawnBits(random, n), drawnBits(random, n)];
      const bars = Math.floor(random() * 140);
      for (const name of ['bothHold', 'eitherHolds', 'butNot', 'nowAndBefore', 'since'] as const) {
        for (const out of [OUT, a, b]) {
          place(n, 1);
          [a, b].forEach((offset, k) => twins.writeInts(offset, bits[k]));
          twins.both(where, (kernels) => kernels[name](a, b, out));
          twins.expectSame(`${name}, ${where}`);
        }
      }
      twins.both(where, (kernels) => kernels.doesNotHold(a, OUT));
      twins.both(where, (kernels) => kernels.held(a, bars, OUT + COLUMN));
      twins.expectSame(`doesNotHold and held ${bars} ago, ${where}`);
    });
  });

  it('make the same tables of prices', () => {
    onDrawn(40, (random, n, where) => {
      place(n, random() < 0.5 ? 0 : 1);
      drawnColumns(random, n);
      twins.both(where, (kernels) => kernels.rates(0.001, 0.0005, 0.0003, 0.99, 0.98));
      for (const name of ['sums', 'blocks'] as const) {
        twins.both(where, (kernels) => kernels[name]());
        twins.expectSame(`${name}, ${where}`);
      }
      twins.both(where, (kernels) => kernels.extremes(Math.floor(Math.log2(Math.max(1, n - 1))) + 1));
      twins.expectSame(`extremes, ${where}`);
    });
  });

  it('turn lines into the same integers, and walk pairs of them to the same figures', () => {
    let trades = 0;
    onDrawn(60, (random, n, where) => {
      const lag = random() < 0.5 ? 0 : 1;
      place(n, lag);
      drawnColumns(random, n);
      const firsts: number[] = [];
      twins.both(where, (kernels) => {
        kernels.rates(0.001, 0.0005, 0.0003, 0.99, 0.98);
        kernels.sums();
        kernels.extremes(Math.floor(Math.log2(Math.max(1, n - 1))) + 1);
      });
      const gaps = random() < 0.2 ? 'inside' : random() < 0.5 ? 'start' : 'none';
      [0, 1, 2].forEach((k) => twins.write(LINES + k * LINE, drawnLine(random, n, gaps)));
      twins.writeInts(SLOTS, [LINES, LINES + LINE, LINES + 2 * LINE]);
      twins.both(where, (kernels) => kernels.scales(SLOTS, 2)); // the third may lie outside
      [0, 1, 2].forEach((k) => firsts.push(Number(twins.both(where, (kernels) => kernels.quantise(LINES + k * LINE)))));
      twins.expectSame(`scales and quantise, ${where}`);
      if (firsts.some((first) => first < 0)) return;
      const rows = [[0, 1], [1, 2], [2, 0], [0, 0]].flatMap(([a, b], row) => [LINES + a * LINE, LINES + b * LINE, Math.max(firsts[a], firsts[b]), Math.floor(random() * n), row]);
      twins.writeInts(SLOTS + 64, rows);
      for (const crossing of [0, 1]) {
        twins.both(where, (kernels) => kernels.pairs(SLOTS + 64, 4, crossing, OUT, 32));
        trades += twins.doubles(OUT + 4 * 32, 4).reduce((sum, x) => sum + x, 0);
        twins.writeInts(EVENTS, new Int32Array(n + 256)); // behind the last event each leaves what it likes
        twins.expectSame(`pairs, crossing ${crossing}, ${where}`);
      }
    });
    expect(trades).toBeGreaterThan(1000);
  });

  it('take running sums and means of them alike', () => {
    onDrawn(60, (random, n, where) => means(random, n, random() < 0.15 ? 'inside' : 'none', [1, 2, 1 + Math.floor(random() * 60), n, n + 3], where));
  });

  it('take means across blocks of 4,096 bars', () => {
    means(seededRandom(5, 'kernels'), 5000, 'none', [1, 7, 64, 1000, 2047, 4095, 4096], '5,000 bars');
    means(seededRandom(6, 'kernels'), 4096, 'none', [2, 4096], '4,096 bars');
  });
});

/** Against the twin, and against the kernel of the engine bit for bit. */
function means(random: () => number, n: number, gaps: 'none' | 'inside', windows: readonly number[], where: string): void {
  place(n, 1);
  const values = drawnLine(random, n, gaps).subarray(0, n).map((x, t) => x + Math.sin(t));
  const [high, low, out] = [LINES + LINE, LINES + 2 * LINE, LINES + 3 * LINE];
  twins.write(LINES, values);
  const isFinite = twins.both(where, (kernels) => kernels.runningSums(LINES, high, low, BLOCKS));
  twins.expectSame(`runningSums, ${where}`);
  expect(isFinite, where).toBe(values.every(Number.isFinite) ? 1 : 0);
  if (isFinite === 0) return;
  for (const window of windows) {
    twins.both(where, (kernels) => kernels.rollingMean(high, low, BLOCKS, window, out));
    twins.write(out + 8 * n, [0]); // behind the last bar a pair may leave what it likes
    twins.expectSame(`rollingMean of ${window}, ${where}`);
    const wanted = rollingMean(values, window);
    expect(Buffer.from(twins.doubles(out, n).buffer).equals(Buffer.from(wanted.buffer, wanted.byteOffset, wanted.byteLength)), `rollingMean of ${window}, ${where}`).toBe(true);
  }
}
