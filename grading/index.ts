export * from './score/index.ts';
export * from './types/index.ts';
