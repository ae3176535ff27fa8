export * from './sample/index.ts';
export * from './synthetic/index.ts';
