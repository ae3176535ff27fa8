export { loadSp500 } from './load-sp500.ts';
export { findSp500File, requireSp500File, SP500_CREDIT, SP500_INSTRUMENT, SP500_TIMEFRAME_MS } from './sp500.ts';
