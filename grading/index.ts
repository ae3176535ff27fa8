export * from './feed/index.ts';
export * from './types/index.ts';
