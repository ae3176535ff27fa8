import fc from 'fast-check';
import { seededRandom } from '../../engine/index.ts';
import { KernelTwins } from './kernel-twins.ts';

/** Bars that there is room for. */
const MOST_BARS = 5056;
export const COLUMN = (MOST_BARS + 64) * 8;

/** Regions of 64-byte offsets behind one another: columns of doubles, then what is smaller. */
export const [COLUMNS, ROWS, EXTREMES, FALLS, BLOCKS, SCALES, EVENTS, SLOTS, LINES, BITS, OUT] = regions(4, 10, 26, 13, 1, 1, 1, 1, 16, 8, 2);
export const LINE = 2 * COLUMN;

function regions(...columns: readonly number[]): number[] {
  let end = 64;
  return columns.map((count) => (end += count * COLUMN) - count * COLUMN);
}

export const twins = new KernelTwins(64 + 83 * COLUMN);

/** Fresh memories for so many bars. */
export function place(n: number, lag: number): void {
  twins.clear();
  twins.both('place', (kernels) => kernels.place(n, lag, 0, COLUMNS, BLOCKS, ROWS, EXTREMES, FALLS, SCALES, EVENTS));
}

export const paddedOf = (n: number): number => Math.ceil(n / 64) * 64;

/** Around 100 on a grid of halves, so that lines cross, tie and nearly tie; with gaps at its start, inside with infinities, or nowhere. */
export function drawnLine(random: () => number, n: number, gaps: 'none' | 'start' | 'inside'): Float64Array {
  const line = new Float64Array(paddedOf(n)).fill(Number.NaN);
  const first = gaps === 'none' ? 0 : Math.floor(random() * Math.min(n + 1, 80));
  const noise = random() < 0.5 ? 0 : 1e-9;
  let level = 100;
  for (let t = first; t < n; t++) {
    level = Math.round(2 * (100 + 0.8 * (level - 100) + 5 * (random() - 0.5))) / 2;
    line[t] = gaps === 'inside' && random() < 0.1 ? [Number.NaN, Infinity, -Infinity][Math.floor(random() * 3)] : random() < 0.3 ? level : level + noise * random();
  }
  return line;
}

export function drawnBits(random: () => number, n: number): Int32Array {
  const density = [0.02, 0.5, 0.98][Math.floor(random() * 3)];
  const words = new Int32Array(paddedOf(n) / 32);
  for (let t = 0; t < n; t++) if (random() < density) words[t >> 5] |= 1 << (t & 31);
  return words;
}

/** Open, high, low, close as the host pads them, with gaps between bars; `swing` is how far a bar may go. */
export function drawnColumns(random: () => number, n: number, swing = 0.05): void {
  const N = paddedOf(n);
  const columns = [Number.NaN, -Infinity, Infinity, Number.NaN].map((padding) => new Float64Array(N).fill(padding));
  let price = 100;
  for (let t = 0; t < n; t++) {
    const open = random() < 0.3 ? price * (1 + swing * (random() - 0.5)) : price;
    price = random() < 0.2 ? open : open * (1 + swing * (random() - 0.5));
    [open, Math.max(open, price) * (1 + 0.3 * swing * random()), Math.min(open, price) * (1 - 0.3 * swing * random()), price].forEach((x, c) => {
      columns[c][t] = x;
    });
  }
  columns.forEach((column, c) => twins.write(COLUMNS + c * N * 8, column));
}

/** The tables over them. */
export function makeTables(where: string, n: number): void {
  twins.both(where, (kernels) => kernels.blocks());
  twins.both(where, (kernels) => kernels.sums());
  twins.both(where, (kernels) => kernels.extremes(Math.floor(Math.log2(Math.max(1, n - 1))) + 1));
}

/** Property over seeds and lengths, short ones and those at the edge of a word among them. */
export function onDrawn(numRuns: number, check: (random: () => number, n: number, where: string) => void): void {
  const length = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 500 }) }, { weight: 1, arbitrary: fc.constantFrom(1, 2, 63, 64, 65, 127, 128, 129, 256) });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), length, (seed, n) => check(seededRandom(seed, 'kernels'), n, `seed ${seed}, ${n} bars`)),
    { numRuns, seed: 11 },
  );
}
