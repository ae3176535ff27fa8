import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  contentId, kernelFor, paramSpace, proveCausality, requireFunding, requirePrices, resolveParams, type Screen, SCREEN_COLUMNS, type ScreenTrial, summariseTally, tallyShape, unknownName,
} from '../../engine/index.ts';
import { withDuckDb } from '../../datasets/index.ts';
import { encodeArtefact, lockFolder, writeAtomic } from '../artefacts/index.ts';
import type { Recorded } from '../ledger/index.ts';
import type { BlockRange } from '../studies/block-file.ts';
import { checkedAxes } from '../studies/checked-axes.ts';
import { partFile, PART_TRIALS, partsOf } from '../studies/part-file.ts';
import { openParts } from './open-part.ts';
import { partLanes } from './part-lanes.ts';
import type { PartSummary } from './part-summary.ts';
import { loadScreen } from './read-screen.ts';
import { paramsAt, screenLedger, type ScreenLedger } from './screen-ledger.ts';
import { configsOn, type ScreenPlan, screenSpec, screenStretches, type ScreenStudyInput } from './screen-input.ts';
import { partStore, storedPart, tallyMarkets } from './store-parts.ts';

export interface StoredScreen extends Screen, Recorded {
  readonly directory: string;
  /** Trials that an earlier, interrupted call had already evaluated. */
  readonly resumedTrials: number;
}

/** Work on a part that a kill may cost. */
const KEEP_EVERY_MS = 2_000;
/** Parts that are written at once: one is put together while another is compressed. */
const LANES = 2;

/**
 * Evaluates every point on every market for the figures of a screen, and stores the trials as Parquet while they come; an interrupted screen goes
 * on where it was stopped.
 *
 * The stored bytes depend on the specification, and the claim, alone: not on workers, blocks, or interruptions. A part is in the ledger before it has its name.
 *
 * memory  a few parts of 65,536 trials, a tally a market, and the bars
 * throws  InputError `space-empty`, `param-unknown`, `param-invalid`, `objective-unscreened`, `screen-in-use`, `funding-missing`
 */
export async function runScreen(stated: ScreenStudyInput): Promise<StoredScreen> {
  requireFunding(stated.markets.flat(), stated.config);
  requirePrices(stated.markets.flat(), stated.config);
  if (!SCREEN_COLUMNS.includes(stated.objective)) throw unknownName('objective-unscreened', 'objective of a screen', stated.objective, SCREEN_COLUMNS);
  const input = { ...stated, axes: checkedAxes(stated.strategy, stated.axes) };
  const plan = planOf(input);
  const folder = join(input.directory, plan.id);
  const journal = screenLedger(input, plan);
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder, { code: 'screen-in-use' });
  try {
    removeTemporary(folder);
    return await resumed(input, plan, folder, journal);
  } finally {
    journal?.ledger.flush();
    release();
  }
}

function planOf(input: ScreenStudyInput): ScreenPlan {
  const spec = screenSpec(input);
  const space = paramSpace(input.strategy, input.axes, input.sampler);
  return { spec, id: contentId(spec), space, trials: space.points * input.markets.length, configs: configsOn(input, space) };
}

/** Stored parts as they are, and the others evaluated. */
async function resumed(input: ScreenStudyInput, plan: ScreenPlan, folder: string, journal: ScreenLedger | null): Promise<StoredScreen> {
  const parts = partsOf(plan.trials);
  const summaries = new Map(parts.map((part) => [part.from, storedPart(folder, part, plan)] as const));
  for (const summary of summaries.values()) if (summary !== null) journal?.record(summary);
  const open = parts.filter((part) => summaries.get(part.from) === null);
  const isDone = open.length === 0 && existsSync(join(folder, 'screen.json'));
  const resumedTrials = isDone ? plan.trials : await evaluate(input, plan, folder, journal, open, summaries);
  const screen = isDone ? loadScreen(folder) : screenOf(input, plan, [...summaries.values()] as PartSummary[]);
  const recorded: Recorded = { ledger: journal === null ? null : { claim: journal.ledger.claim } };
  writeAtomic(join(folder, 'screen.json'), encodeArtefact({ ...screen, ...recorded }));
  return { ...screen, ...recorded, directory: folder, resumedTrials };
}

/** Evaluates and stores the parts that are open; returns how many trials were there before. */
async function evaluate(
  input: ScreenStudyInput, plan: ScreenPlan, folder: string, journal: ScreenLedger | null, open: readonly BlockRange[], summaries: Map<number, PartSummary | null>,
): Promise<number> {
  writeAtomic(join(folder, 'spec.json'), JSON.stringify(plan.spec));
  return withDuckDb(async (db) => {
    const parts = openParts(folder, input.keepEveryMs ?? KEEP_EVERY_MS);
    const onStored = (summary: PartSummary): void => {
      summaries.set(summary.from, summary);
      parts.at(summary).close();
    };
    const storeInput = { db, folder, plan, groups: input.markets.length, journal, onStored };
    const lanes = partLanes(await Promise.all(Array.from({ length: LANES }, (_, lane) => partStore(storeInput, lane))));
    const storeWhole = async (range: BlockRange): Promise<void> => {
      const part = parts.at(range);
      if (part.missing().length === 0) await lanes.begin(part);
    };
    const kept = keptParts(folder, open);
    const missing = open.flatMap((part) => (kept.includes(part) ? parts.at(part).missing() : [part]));
    const resumedTrials = plan.trials - missing.reduce((sum, { from, to }) => sum + to - from, 0);
    let done = resumedTrials;
    try {
      for (const part of kept) await storeWhole(part);
      await input.pool.screen(screenStretches(input, plan, missing), async (block) => {
        const range = open.find(({ from, to }) => block.from >= from && block.from < to) as BlockRange;
        parts.at(range).add(block);
        done += block.count;
        input.onProgress?.(done, plan.trials);
        await storeWhole(range);
      }, input.signal);
    } finally {
      await lanes.finished();
      parts.keep();
    }
    return resumedTrials;
  });
}

/** Parts of which an earlier call has kept blocks. */
function keptParts(folder: string, open: readonly BlockRange[]): BlockRange[] {
  const names = readdirSync(folder);
  return open.filter((part) => names.includes(`trials-${String(part.from / PART_TRIALS).padStart(5, '0')}.blocks`));
}

function screenOf(input: ScreenStudyInput, plan: ScreenPlan, summaries: readonly PartSummary[]): Screen {
  const { spec, id, trials, space, configs } = plan;
  const tallies = tallyMarkets(summaries, plan, input.markets.length);
  const shape = tallyShape(space.grid, spec.objective, input.markets.length);
  const markets = tallies.map((tally, market) => summariseTally(tally, shape, market, paramsAt(space)));
  return {
    id, spec, trials, markets, failed: markets.reduce((sum, { failed }) => sum + failed, 0), kernel: kernelFor(input.strategy, configs[0], input.markets[0]),
    parts: summaries.map(({ from, to, sha256 }) => ({ from, to, sha256 })), causality: proofOf(input, markets.flatMap(({ top }) => top.slice(0, 1))),
  };
}

/** Of the greatest objective of all markets, the first on ties. */
function proofOf({ strategy, markets, config, objective }: ScreenStudyInput, best: readonly ScreenTrial[]): Screen['causality'] {
  const valueOf = ({ figures }: ScreenTrial): number => figures[objective] ?? -Infinity;
  const chosen = best.reduce<ScreenTrial | null>((top, one) => (top === null || valueOf(one) > valueOf(top) ? one : top), null);
  return proveCausality(strategy, chosen?.params ?? resolveParams(strategy.params, {}), markets[chosen?.market ?? 0], config);
}

/** What a killed process was writing; the lock is held. */
function removeTemporary(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith('.tmp') || name.endsWith('.stale')) rmSync(join(folder, name), { force: true });
}

/** The Parquet files of a finished screen. */
export function partFiles({ directory, parts }: Pick<StoredScreen, 'directory' | 'parts'>): string[] {
  return parts.map((part) => partFile(directory, part));
}
