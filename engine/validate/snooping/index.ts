export { type BootstrapPlan, type DrawSource, indexedDraws, seededDraws } from './draw-blocks.ts';
export { stationaryVariance } from './kernel-variance.ts';
export { bootstrapMaxima, type MaxStatistic } from './maxima.ts';
export { bootstrapPValue, type PValueRule } from './p-value.ts';
export type { SumMethod } from './resampled-sums.ts';
export { blockLengthOfPanel, type RealityCheck, realityCheckOfSharpe, type SharpeScores, sharpeScores } from './sharpe-reality-check.ts';
