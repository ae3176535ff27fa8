export {
  type BacktestingPyAction, type BacktestingPyResult, type BacktestingPyTrade, BACKTESTING_PY_ACTIONS, simulateBacktestingPy,
} from './backtesting-py.ts';
export type { PeerBars } from './peer-bars.ts';
export type { PeerOptions } from './peer-options.ts';
export { simulatePeer } from './strategy.ts';
export { simulateVectorbt, VECTORBT_SIGNALS, type VectorbtOrderRecord, type VectorbtResult, type VectorbtSignal, type VectorbtSignalName } from './vectorbt.ts';
