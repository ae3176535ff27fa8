export { commonWarmupBars } from './common-window.ts';
export { evaluateBlock } from './evaluate-block.ts';
export { type Grid } from './grid.ts';
export { type Axes, axesOf, type ParamSpace, paramSpace, stepped } from './space.ts';
export {
  BAND_NAMES, bandOf, type BandName, bestRow, type HeadlineBand, readMetrics, TRIAL_COLUMNS, TRIAL_LAYOUT, TRIAL_WIDTH, type TrialBlock, type TrialColumn,
  writeTrial,
} from './trial-columns.ts';
export { RETURN_BYTES, type ReturnPrecision, type ReturnRows, type ReturnValues, returnValues, trialDays } from './trial-returns.ts';
export type { Sampler, Sweep, SweepSpec, Trial } from './types.ts';
