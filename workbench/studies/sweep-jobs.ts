import { type Bars, clockOf, commonWarmupBars, contentId, DEFAULT_INDICATOR_BYTES, type Job, type ParamSpace, type SimulationConfig, type Stretch } from '../../engine/index.ts';
import type { BlockRange } from './block-file.ts';
import type { SweepInput } from './run-sweep.ts';

/** Jobs for what is missing, one a market. */
export function stretchesOf(input: SweepInput, space: ParamSpace, missing: readonly BlockRange[]): Stretch[] {
  const jobs = input.markets.map((markets, index) => jobOf(input, space, markets, index * space.points));
  return missing.flatMap(({ from, to }) =>
    jobs
      .map((job) => ({ job, fromPoint: Math.max(0, from - job.firstTrial), toPoint: Math.min(space.points, to - job.firstTrial) }))
      .filter(({ fromPoint, toPoint }) => fromPoint < toPoint),
  );
}

function jobOf(input: SweepInput, space: ParamSpace, markets: readonly Bars[], firstTrial: number): Job {
  const { ref, axes, sampler } = input;
  const config = configOn(input, space, markets);
  return {
    id: contentId({ ref, axes, sampler, config, firstTrial, markets: markets.map(({ dataHash, handle }) => [dataHash, handle.from, handle.length]) }),
    strategy: ref,
    axes,
    sampler,
    markets: markets.map(({ handle }) => handle),
    config,
    indicatorMemoryBytes: input.indicatorMemoryBytes ?? DEFAULT_INDICATOR_BYTES,
    points: space.points,
    firstTrial,
  };
}

/** All trials of a market decide from the same bar on. */
export function configOn({ config, strategy }: SweepInput, space: ParamSpace, markets: readonly Bars[]): SimulationConfig {
  return { ...config, firstDecisionBar: Math.max(config.firstDecisionBar, commonWarmupBars(strategy, space, clockOf(markets).openTimeMs.length) - 1) };
}
