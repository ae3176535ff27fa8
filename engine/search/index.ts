export { commonWarmupBars } from './common-window.ts';
export { evaluateBlock } from './evaluate-block.ts';
export { type Axes, axesOf, type ParamSpace, paramSpace, stepped } from './space.ts';
export { bestRow, METRIC_COUNT, readMetrics, type TrialBlock, writeMetrics } from './trial-columns.ts';
export type { Sampler, Sweep, SweepSpec, Trial } from './types.ts';
