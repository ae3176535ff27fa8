import {
  type Axes, type Bars, clockOf, commonWarmupBars, contentId, ENGINE_VERSION, marketRef, type ParamSpace, type Pool, requireScreenMemory, type Sampler, SCREEN_LAYOUT, type ScreenColumn, type ScreenJob,
  type ScreenSpec, type ScreenStretch, type SimulationConfig, type Strategy, type StrategyRef,
} from '../../engine/index.ts';
import type { LedgerOptions } from '../ledger/index.ts';
import type { BlockRange } from '../studies/block-file.ts';

export interface ScreenStudyInput {
  readonly strategy: Strategy;
  readonly ref: StrategyRef;
  /** The market of each trial, or the markets that it trades together. */
  readonly markets: readonly (readonly Bars[])[];
  readonly config: SimulationConfig;
  readonly axes: Axes;
  readonly sampler: Sampler;
  readonly objective: ScreenColumn;
  readonly pool: Pool;
  /** Folder of all screens; this one's is named by its id. */
  readonly directory: string;
  /** Ceiling of what all workers together keep of lines, conditions and tables. */
  readonly memoryBytes?: number;
  /** Work on a part that is not whole is kept on disk so often. */
  readonly keepEveryMs?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Where the trials are journalled; null switches that off. */
  readonly ledger?: LedgerOptions | null;
}

/** What all workers together keep where nothing else is asked. */
export const DEFAULT_SCREEN_BYTES = 400 * 1024 * 1024;

/** What follows from the input alone. */
export interface ScreenPlan {
  readonly spec: ScreenSpec;
  readonly id: string;
  readonly space: ParamSpace;
  readonly trials: number;
  /** The configuration of each market: all its trials decide from the same bar on. */
  readonly configs: readonly SimulationConfig[];
}

export function screenSpec({ strategy, ref, markets, config, axes, sampler, objective }: ScreenStudyInput): ScreenSpec {
  return {
    screenLayout: SCREEN_LAYOUT, engineVersion: ENGINE_VERSION, strategyId: strategy.id, codeHash: ref.codeHash, paramSpecs: strategy.params, axes, sampler, objective,
    markets: markets.flat().map(marketRef), config,
  };
}

/** Markets of the same length share one look at the points. */
export function configsOn({ markets, config, strategy }: ScreenStudyInput, space: ParamSpace): SimulationConfig[] {
  const warmups = new Map<number, number>();
  return markets.map((group) => {
    const bars = clockOf(group).openTimeMs.length;
    const warmup = warmups.get(bars) ?? commonWarmupBars(strategy, space, bars);
    warmups.set(bars, warmup);
    return { ...config, firstDecisionBar: Math.max(config.firstDecisionBar, warmup - 1) };
  });
}

/** Jobs for what is missing, one a market. */
export function screenStretches(input: ScreenStudyInput, { space, configs }: ScreenPlan, missing: readonly BlockRange[]): ScreenStretch[] {
  const jobs = input.markets.map((group, market) => jobOf(input, space, group, configs[market], market * space.points));
  return missing.flatMap(({ from, to }) =>
    jobs
      .map((job) => ({ job, fromPoint: Math.max(0, from - job.firstTrial), toPoint: Math.min(space.points, to - job.firstTrial) }))
      .filter(({ fromPoint, toPoint }) => fromPoint < toPoint),
  );
}

/** throws  InputError `memory-too-small` */
function jobOf(input: ScreenStudyInput, space: ParamSpace, group: readonly Bars[], config: SimulationConfig, firstTrial: number): ScreenJob {
  const { strategy, ref, axes, sampler, pool } = input;
  const memoryBytes = Math.floor((input.memoryBytes ?? DEFAULT_SCREEN_BYTES) / pool.workers);
  requireScreenMemory(strategy, config, group, space.points, memoryBytes);
  return {
    id: contentId({ ref, axes, sampler, config, firstTrial, markets: group.map(({ dataHash, handle }) => [dataHash, handle.from, handle.length]) }),
    strategy: ref, axes, sampler, markets: group.map(({ handle }) => handle), config, memoryBytes, points: space.points, firstTrial,
  };
}
