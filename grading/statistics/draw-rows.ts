import { indicesOfBlocks, seededRandom, stationaryBlocks } from '../../engine/index.ts';

export interface DrawPlan {
  readonly draws: number;
  readonly meanBlock: number;
  readonly seed: number;
  /** Name of the stream of random numbers. */
  readonly stream: string;
}

/** Rows of stationary-bootstrap draws, one draw after the other; the array is used again for the next. */
export function* drawRows(n: number, { draws, meanBlock, seed, stream }: DrawPlan): Generator<Int32Array> {
  const starts = new Int32Array(n);
  const lengths = new Int32Array(n);
  const rows = new Int32Array(n);
  for (let b = 0; b < draws; b++) {
    const count = stationaryBlocks(seededRandom(seed, `${stream}:${b}`), n, meanBlock, starts, lengths);
    indicesOfBlocks(starts, lengths, count, n, rows);
    yield rows;
  }
}

/**
 * Mean block for outcomes that overlap over a horizon: long enough that a block holds their dependence, short enough that there are some.
 */
export function blockFor(horizonBars: number, n: number): number {
  return Math.max(1, Math.min(Math.max(4 * horizonBars, Math.cbrt(n)), n / 5));
}
