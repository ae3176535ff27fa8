import { requireInput } from '../../core/index.ts';
import type { RowRange, FoldSplit } from './types.ts';

export interface RowWindowPlan {
  readonly kind: 'rolling' | 'anchored';
  /** Of the first window; of every one when rolling. */
  readonly trainRows: number;
  readonly testRows: number;
  readonly purgeRows?: number;
  /** Distance of test starts; `testRows` unless stated. Shorter ones make tests overlap: such splits are not for stitching. */
  readonly stepRows?: number;
  /** Keep a last test window shorter than the others. */
  readonly keepShort?: boolean;
}

/** Train and test as ranges. */
export interface RowWindow {
  readonly train: RowRange;
  readonly test: RowRange;
}

/**
 * Walk-forward windows by rows: train [s − L, s), gap purge, test after it, the next one step later.
 *
 * throws  InputError `window-plan-invalid`
 * source  Pardo (2008); statistics.md §5
 */
export function rowWindows(rows: number, plan: RowWindowPlan): RowWindow[] {
  const { kind, trainRows, testRows, purgeRows = 0, stepRows = testRows, keepShort = false } = plan;
  const check = (name: string, value: number, least: number): void =>
    requireInput(Number.isInteger(value) && value >= least, 'window-plan-invalid', name, `a whole number of at least ${least}`, value);
  check('trainRows', trainRows, 1);
  check('testRows', testRows, 1);
  check('purgeRows', purgeRows, 0);
  check('stepRows', stepRows, 1);
  const windows: RowWindow[] = [];
  for (let from = trainRows + purgeRows; from < rows; from += stepRows) {
    if (from + testRows > rows && !keepShort) break;
    const trainTo = from - purgeRows;
    windows.push({ train: { from: kind === 'anchored' ? 0 : trainTo - trainRows, to: trainTo }, test: { from, to: Math.min(rows, from + testRows) } });
  }
  return windows;
}

/** The same windows as splits. */
export function walkForwardSplits(rows: number, plan: RowWindowPlan): FoldSplit[] {
  return rowWindows(rows, plan).map(({ train, test }, index) => ({
    index, testBlocks: [test], trainRows: Int32Array.from({ length: train.to - train.from }, (_, i) => train.from + i),
  }));
}
