export { inspectCandles, type InspectOptions } from './inspect-candles.ts';
