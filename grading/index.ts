export * from './audit/index.ts';
export * from './registry/index.ts';
export * from './types/index.ts';
