import type { BarsHandle } from '../market/index.ts';
import type { Axes, ReturnRows, Sampler } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { StrategyRef } from './load-strategy.ts';

/** All points of one space on one stretch of one market; what a worker keeps between the blocks of it. */
export interface Job {
  /** Unique within a pool. */
  readonly id: string;
  readonly strategy: StrategyRef;
  readonly axes: Axes;
  readonly sampler: Sampler;
  readonly markets: readonly BarsHandle[];
  readonly config: SimulationConfig;
  readonly indicatorMemoryBytes: number;
  /** Points of the space, and the trial index of its first. */
  readonly points: number;
  readonly firstTrial: number;
  /** Where daily returns are written besides, a row a trial. */
  readonly returns?: ReturnRows;
}

/** A message to a worker: numbers, names and shared memory. */
export interface BlockTask {
  readonly job: Job;
  readonly fromPoint: number;
  readonly toPoint: number;
}

/** Ceiling of a worker's shared indicators where the caller states none. */
export const DEFAULT_INDICATOR_BYTES = 256 * 1024 * 1024;
