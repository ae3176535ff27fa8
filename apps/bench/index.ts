export type { BenchCase, CaseResult, Setting, Size } from './case.ts';
export { CASES, casesNamed } from './cases/index.ts';
export { goldenFolder } from './data/golden.ts';
export { type BenchResults, type PeerFigure, RESULTS_SCHEMA } from './results.ts';
export { runSuite, type SuiteOptions } from './suite.ts';
export { benchTable } from './table.ts';
export { type Baseline, baselineOf, BASELINE_SCHEMA, readBaseline, readResults } from './gate/baseline.ts';
export { compareToBaseline, type Comparison, confirmed } from './gate/compare.ts';
export { measureRounds, type RoundOptions } from './gate/rounds.ts';
