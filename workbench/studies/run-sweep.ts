import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Axes, type Bars, type CausalityProof, clockOf, commonWarmupBars, contentId, DataError, DEFAULT_INDICATOR_BYTES, ENGINE_VERSION, type Job, marketRef,
  type MetricName, type ParamSpace, paramSpace, type Pool, proveCausality, requirePrices, requireFunding, resolveParams, type Sampler, type SimulationConfig, type Strategy, type StrategyRef, type Stretch, type Sweep,
  type SweepSpec, TRIAL_LAYOUT, TRIAL_WIDTH, type Trial, type TrialBlock,
} from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';
import { type BlockRange, listBlocks, readBlock, removeBlock, writeBlock } from './block-file.ts';
import { checkedAxes } from './checked-axes.ts';
import { lockFolder } from './lock.ts';
import { isWholePart, PART_TRIALS, partFile, partsOf } from './part-file.ts';
import { partQueue } from './part-queue.ts';
import { missingRanges } from './ranges.ts';
import { bestTrials, countFailed } from './read-trials.ts';
import { writeTrials } from './trials-parquet.ts';

export interface SweepInput {
  readonly strategy: Strategy;
  readonly ref: StrategyRef;
  /** The market of each trial, or the markets that it trades together. */
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
 * throws  InputError `space-empty`, `param-unknown`, `param-invalid`, `sweep-in-use`, `funding-missing`
 */
export async function runSweep(stated: SweepInput): Promise<StoredSweep> {
  requireFunding(stated.markets.flat(), stated.config);
  requirePrices(stated.markets.flat(), stated.config);
  const input = { ...stated, axes: checkedAxes(stated.strategy, stated.axes) };
  const space = paramSpace(input.strategy, input.axes, input.sampler);
  const spec = sweepSpec(input);
  const id = contentId(spec);
  const folder = join(input.directory, id);
  const trials = space.points * input.markets.length;
  if (isFinished(folder, trials) && readSummary(folder).causality !== undefined) return { ...readSummary(folder), directory: folder, resumedTrials: trials };
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder);
  try {
    removeTemporary(folder);
    mkdirSync(join(folder, 'blocks'), { recursive: true });
    writeAtomic(join(folder, 'spec.json'), JSON.stringify(spec));
    const resumedTrials = await evaluateMissing(input, spec, space, folder, trials);
    const best = await bestTrials(folder, spec);
    const sweep: Sweep = { id, spec, trials, failed: await countFailed(folder), best, causality: proofOf(input, best) };
    rmSync(join(folder, 'blocks'), { recursive: true, force: true });
    writeAtomic(summaryFile(folder), JSON.stringify(sweep));
    return { ...readSummary(folder), directory: folder, resumedTrials };
  } finally {
    release();
  }
}

/** Of the greatest objective of all markets, the first on ties. */
function proofOf({ strategy, markets, config, objective }: SweepInput, best: readonly (Trial | null)[]): CausalityProof {
  const valueOf = (trial: Trial): number => trial.metrics?.[objective] ?? -Infinity;
  const chosen = best.reduce((top, trial) => (trial !== null && (top === null || valueOf(trial) > valueOf(top)) ? trial : top), null);
  const params = chosen?.params ?? resolveParams(strategy.params, {});
  return proveCausality(strategy, params, markets[chosen?.market ?? 0], config);
}

function summaryFile(folder: string): string {
  return join(folder, 'sweep.json');
}

function readSummary(folder: string): Sweep {
  return JSON.parse(readFileSync(summaryFile(folder), 'utf8')) as Sweep;
}

/** A summary alone does not do: its trials must be there too. */
function isFinished(folder: string, trials: number): boolean {
  return existsSync(summaryFile(folder)) && partsOf(trials).every((part) => existsSync(partFile(folder, part)));
}

/** What a killed process was writing; the lock is held. */
function removeTemporary(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith('.tmp') || name.endsWith('.stale')) rmSync(join(folder, name), { force: true });
}

function sweepSpec({ strategy, ref, markets, config, axes, sampler, objective }: SweepInput): SweepSpec {
  return {
    trialLayout: TRIAL_LAYOUT, engineVersion: ENGINE_VERSION, strategyId: strategy.id, codeHash: ref.codeHash, paramSpecs: strategy.params, axes, sampler, objective,
    markets: markets.flat().map(marketRef), config,
  };
}

/** Evaluates and writes what the folder lacks; returns how many trials it had. */
async function evaluateMissing(input: SweepInput, spec: SweepSpec, space: ParamSpace, folder: string, trials: number): Promise<number> {
  const blocks = join(folder, 'blocks');
  const parts = partsOf(trials);
  const written = parts.filter((part) => isWholePart(partFile(folder, part)));
  const stored = listBlocks(blocks);
  const open = new Map(parts.filter((part) => !written.includes(part)).map((part) => [part, stored.filter(({ from, to }) => from >= part.from && to <= part.to)]));
  const missing = [...open].flatMap(([part, ranges]) => missingRanges(part.from, part.to, ranges));
  const resumed = trials - missing.reduce((sum, { from, to }) => sum + to - from, 0);
  const queue = partQueue();
  const closePart = (part: BlockRange): void => {
    const ranges = open.get(part);
    if (ranges === undefined || missingRanges(part.from, part.to, ranges).length > 0) return;
    open.delete(part);
    queue.add(async () => {
      await writeTrials(partFile(folder, part), spec, space, input.markets[0].length, blocksOf(blocks, part, ranges));
      for (const range of ranges) removeBlock(blocks, range);
    });
  };
  let finished = resumed;
  try {
    for (const part of parts) closePart(part);
    await input.pool.run(
      stretchesOf(input, space, missing),
      (block) => {
        const part = parts[Math.floor(block.from / PART_TRIALS)];
        writeBlock(blocks, block);
        open.get(part)?.push({ from: block.from, to: block.from + block.count });
        finished += block.count;
        input.onProgress?.(finished, trials);
        closePart(part);
      },
      input.signal,
    );
    await queue.finished();
  } finally {
    await queue.stop();
  }
  return resumed;
}

/**
 * The blocks of a part in trial order, read one at a time; of blocks that overlap the first is taken.
 *
 * throws  DataError `block-damaged`
 */
function* blocksOf(folder: string, part: BlockRange, ranges: readonly BlockRange[]): Generator<TrialBlock> {
  let at = part.from;
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    if (range.to <= at) continue;
    const block = readBlock(folder, range);
    if (block === null) throw new DataError('block-damaged', `block of trials ${range.from} … ${range.to - 1} in ${folder} must be as it was written; run the sweep again`);
    yield tail(block, at - range.from);
    at = range.to;
  }
}

function tail(block: TrialBlock, skipped: number): TrialBlock {
  if (skipped === 0) return block;
  return { ...block, from: block.from + skipped, count: block.count - skipped, values: block.values.subarray(skipped * TRIAL_WIDTH) };
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
  const config = { ...input.config, firstDecisionBar: Math.max(input.config.firstDecisionBar, commonWarmupBars(strategy, space, clockOf(markets).openTimeMs.length) - 1) };
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
