export * from './registry/index.ts';
export * from './types/index.ts';
