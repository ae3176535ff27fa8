export * from './cointegration/index.ts';
export * from './evidence.ts';
export * from './verdict.ts';
