export { combinatorialCounts, combinatorialPurged, type CombinatorialPlan, type CombinatorialSplit, type CombinatorialSplits } from './combinatorial.ts';
export { groupRanges, groupRangesByTime, type Remainder } from './groups.ts';
export { type KFoldPlan, purgedKFold } from './purged-k-fold.ts';
export { type RowWindow, type RowWindowPlan, rowWindows, walkForwardSplits } from './row-windows.ts';
export { type FoldResult, type FoldSearch, searchInFolds, stitchPaths, stitchWindows } from './search-in-folds.ts';
export { rowsClearOf, trainRowsAround } from './train-rows.ts';
export { trialSearch } from './trial-search.ts';
export type { FoldGuard, LabelIntervals, RowRange, FoldSplit } from './types.ts';
