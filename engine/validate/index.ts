export * from './bootstrap/index.ts';
export * from './cointegration/index.ts';
export * from './evidence.ts';
export * from './sharpe/index.ts';
export * from './verdict.ts';
