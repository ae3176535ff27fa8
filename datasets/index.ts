export * from './funding/index.ts';
export * from './importers/index.ts';
export * from './lake/index.ts';
export * from './quality/index.ts';
export * from './sample/index.ts';
export * from './synthetic/index.ts';
export type * from './types.ts';
