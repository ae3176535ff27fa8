/**
 * Assay as a library: `import { loadBars, runBacktest, sweep, walkForward, kernels, metrics } from 'assay'`.
 *
 * Heavy parts (DuckDB, Arrow, Vega, esbuild, worker threads) are loaded when they are first used.
 */
export {
  above, alignBars, and, bool, type Bars, type BarColumns, barsAgo, barsFromColumns, below, choice, type Condition, createPool, crossesAbove, crossesBelow, DataError,
  DEFAULT_COSTS, defineStrategy, type EntryExitSignals, type Exposure, float, forBars, type Indicators, InputError, type Instrument, int, InvariantError, kernels, type Line,
  METRIC_NAMES, type MetricName, type Metrics, not, or, type Params, type Pool, resolveParams, type Run, seededNormal, seededRandom, proveCausality, type Screen, type Signal, simulateBacktestingPy, simulateVectorbt,
  type Rules, since, sliceBars, type Strategy, type Sweep, toArrowTable, type Trade, type Trial, type Validation, type Verdict, type WalkForward, withinBars, ZERO_COSTS,
} from './engine/index.ts';
export { loadTechnicalIndicators } from './engine/kernels/technical-indicators.ts';
export * as splits from './engine/walkforward/splits/index.ts';
export * as statistics from './engine/validate/index.ts';
export * as metrics from './engine/metrics/index.ts';
export {
  attachFunding, attachMark, checkDataset, describeDataset, exportDataset, importCandles, importFunding, inspectCandles, listDatasets, openLake, resampleBars, syntheticMarket, writeDataset,
} from './datasets/index.ts';
export { renderReport, type ReportAssets, type ReportInput } from './reports/index.ts';
export { BUILT_IN as builtInStrategies } from './strategies/index.ts';
export {
  backtest as runBacktest, type BacktestRequest, loadBars, type LoadOptions, readTrials, type ScreenRequest, screenStudy as screen, sweepStudy as sweep, type SweepRequest, topTrials, walkForwardStudy as walkForward,
  type WalkForwardRequest, validateStored, validateStudy as validate, type ValidatedStudy, type ValidateOptions,
} from './workbench/index.ts';
