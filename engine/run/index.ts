export { buyAndHold, holdOf } from './benchmark.ts';
export { type BacktestInput, checkedParams, marketRef, marketsFor, runBacktest } from './run-backtest.ts';
export { createTrialArena, type EngineChoice, engineFor, evaluateTrial, exposureOf, measureTrial, simulateTrial, type TrialArena } from './trial.ts';
export type { AmbiguityBand, Benchmark, Figures, MarketRef, Run, RunSpec } from './types.ts';
