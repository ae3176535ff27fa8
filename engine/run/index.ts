export { ambiguityBand, type Resolution } from './band.ts';
export { buyAndHold } from './benchmark.ts';
export { type BacktestInput, checkedParams, marketRef, marketsFor, runBacktest } from './run-backtest.ts';
export { createTrialArena, evaluateTrial, measureTrial, simulateTrial, type TrialArena } from './trial.ts';
export type { AmbiguityBand, Benchmark, Figures, MarketRef, Run, RunSpec } from './types.ts';
