export { blockFor, type DrawPlan, drawRows } from './draw-rows.ts';
export { eraMeans } from './eras.ts';
export { type IsotonicBlock, isotonicBlocks, isotonicFit } from './isotonic.ts';
export { type CalibrationLine, calibrationLine } from './logistic.ts';
export { distribution, firstAtLeast, valueAt } from './monotone-map.ts';
export { meanOf, rankCorrelation, rankProducts, ranksOf } from './ranks.ts';
export { brierScore, calibrationError, calibrationErrorLimit, forecastBins, type ReliabilityBin, reliabilityBins } from './reliability.ts';
export { type Interval, wilson } from './wilson.ts';
