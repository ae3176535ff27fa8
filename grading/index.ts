export * from './types/index.ts';
export * from './service/index.ts';
export * from './subscores/index.ts';
export * from './accounts/index.ts';
export * from './investor/index.ts';
export * from './indices/index.ts';
export * from './moonshot/index.ts';
