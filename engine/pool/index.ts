export { builtFile } from './built-file.ts';
export { inPlacePool } from './in-place.ts';
export type { Stretch } from './chunks.ts';
export { loadStrategy, type StrategyRef } from './load-strategy.ts';
export { permutationOnPool, type PermutationOptions, type PermutedSearch } from './permutation-pool.ts';
export { createPool, type Pool } from './pool.ts';
export { DEFAULT_INDICATOR_BYTES, type Job } from './task.ts';
export { type TrialReturns, type TrialReturnsInput, trialReturnsOnPool } from './trial-returns-pool.ts';
export { type PoolOptions, walkForwardOnPool } from './walk-forward-pool.ts';
