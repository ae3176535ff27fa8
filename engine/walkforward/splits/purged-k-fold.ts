import { groupRanges, groupRangesByTime, type Remainder } from './groups.ts';
import { trainRowsAround } from './train-rows.ts';
import type { FoldGuard, RowRange, FoldSplit } from './types.ts';

export interface KFoldPlan extends FoldGuard {
  readonly folds: number;
  readonly remainder?: Remainder;
  /** Folds span equal times instead of equal numbers of rows; needs labels. */
  readonly byTime?: boolean;
}

/**
 * Each fold tested once, with the other rows, purged and embargoed, for training.
 *
 * throws  InputError `groups-out-of-range`, `guard-invalid`, `labels-invalid`
 * source  López de Prado (2018), ch. 7; statistics.md §5
 */
export function purgedKFold(rows: number, plan: KFoldPlan): FoldSplit[] {
  return foldsOf(rows, plan).map((fold, index) => ({ index, testBlocks: [fold], trainRows: trainRowsAround(rows, [fold], plan) }));
}

export function foldsOf(rows: number, { folds, remainder, byTime = false, labels }: KFoldPlan): RowRange[] {
  return byTime && labels !== undefined ? groupRangesByTime(labels.startMs, folds) : groupRanges(rows, folds, { remainder });
}
