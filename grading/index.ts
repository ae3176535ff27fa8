export * from './promote/index.ts';
export * from './score/index.ts';
export * from './types/index.ts';
