export { inspectCandles, type InspectOptions } from './inspect-candles.ts';
export { failOnErrors, keepRows, type Kept, type TakenRow } from './apply-policy.ts';
export { findingOf, type Finding } from './finding.ts';
export { findOffGrid } from './grid.ts';
export { inspectRows } from './inspect-rows.ts';
export { inspectSeries } from './inspect-series.ts';
export { repeatedStamps } from './repeated-stamps.ts';
export { pickRows, rowsByTime } from './time-order.ts';
export { findIrregularStep, findStep, findTimeframeMismatch, type Step } from './timeframe.ts';
