export type { BenchCase, CaseResult, Setting, Size } from './case.ts';
export { CASES, casesNamed } from './cases/index.ts';
export { goldenFolder } from './data/golden.ts';
export { type BenchResults, type PeerFigure, RESULTS_SCHEMA } from './results.ts';
export { runSuite, type SuiteOptions } from './suite.ts';
export { benchTable } from './table.ts';
