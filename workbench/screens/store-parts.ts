import { closeSync, fsync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { type DuckDb } from '../../datasets/index.ts';
import { addTally, createTally, type ScreenTally, sha256, tallyShape } from '../../engine/index.ts';
import type { BlockRange } from '../studies/block-file.ts';
import { isWholePart, partFile } from '../studies/part-file.ts';
import { digitReader, piecesOf } from './part-columns.ts';
import type { PartStore } from './part-lanes.ts';
import { openPartParquet } from './part-parquet.ts';
import { type PartSummary, readPartSummary, tallyPart, writePartSummary } from './part-summary.ts';
import type { ScreenLedger } from './screen-ledger.ts';
import type { ScreenPlan } from './screen-input.ts';

export interface PartStoreInput {
  readonly db: DuckDb;
  readonly folder: string;
  readonly plan: ScreenPlan;
  readonly groups: number;
  readonly journal: ScreenLedger | null;
  readonly onStored: (summary: PartSummary) => void;
}

/** Stores parts one at a time: its columns, then its summary, then the ledger's entry, and last its name. */
export async function partStore({ db, folder, plan: { spec, space }, groups, journal, onStored }: PartStoreInput, lane: number): Promise<PartStore> {
  const parquet = await openPartParquet(db, spec, groups, lane);
  const digitsOf = digitReader(space);
  const shape = tallyShape(space.grid, spec.objective, groups);
  return async (figures) => {
    const { range } = figures;
    const part = { ...figures, pieces: piecesOf(range, space.points), digits: digitsOf(range) };
    const file = partFile(folder, range);
    const written = parquet.write(`${file}.tmp`, part);
    const pieces = tallyPart(part, shape); // while the file is written by other threads
    await written;
    const summary: PartSummary = { ...range, sha256: await syncedHash(`${file}.tmp`), pieces };
    writePartSummary(folder, summary);
    journal?.record(summary);
    renameSync(`${file}.tmp`, file);
    onStored(summary);
  };
}

/** The summary of a part whose file is what it was when it was stored; null where it must be evaluated again. */
export function storedPart(folder: string, range: BlockRange, { space }: ScreenPlan): PartSummary | null {
  const file = partFile(folder, range);
  const summary = isWholePart(file) ? readPartSummary(folder, range, space) : null;
  if (summary !== null && summary.sha256 === sha256(readFileSync(file))) return summary;
  rmSync(file, { force: true });
  return null;
}

/** Tallies of every market, part after part in trial order. */
export function tallyMarkets(parts: readonly PartSummary[], { space, spec }: ScreenPlan, groups: number): ScreenTally[] {
  const shape = tallyShape(space.grid, spec.objective, groups);
  const tallies = Array.from({ length: groups }, () => createTally(shape));
  for (const { pieces } of parts) for (const { market, tally } of pieces) addTally(tallies[market], shape, tally);
  return tallies;
}

async function syncedHash(file: string): Promise<string> {
  const handle = openSync(file, 'r+');
  try {
    const synced = promisify(fsync)(handle);
    const hash = sha256(readFileSync(handle));
    await synced;
    return hash;
  } finally {
    closeSync(handle);
  }
}
