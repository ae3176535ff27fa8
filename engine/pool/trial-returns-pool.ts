import { contentId, InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { clockOf } from '../orders/index.ts';
import { type Axes, commonWarmupBars, type ParamSpace, paramSpace, type Sampler, TRIAL_WIDTH, trialDays, type TrialBlock } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { StrategyRef } from './load-strategy.ts';
import type { Pool } from './pool.ts';
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
  /** shape  [points × days], in shared memory */
  readonly values: Float64Array;
  readonly block: TrialBlock;
  /** The configuration that all were run with: accounts open at the bar where the slowest point is ready. */
  readonly config: SimulationConfig;
}

/** A return matrix beyond this is a search that needs fewer points, or longer bars. */
const MOST_BYTES = 2 ** 30;

/**
 * Every point of a space over the full window, with its figures and daily returns; rows do not depend on the number of workers.
 *
 * throws  InputError `return-matrix-too-large`
 * source  statistics.md §8
 */
export async function trialReturnsOnPool(pool: Pool, ref: StrategyRef, input: TrialReturnsInput, options: PoolOptions = {}): Promise<TrialReturns> {
  const { strategy, markets, axes, sampler } = input;
  const space = paramSpace(strategy, axes, sampler);
  const clock = clockOf(markets);
  const config = { ...input.config, firstDecisionBar: Math.max(input.config.firstDecisionBar, commonWarmupBars(strategy, space, clock.openTimeMs.length) - 1) };
  const timeMs = trialDays(clock, config);
  const bytes = space.points * timeMs.length * Float64Array.BYTES_PER_ELEMENT;
  if (bytes > MOST_BYTES) {
    throw new InputError('return-matrix-too-large', `points × days must be at most ${MOST_BYTES / 8} for the tests over the whole search, were ${space.points} × ${timeMs.length}; state fewer values or sample at random`);
  }
  const buffer = new SharedArrayBuffer(bytes);
  const handles = markets.map((bars) => bars.handle);
  const job: Job = {
    id: contentId({ ref, axes, sampler, config, markets: handles.map(({ dataHash, from, length }) => [dataHash, from, length]), returns: true }),
    strategy: ref, axes, sampler, markets: handles, config, indicatorMemoryBytes: options.indicatorMemoryBytes ?? DEFAULT_INDICATOR_BYTES,
    points: space.points, firstTrial: 0, returns: { buffer, days: timeMs.length },
  };
  const block: TrialBlock = { from: 0, count: space.points, values: new Float64Array(space.points * TRIAL_WIDTH), failures: {} };
  let done = 0;
  await pool.run(
    [{ job, fromPoint: 0, toPoint: space.points }],
    (part) => {
      block.values.set(part.values, part.from * TRIAL_WIDTH);
      Object.assign(block.failures, part.failures);
      done += part.count;
      options.onProgress?.(done, space.points);
    },
    options.signal,
  );
  return { space, timeMs, values: new Float64Array(buffer), block, config };
}
