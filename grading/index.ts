export * from './types/index.ts';
export * from './service/index.ts';
