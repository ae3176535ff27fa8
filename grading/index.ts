export * from './score/index.ts';
export * from './types/index.ts';
export * from './service/index.ts';
export * from './subscores/index.ts';
