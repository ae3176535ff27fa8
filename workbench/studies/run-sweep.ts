import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Axes, type Bars, type CausalityProof, contentId, DataError, ENGINE_VERSION, marketRef, type MetricName, type ParamSpace, paramSpace, type Pool, proveCausality, requirePrices, requireFunding, resolveParams,
  type Sampler, type SimulationConfig, type Strategy, type StrategyRef, type Sweep, type SweepSpec, TRIAL_LAYOUT, TRIAL_WIDTH, type Trial, type TrialBlock,
} from '../../engine/index.ts';
import { lockFolder, writeAtomic } from '../artefacts/index.ts';
import type { LedgerOptions, Recorded } from '../ledger/index.ts';
import { type BlockRange, listBlocks, readBlock, removeBlock, writeBlock } from './block-file.ts';
import { checkedAxes } from './checked-axes.ts';
import { isWholePart, PART_TRIALS, partFile, partsOf } from './part-file.ts';
import { partQueue } from './part-queue.ts';
import { missingRanges } from './ranges.ts';
import { bestTrials, countFailed } from './read-trials.ts';
import { type Journal, journalOf, recordedAs } from './sweep-journal.ts';
import { stretchesOf } from './sweep-jobs.ts';
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
  /** Where the trials are journalled; null switches that off. */
  readonly ledger?: LedgerOptions | null;
}

export interface StoredSweep extends Sweep, Recorded {
  readonly directory: string;
  /** Trials that an earlier, interrupted call had already evaluated. */
  readonly resumedTrials: number;
}

/**
 * Evaluates every point on every market and stores the trials as Parquet; an interrupted sweep goes on where it was stopped.
 *
 * Every finished block is in the ledger and a file before the next is asked for, so that a kill loses only what is in flight. The stored bytes
 * depend on the specification, and the claim, alone: not on workers, blocks, or interruptions.
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
  const journal = journalOf(input, spec, id, space);
  if (isFinished(folder, trials) && readSummary(folder).causality !== undefined) return finished(journal, folder, trials);
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder);
  try {
    removeTemporary(folder);
    mkdirSync(join(folder, 'blocks'), { recursive: true });
    writeAtomic(join(folder, 'spec.json'), JSON.stringify(spec));
    const resumedTrials = await evaluateMissing(input, spec, space, folder, trials, journal);
    const best = await bestTrials(folder, spec);
    const sweep: Sweep = { id, spec, trials, failed: await countFailed(folder), best, causality: proofOf(input, best) };
    rmSync(join(folder, 'blocks'), { recursive: true, force: true });
    writeSummary(folder, { ...sweep, ledger: recordedAs(journal) });
    return { ...readSummary(folder), directory: folder, resumedTrials };
  } finally {
    journal?.ledger.flush();
    release();
  }
}

/** A finished sweep as it is stored; the ledger gets those of its trials that it lacks. */
async function finished(journal: Journal | null, folder: string, trials: number): Promise<StoredSweep> {
  const summary = readSummary(folder);
  if (journal !== null) {
    await journal.addStored(folder, { parts: partsOf(trials), blocks: [] });
    journal.ledger.flush();
    if (summary.ledger?.claim !== journal.ledger.claim) writeSummary(folder, { ...summary, ledger: recordedAs(journal) });
  }
  return { ...readSummary(folder), directory: folder, resumedTrials: trials };
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

function writeSummary(folder: string, summary: Sweep & Recorded): void {
  writeAtomic(summaryFile(folder), JSON.stringify(summary));
}

function readSummary(folder: string): Sweep & Recorded {
  const summary = JSON.parse(readFileSync(summaryFile(folder), 'utf8')) as Sweep & Partial<Recorded>;
  return { ...summary, ledger: summary.ledger ?? null };
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
async function evaluateMissing(input: SweepInput, spec: SweepSpec, space: ParamSpace, folder: string, trials: number, journal: Journal | null): Promise<number> {
  const blocks = join(folder, 'blocks');
  const parts = partsOf(trials);
  const written = parts.filter((part) => isWholePart(partFile(folder, part)));
  const stored = listBlocks(blocks);
  const open = new Map(parts.filter((part) => !written.includes(part)).map((part) => [part, stored.filter(({ from, to }) => from >= part.from && to <= part.to)]));
  const missing = [...open].flatMap(([part, ranges]) => missingRanges(part.from, part.to, ranges));
  const resumed = trials - missing.reduce((sum, { from, to }) => sum + to - from, 0);
  if (resumed > 0) await journal?.addStored(folder, { parts: written, blocks: stored });
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
        journal?.record(block); // before its file: a block that is stored is in the ledger
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
