import type { Series } from '../../core/index.ts';

/** Rows from `from` up to, without, `to`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** When each row's forecast is made and when its outcome is known; starts do not fall. */
export interface LabelIntervals {
  readonly startMs: Series;
  readonly endMs: Series;
}

/** What keeps train rows away from test blocks; nothing unless stated. */
export interface FoldGuard {
  /** Rows left out on both sides of each test block. */
  readonly purgeRows?: number;
  /** Rows left out after each test block, beyond the purged ones. */
  readonly embargoRows?: number;
  /** Train rows whose interval meets that of a test block are left out; closed intervals, so touching counts. */
  readonly labels?: LabelIntervals;
  /** Train rows that start within this time of the last outcome of a test block are left out; needs labels. */
  readonly embargoMs?: number;
}

/** One division of the rows: where a choice is made, and where it is judged. */
export interface FoldSplit {
  readonly index: number;
  readonly trainRows: Int32Array;
  /** Blocks judged, in order, each a group of rows. */
  readonly testBlocks: readonly RowRange[];
}
