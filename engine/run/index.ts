export { ambiguityBand, isItsOwnBand, type Resolution } from './band.ts';
export { buyAndHold, holdOf } from './benchmark.ts';
export { fundingWarnings } from './funding-warnings.ts';
export { type BacktestInput, checkedParams, marketRef, marketsFor, runBacktest } from './run-backtest.ts';
export { requirePrices } from './require-prices.ts';
export { requireFunding } from './require-funding.ts';
export { createTrialArena, type EngineChoice, engineFor, evaluateTrial, exposureOf, measureTrial, simulateTrial, type TrialArena } from './trial.ts';
export type { AmbiguityBand, Benchmark, Figures, FundingRef, MarketRef, Run, RunSpec } from './types.ts';
export { assumptionWarnings } from './warnings.ts';
