import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Axes, type Bars, commonWarmupBars, contentId, DEFAULT_INDICATOR_BYTES, ENGINE_VERSION, type Job, marketRef, type MetricName, type ParamSpace,
  paramSpace, type Pool, type Sampler, type SimulationConfig, type Strategy, type StrategyRef, type Stretch, type Sweep, type SweepSpec, type TrialBlock,
} from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';
import { type BlockRange, listBlocks, readBlock, removeBlock, writeBlock } from './block-file.ts';
import { lockFolder } from './lock.ts';
import { missingRanges } from './ranges.ts';
import { bestTrials, countFailed } from './read-trials.ts';
import { writeTrials } from './trials-parquet.ts';

/** Trials a Parquet file holds: one row group, written as soon as they are all there. */
const PART_TRIALS = 65_536;

export interface SweepInput {
  readonly strategy: Strategy;
  readonly ref: StrategyRef;
  /** The market of each trial, or its markets, one a leg. */
  readonly markets: readonly (readonly Bars[])[];
  readonly config: SimulationConfig;
  readonly axes: Axes;
  readonly sampler: Sampler;
  readonly objective: MetricName;
  readonly pool: Pool;
  /** Folder of all sweeps; this one's is named by its id. */
  readonly directory: string;
  readonly indicatorMemoryBytes?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface StoredSweep extends Sweep {
  readonly directory: string;
  /** Trials that an earlier, interrupted call had already evaluated. */
  readonly resumedTrials: number;
}

/**
 * Evaluates every point on every market and stores the trials as Parquet; an interrupted sweep goes on where it was stopped.
 *
 * Every finished block is a file before the next is asked for, so that a kill loses only what is in flight. The stored bytes depend on the
 * specification alone: not on workers, blocks, or interruptions.
 *
 * memory  one part of 65,536 trials, and the bars
 * throws  InputError `space-empty`, `sweep-in-use`
 */
export async function runSweep(input: SweepInput): Promise<StoredSweep> {
  const space = paramSpace(input.strategy, input.axes, input.sampler);
  const spec = sweepSpec(input);
  const id = contentId(spec);
  const folder = join(input.directory, id);
  const summary = join(folder, 'sweep.json');
  const trials = space.points * input.markets.length;
  if (existsSync(summary)) return { ...(JSON.parse(readFileSync(summary, 'utf8')) as Sweep), directory: folder, resumedTrials: trials };
  mkdirSync(join(folder, 'blocks'), { recursive: true });
  const release = lockFolder(folder);
  try {
    writeAtomic(join(folder, 'spec.json'), JSON.stringify(spec));
    const resumedTrials = await evaluateMissing(input, spec, space, folder, trials);
    const sweep: Sweep = { id, spec, trials, failed: await countFailed(folder), best: await bestTrials(folder, spec) };
    rmSync(join(folder, 'blocks'), { recursive: true, force: true });
    writeAtomic(summary, JSON.stringify(sweep));
    return { ...sweep, directory: folder, resumedTrials };
  } finally {
    release();
  }
}

function sweepSpec({ strategy, ref, markets, config, axes, sampler, objective }: SweepInput): SweepSpec {
  return {
    engineVersion: ENGINE_VERSION, strategyId: strategy.id, codeHash: ref.codeHash, paramSpecs: strategy.params, axes, sampler, objective,
    markets: markets.flat().map(marketRef), config,
  };
}

async function evaluateMissing(input: SweepInput, spec: SweepSpec, space: ParamSpace, folder: string, trials: number): Promise<number> {
  const blocks = join(folder, 'blocks');
  const parts = partsOf(trials);
  const written = parts.filter((part) => existsSync(partFile(folder, part)));
  const done: BlockRange[] = [...written, ...listBlocks(blocks)];
  const missing = parts.flatMap((part) => missingRanges(part.from, part.to, done));
  const resumed = trials - missing.reduce((sum, { from, to }) => sum + to - from, 0);
  let finished = resumed;
  const closePart = async (part: BlockRange): Promise<void> => {
    const ranges = done.filter(({ from, to }) => from >= part.from && to <= part.to);
    if (existsSync(partFile(folder, part)) || missingRanges(part.from, part.to, ranges).length > 0) return;
    await writeTrials(partFile(folder, part), spec, space, ranges.sort((a, b) => a.from - b.from).map((range) => readBlock(blocks, range) as TrialBlock));
    for (const range of ranges) removeBlock(blocks, range);
  };
  for (const part of parts) await closePart(part);
  await input.pool.run(
    stretchesOf(input, space, missing),
    async (block) => {
      writeBlock(blocks, block);
      done.push({ from: block.from, to: block.from + block.count });
      finished += block.count;
      input.onProgress?.(finished, trials);
      await closePart(parts[Math.floor(block.from / PART_TRIALS)]);
    },
    input.signal,
  );
  return resumed;
}

function stretchesOf(input: SweepInput, space: ParamSpace, missing: readonly BlockRange[]): Stretch[] {
  const jobs = input.markets.map((markets, index) => jobOf(input, space, markets, index * space.points));
  return missing.flatMap(({ from, to }) =>
    jobs
      .map((job) => ({ job, fromPoint: Math.max(0, from - job.firstTrial), toPoint: Math.min(space.points, to - job.firstTrial) }))
      .filter(({ fromPoint, toPoint }) => fromPoint < toPoint),
  );
}

function jobOf(input: SweepInput, space: ParamSpace, markets: readonly Bars[], firstTrial: number): Job {
  const { ref, axes, sampler, strategy } = input;
  const config = { ...input.config, firstDecisionBar: commonWarmupBars(strategy, space, markets[0].length) - 1 };
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

function partsOf(trials: number): BlockRange[] {
  return Array.from({ length: Math.ceil(trials / PART_TRIALS) }, (_, k) => ({ from: k * PART_TRIALS, to: Math.min(trials, (k + 1) * PART_TRIALS) }));
}

function partFile(folder: string, { from }: BlockRange): string {
  return join(folder, `trials-${String(from / PART_TRIALS).padStart(5, '0')}.parquet`);
}
