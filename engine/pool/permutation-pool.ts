import { contentId } from '../core/index.ts';
import { BAR_COLUMNS, type Bars } from '../market/index.ts';
import { clockOf } from '../orders/index.ts';
import { bestRow, commonWarmupBars, paramSpace, readMetrics, type TrialBlock } from '../search/index.ts';
import type { Known } from '../validate/index.ts';
import { permutationTest, type PermutationTest, permutedBars } from '../validate/index.ts';
import type { WalkForwardInput } from '../walkforward/index.ts';
import type { StrategyRef } from './load-strategy.ts';
import type { Pool } from './pool.ts';
import { DEFAULT_INDICATOR_BYTES, type Job } from './task.ts';
import type { PoolOptions } from './walk-forward-pool.ts';

/** What is searched, as in a walk-forward. */
export type PermutedSearch = Pick<WalkForwardInput, 'strategy' | 'markets' | 'config' | 'axes' | 'sampler'>;

export interface PermutationOptions extends PoolOptions {
  readonly permutations: number;
  readonly seed: number;
}

/**
 * The whole search repeated on markets whose bars are permuted: best annual Sharpe ratio of the space on each, beside that on the real market.
 *
 * Every search reads the whole market; all accounts open when the slowest point is ready. Permutation i has the seed `seed + i`.
 *
 * missing where bars need finer ones inside, or no point has a Sharpe ratio on the real market
 */
export async function permutationOnPool(pool: Pool, ref: StrategyRef, input: PermutedSearch, options: PermutationOptions): Promise<Known<PermutationTest>> {
  if (input.config.intrabar === 'lower-timeframe') return { missing: 'permuted bars have no finer bars inside' };
  const bestOn = searcher(pool, ref, input, options);
  const [observed] = await bestOn([input.markets]);
  if (observed === null) return { missing: 'no point has a Sharpe ratio on the real market' };
  const nullBests: (number | null)[] = [];
  while (nullBests.length < options.permutations) {
    const count = Math.min(batchOf(pool.workers, input.markets), options.permutations - nullBests.length);
    const from = nullBests.length;
    nullBests.push(...(await bestOn(Array.from({ length: count }, (_, i) => permutedBars(input.markets, options.seed + from + i)))));
    options.onProgress?.(nullBests.length, options.permutations);
  }
  return permutationTest(observed, nullBests);
}

/** Permuted markets in memory at once where they are small: some a worker, so that none waits at the end of a batch. */
const BATCH_PER_WORKER = 8;
const BATCH_BYTES = 256 * 1024 * 1024;

function batchOf(workers: number, markets: readonly Bars[]): number {
  const bytes = markets.reduce((sum, { length }) => sum + length * BAR_COLUMNS.length * Float64Array.BYTES_PER_ELEMENT, 0);
  return Math.max(workers, Math.min(BATCH_PER_WORKER * workers, Math.floor(BATCH_BYTES / bytes)));
}

/** Best annual Sharpe ratio of the space on each of some sets of markets. */
function searcher(pool: Pool, ref: StrategyRef, input: PermutedSearch, options: PoolOptions): (sets: readonly (readonly Bars[])[]) => Promise<(number | null)[]> {
  const space = paramSpace(input.strategy, input.axes, input.sampler);
  const moments = clockOf(input.markets).openTimeMs.length;
  const config = { ...input.config, firstDecisionBar: commonWarmupBars(input.strategy, space, moments) - 1, flattenAtEnd: true };
  return async (sets) => {
    const jobs = sets.map((markets) => jobOf(ref, { ...input, markets, config }, space.points, options));
    const best = new Map<string, number | null>(jobs.map((job) => [job.id, null]));
    await pool.run(
      jobs.map((job) => ({ job, fromPoint: 0, toPoint: space.points })),
      (block, job) => void best.set(job.id, greater(best.get(job.id) ?? null, bestSharpe(block))),
      options.signal,
    );
    return jobs.map(({ id }) => best.get(id) ?? null);
  };
}

function jobOf(ref: StrategyRef, { axes, sampler, markets, config }: PermutedSearch, points: number, options: PoolOptions): Job {
  const handles = markets.map(({ handle }) => handle);
  const stretch = handles.map(({ dataHash, from, length }) => [dataHash, from, length]);
  const id = contentId({ ref, axes, sampler, config, stretch });
  return { id, strategy: ref, axes, sampler, markets: handles, config, indicatorMemoryBytes: options.indicatorMemoryBytes ?? DEFAULT_INDICATOR_BYTES, points, firstTrial: 0 };
}

function bestSharpe({ values, count }: TrialBlock): number | null {
  const row = bestRow(values, 'sharpeAnn', 0, count);
  return row < 0 ? null : readMetrics(values, row).sharpeAnn;
}

function greater(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}
