export { importCandles } from './import-candles.ts';
