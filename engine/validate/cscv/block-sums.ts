import type { Panel } from '../return-matrix.ts';

/** Sums of every trial's returns and of their squares over equal blocks of rows: sum[block * trials + k]. */
export interface BlockSums {
  readonly blocks: number;
  readonly trials: number;
  /** Rows of a block. */
  readonly rows: number;
  readonly sum: Float64Array;
  readonly square: Float64Array;
}

/** Rows that do not fill a block are left out at the head: the oldest. */
export function blockSums({ trials, days, values }: Panel, blocks: number, riskFree = 0): BlockSums {
  const rows = Math.floor(days / blocks);
  const head = days - rows * blocks;
  const sum = new Float64Array(blocks * trials);
  const square = new Float64Array(blocks * trials);
  for (let k = 0; k < trials; k++) {
    let t = k * days + head;
    for (let block = 0; block < blocks; block++) {
      let s = 0;
      let q = 0;
      for (const end = t + rows; t < end; t++) {
        const r = values[t] - riskFree;
        s += r;
        q += r * r;
      }
      sum[block * trials + k] = s;
      square[block * trials + k] = q;
    }
  }
  return { blocks, trials, rows, sum, square };
}
