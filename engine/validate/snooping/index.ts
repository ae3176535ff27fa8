export { averageCorrelation } from './average-correlation.ts';
export { type Elimination, modelConfidenceSet } from './confidence-set.ts';
export { type BootstrapPlan, type DrawSource, indexedDraws, seededDraws } from './draw-blocks.ts';
export { stationaryVariance } from './kernel-variance.ts';
export { bootstrapMaxima, type MaxStatistic, raiseMaxima, statisticsOfTrials } from './maxima.ts';
export { bootstrapPValue, type PValueRule } from './p-value.ts';
export type { SumMethod } from './resampled-sums.ts';
export { blockLengthOfPanel, type RealityCheck, realityCheckOfSharpe, type SharpeScores, sharpeScores } from './sharpe-reality-check.ts';
export { snoopingInPlace, type SnoopingRunner, tiledRunner } from './snooping-tests.ts';
export { stepDown, type Stepwise, stepwise } from './stepwise.ts';
export {
  type WeightedBenchmark, type ByBound, criticalValue, SPA_BOUNDS, type SpaBound, type SpaForm, type SpaOptions, spaPValues, type SpaStatistics, spaStatistics, type SpaTest, spaTest,
} from './superior-ability.ts';
