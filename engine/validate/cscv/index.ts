export { blockSums, type BlockSums } from './block-sums.ts';
export { combinationCount, splitCount } from './combinations.ts';
export { type Dominance, dominanceOf } from './dominance.ts';
export { CSCV_BLOCKS, overfitEvidence, splitsInPlace, type SplitRunner } from './overfit-evidence.ts';
export { type CscvOptions, overfitProbability, type OverfitProbability, type Splits } from './overfit-probability.ts';
export { evaluateSplits, halfCount, type SplitMetric, type SplitPart } from './splits.ts';
