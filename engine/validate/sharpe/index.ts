export { adjustPValues, P_ADJUSTMENTS, type PAdjustment } from './adjust-p-values.ts';
export { autocorrelation1, autocorrelationAdjustedSharpe } from './autocorrelated.ts';
export { type DeflatedSharpe, deflatedSharpe, effectiveTrials, minBacktestYears, minBacktestYearsBound } from './deflated.ts';
export { exactExpectedMaximum, expectedMaximum } from './expected-maximum.ts';
export { type Haircut, HAIRCUT_METHODS, type HaircutMethod, haircutSharpe, type HaircutTail } from './haircut.ts';
export { type InferenceOptions, sharpeInference } from './inference.ts';
export { minTrackRecord, probabilisticSharpe, sharpeStandardError, sharpeVarianceFactor, type SharpeMoments, type VarianceForm } from './probabilistic.ts';
