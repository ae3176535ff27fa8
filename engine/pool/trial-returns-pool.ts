import { contentId } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { clockOf } from '../orders/index.ts';
import { type Axes, commonWarmupBars, type ParamSpace, paramSpace, returnValues, type Sampler, TRIAL_WIDTH, trialDays, type TrialBlock } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { Rows } from '../validate/index.ts';
import type { StrategyRef } from './load-strategy.ts';
import type { Pool } from './pool.ts';
import { type ReturnKeeping, returnMemory, type ReturnPlan, returnPlan } from './return-plan.ts';
import { DEFAULT_INDICATOR_BYTES, type Job } from './task.ts';
import type { PoolOptions } from './walk-forward-pool.ts';

export interface TrialReturnsInput {
  readonly strategy: Strategy;
  /** One market, or those that are traded together. */
  readonly markets: readonly Bars[];
  readonly config: SimulationConfig;
  readonly axes: Axes;
  readonly sampler: Sampler;
}

/** Full-window, fixed-parameter results of every point of a space on one common window. */
export interface TrialReturns {
  readonly space: ParamSpace;
  /** UTC days (bars of a day or longer: their opens). */
  readonly timeMs: Float64Array;
  /** A row a point: in shared memory, or in the store where they are too many. */
  readonly rows: Rows;
  readonly block: TrialBlock;
  /** The configuration that all were run with: accounts open at the bar where the slowest point is ready. */
  readonly config: SimulationConfig;
}

/**
 * Every point of a space over the full window, with its figures and daily returns; rows do not depend on the number of workers.
 *
 * memory  returnMemoryBytes, and the figures of every point
 * throws  InputError `return-memory-invalid`, `return-memory-unavailable`, `return-matrix-too-large`, and what the store throws
 * source  statistics.md §8
 */
export async function trialReturnsOnPool(pool: Pool, ref: StrategyRef, input: TrialReturnsInput, options: PoolOptions & ReturnKeeping = {}): Promise<TrialReturns> {
  const { strategy, markets, axes, sampler } = input;
  const space = paramSpace(strategy, axes, sampler);
  const clock = clockOf(markets);
  const config = { ...input.config, firstDecisionBar: Math.max(input.config.firstDecisionBar, commonWarmupBars(strategy, space, clock.openTimeMs.length) - 1) };
  const timeMs = trialDays(clock, config);
  const plan = returnPlan(space.points, timeMs.length, options);
  const handles = markets.map((bars) => bars.handle);
  const job: Job = {
    id: contentId({ ref, axes, sampler, config, markets: handles.map(({ dataHash, from, length }) => [dataHash, from, length]), returns: true }),
    strategy: ref, axes, sampler, markets: handles, config, indicatorMemoryBytes: options.indicatorMemoryBytes ?? DEFAULT_INDICATOR_BYTES,
    points: space.points, firstTrial: 0,
  };
  const block: TrialBlock = { from: 0, count: space.points, values: new Float64Array(space.points * TRIAL_WIDTH), failures: {} };
  let done = 0;
  const rows = await keptRows(plan, job, timeMs.length, (task) => pool.run(
    [task],
    (part) => {
      block.values.set(part.values, part.from * TRIAL_WIDTH);
      Object.assign(block.failures, part.failures);
      done += part.count;
      options.onProgress?.(done, space.points);
    },
    options.signal,
  ));
  return { space, timeMs, rows, block, config };
}

/** Evaluates as many points at a time as fit in memory, and puts their rows into the store before the next where they do not fit all. */
async function keptRows({ precision, rowBytes, tileRows, store }: ReturnPlan, job: Job, days: number, evaluate: (task: { job: Job; fromPoint: number; toPoint: number }) => Promise<void>): Promise<Rows> {
  const { points: trials } = job;
  store?.reserve(trials * rowBytes);
  const tile = returnMemory(tileRows * rowBytes);
  for (let from = 0; from < trials; from += tileRows) {
    const to = Math.min(trials, from + tileRows);
    await evaluate({ job: { ...job, returns: { buffer: tile, days, precision, firstTrial: from } }, fromPoint: from, toPoint: to });
    store?.append(new Uint8Array(tile, 0, (to - from) * rowBytes));
  }
  if (store === null) return { trials, days, values: returnValues(tile, precision) };
  return { trials, days, precision, store, rows: Int32Array.from({ length: trials }, (_, k) => k), tile };
}
