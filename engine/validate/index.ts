export * from './evidence.ts';
export * from './verdict.ts';
export { olsHac, type Regression } from './regression.ts';
export { stampTest } from './stamp-test.ts';
