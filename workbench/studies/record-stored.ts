import { join } from 'node:path';
import { TRIAL_WIDTH, type SweepSpec, type TrialBlock } from '../../engine/index.ts';
import { type BlockRange, readBlock } from './block-file.ts';
import { missingRanges } from './ranges.ts';
import { readStoredBlock } from './read-trials.ts';

/** Trials on the disk: parts in Parquet, and blocks that are not yet in one. */
export interface StoredTrials {
  readonly parts: readonly BlockRange[];
  readonly blocks: readonly BlockRange[];
}

interface Sweep extends StoredTrials {
  readonly folder: string;
  readonly spec: SweepSpec;
  /** Points of a market. */
  readonly points: number;
}

/** Rows read from Parquet at once. */
const CHUNK_TRIALS = 8_192;

/**
 * Records the stored trials that the ledger lacks: of a power cut, of a ledger that was switched off, or of another claim.
 *
 * memory  one block
 */
export async function recordStored({ folder, points, parts, blocks }: Sweep, recorded: readonly BlockRange[], record: (block: TrialBlock) => void): Promise<void> {
  for (const { from, to } of blocks) {
    for (const missing of missingRanges(from, to, recorded)) {
      const block = readBlock(join(folder, 'blocks'), { from, to });
      if (block !== null) record(stretchOf(block, missing));
    }
  }
  for (const { from, to } of parts.flatMap((part) => missingRanges(part.from, part.to, recorded)).flatMap((range) => cut(range, points))) {
    record(await readStoredBlock(folder, from, to));
  }
}

function stretchOf(block: TrialBlock, { from, to }: BlockRange): TrialBlock {
  return { ...block, from, count: to - from, values: block.values.subarray((from - block.from) * TRIAL_WIDTH, (to - block.from) * TRIAL_WIDTH) };
}

/** Pieces of a range that lie in one market each and are not too long. */
function cut({ from, to }: BlockRange, points: number): BlockRange[] {
  const pieces: BlockRange[] = [];
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / points) + 1) * points, at + CHUNK_TRIALS);
    pieces.push({ from: at, to: end });
    at = end;
  }
  return pieces;
}
