export * from './bootstrap/index.ts';
export * from './cointegration/index.ts';
export * from './evidence.ts';
export * from './sharpe/index.ts';
export * from './verdict.ts';
export { olsHac, type Regression } from './regression.ts';
export { hacMean, type HacMean } from './hac-mean.ts';
export * from './robustness/index.ts';
