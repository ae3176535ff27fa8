export * from './types/index.ts';
export * from './monitors/index.ts';
