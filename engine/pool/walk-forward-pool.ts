import { contentId } from '../core/index.ts';
import { type ParamSpace, TRIAL_WIDTH, type TrialBlock } from '../search/index.ts';
import { walkForward, type WalkForward, type WalkForwardInput, type WindowSlice } from '../walkforward/index.ts';
import type { StrategyRef } from './load-strategy.ts';
import type { Pool } from './pool.ts';
import { DEFAULT_INDICATOR_BYTES, type Job } from './task.ts';

export interface PoolOptions {
  /** Ceiling of what each worker keeps of shared indicators. */
  readonly indicatorMemoryBytes?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Hears of each block as soon as it is evaluated, before the walk goes on; `from` is its first point of the space. */
  readonly onBlock?: (block: TrialBlock, slice: WindowSlice, window: number, space: ParamSpace) => void;
}

/** A walk-forward whose in-sample searches run on a pool, one window after another, so that each worker's indicators stay few. */
export function walkForwardOnPool(pool: Pool, ref: StrategyRef, input: WalkForwardInput, options: PoolOptions = {}): Promise<WalkForward> {
  return walkForward(input, async (slices, space) => {
    const { points } = space;
    const jobs = slices.map((slice) => jobOf(ref, input, slice, points, options));
    const blocks = new Map(jobs.map((job) => [job.id, emptyBlock(points)]));
    let done = 0;
    await pool.run(
      jobs.map((job) => ({ job, fromPoint: 0, toPoint: points })),
      (block, job) => {
        const window = jobs.indexOf(job);
        options.onBlock?.(block, slices[window], window, space);
        const whole = blocks.get(job.id) as TrialBlock;
        whole.values.set(block.values, block.from * TRIAL_WIDTH);
        Object.assign(whole.failures, block.failures);
        done += block.count;
        options.onProgress?.(done, jobs.length * points);
      },
      options.signal,
    );
    return jobs.map((job) => blocks.get(job.id) as TrialBlock);
  });
}

function emptyBlock(count: number): TrialBlock {
  return { from: 0, count, values: new Float64Array(count * TRIAL_WIDTH), failures: {} };
}

function jobOf(ref: StrategyRef, input: WalkForwardInput, slice: WindowSlice, points: number, options: PoolOptions): Job {
  const { axes, sampler } = input;
  const { config } = slice;
  const markets = slice.bars.map((bars) => bars.handle);
  const stretch = markets.map(({ dataHash, from, length }) => [dataHash, from, length]);
  return {
    id: contentId({ ref, axes, sampler, config, stretch }),
    strategy: ref,
    axes,
    sampler,
    markets,
    config,
    indicatorMemoryBytes: options.indicatorMemoryBytes ?? DEFAULT_INDICATOR_BYTES,
    points,
    firstTrial: 0,
  };
}
