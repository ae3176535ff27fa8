export * from './evidence.ts';
export * from './verdict.ts';
