export { backtest, type BacktestRequest } from './backtest.ts';
export { datasetsOf, loadBars, type LoadOptions } from './market-data.ts';
export { configOf, loadNamedStrategy, marketsOf, readyStrategy, type ReadyStrategy, type ResearchRequest, type SearchRequest } from './request.ts';
export { type ScreenRequest, screenStudy } from './screen.ts';
export { type SweepRequest, sweepStudy } from './sweep.ts';
export { asOfOpen, type JoinedColumn, readJoinedColumns } from './joined-column.ts';
export { datasetsWith, loadMarketRefs } from './stored-markets.ts';
export { type StoredRequest, type ValidatedStudy, type ValidateOptions, validateStored, validateStudy } from './validate.ts';
export { walkForwardStudy, type WalkForwardRequest, windowPlan } from './walk-forward.ts';
