import { type HeldRows, rowOf } from '../return-matrix.ts';
import type { DrawTile } from './draw-blocks.ts';

/** How the sums of a draw are found: stretch by stretch from prefix sums, or row by row with how often each row was drawn. */
export type SumMethod = 'prefix' | 'counts';

/** Called once a trial and tile: sums over each draw of r − mean and of its square, and the trial's row. The arrays are reused. */
export type VisitSums = (trial: number, mean: number, sums: Float64Array, squares: Float64Array, row: Float64Array) => void;

/** A stretch costs about as much as this many rows. */
const STRETCH_ROWS = 6;

/** The faster of the two for a mean block; not by what a tile holds, so that no split of the draws changes a bit. */
export function sumMethodFor(meanBlock: number): SumMethod {
  return meanBlock > STRETCH_ROWS ? 'prefix' : 'counts';
}

/** Sums of every trial's centred returns and of their squares over every draw of a tile; only trials that `wanted` keeps. */
export function resampledSums(panel: HeldRows, tile: DrawTile, wanted: (trial: number) => boolean, method: SumMethod, visit: VisitSums): void {
  const sums = new Float64Array(tile.draws + 3);
  const squares = new Float64Array(tile.draws + 3);
  const centred = new Float64Array(panel.days);
  const fill = method === 'prefix' ? prefixFiller(tile, panel.days) : countsFiller(tile, panel.days);
  for (let k = 0; k < panel.trials; k++) {
    if (!wanted(k)) continue;
    const row = rowOf(panel, k);
    const mean = centre(row, centred);
    fill(centred, sums, squares);
    visit(k, mean, sums, squares, row);
  }
}

function centre(row: Float64Array, into: Float64Array): number {
  const n = row.length;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += row[t];
  mean /= n;
  for (let t = 0; t < n; t++) into[t] = row[t] - mean;
  return mean;
}

type Fill = (centred: Float64Array, sums: Float64Array, squares: Float64Array) => void;

function prefixFiller({ draws, first, from, to }: DrawTile, days: number): Fill {
  const prefix = new Float64Array(2 * (days + 1)); // sum and sum of squares side by side: one cache line serves both
  return (centred, sums, squares) => {
    for (let t = 0; t < days; t++) {
      prefix[2 * t + 2] = prefix[2 * t] + centred[t];
      prefix[2 * t + 3] = prefix[2 * t + 1] + centred[t] * centred[t];
    }
    for (let b = 0; b < draws; b++) {
      let sum = 0;
      let square = 0;
      for (let i = first[b]; i < first[b + 1]; i++) {
        const end = 2 * to[i];
        const start = 2 * from[i];
        sum += prefix[end] - prefix[start];
        square += prefix[end + 1] - prefix[start + 1];
      }
      sums[b] = sum;
      squares[b] = square;
    }
  };
}

/** Four draws at a time share one reading of the returns. */
function countsFiller(tile: DrawTile, days: number): Fill {
  const counts = countsOf(tile, days);
  const groups = Math.ceil(tile.draws / 4);
  return (centred, sums, squares) => {
    for (let group = 0; group < groups; group++) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      let q0 = 0, q1 = 0, q2 = 0, q3 = 0;
      let at = 4 * group * days;
      for (let t = 0; t < days; t++, at += 4) {
        const r = centred[t];
        const a = counts[at] * r, b = counts[at + 1] * r, c = counts[at + 2] * r, d = counts[at + 3] * r;
        s0 += a; s1 += b; s2 += c; s3 += d;
        q0 += a * r; q1 += b * r; q2 += c * r; q3 += d * r;
      }
      const b = 4 * group;
      sums[b] = s0; sums[b + 1] = s1; sums[b + 2] = s2; sums[b + 3] = s3;
      squares[b] = q0; squares[b + 1] = q1; squares[b + 2] = q2; squares[b + 3] = q3;
    }
  };
}

/** How often each row was drawn; four draws of one row lie side by side. */
function countsOf({ draws, first, from, to }: DrawTile, days: number): Float64Array {
  const counts = new Float64Array(4 * Math.ceil(draws / 4) * days);
  for (let b = 0; b < draws; b++) {
    const base = 4 * Math.floor(b / 4) * days + (b % 4);
    for (let i = first[b]; i < first[b + 1]; i++) for (let t = from[i]; t < to[i]; t++) counts[base + 4 * t]++;
  }
  return counts;
}
