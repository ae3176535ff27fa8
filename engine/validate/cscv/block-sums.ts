import { eachRow, precisionOf, type Rows } from '../return-matrix.ts';

/** Sums of every trial's returns and of their squares over equal blocks of rows: sum[block * trials + k]. */
export interface BlockSums {
  readonly blocks: number;
  readonly trials: number;
  /** Rows of a block. */
  readonly rows: number;
  /** Scores nearer than this, in root mean squares, are equal: they differ by rounding alone. */
  readonly tie: number;
  readonly sum: Float64Array;
  readonly square: Float64Array;
}

/**
 * A return of 32 bits is off by up to 2^-24 of itself, so mean ÷ root mean square by up to 2^-23, and the difference of two by 2^-22: two that
 * were equal before the rounding stay equal.
 */
const TIES = { float64: 1e-13, float32: 2 ** -22 } as const;

/**
 * Rows that do not fill a block are left out at the head: the oldest.
 *
 * memory  16 bytes a trial and block, shared between threads, whatever the days
 */
export function blockSums(panel: Rows, blocks: number, riskFree = 0): BlockSums {
  const { trials, days } = panel;
  const rows = Math.floor(days / blocks);
  const head = days - rows * blocks;
  const [sum, square] = [shared(blocks * trials), shared(blocks * trials)];
  eachRow(panel, (row, k) => {
    let t = head;
    for (let block = 0; block < blocks; block++) {
      let s = 0;
      let q = 0;
      for (const end = t + rows; t < end; t++) {
        const r = row[t] - riskFree;
        s += r;
        q += r * r;
      }
      sum[block * trials + k] = s;
      square[block * trials + k] = q;
    }
  });
  return { blocks, trials, rows, tie: TIES[precisionOf(panel)], sum, square };
}

function shared(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}
