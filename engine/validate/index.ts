export * from './evidence.ts';
export * from './verdict.ts';
export { olsHac, type Regression } from './regression.ts';
export { hacMean, type HacMean } from './hac-mean.ts';
export * from './robustness/index.ts';
