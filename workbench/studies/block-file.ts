import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { TRIAL_WIDTH, type TrialBlock } from '../../engine/index.ts';

/** Trials [from, to) that a finished block file holds. */
export interface BlockRange {
  readonly from: number;
  readonly to: number;
}

/**
 * One finished block as a file of its own: a header line, then the numbers; a torn or foreign file is found by its checksum.
 *
 * Not synced to the disk, which would take longer than many a block: a kill loses nothing, and what a power cut tears is evaluated again.
 */
export function writeBlock(folder: string, block: TrialBlock): void {
  const numbers = new Uint8Array(block.values.buffer, block.values.byteOffset, block.values.byteLength);
  const header = JSON.stringify({ from: block.from, count: block.count, failures: block.failures, crc: crc32(numbers) });
  const file = join(folder, blockName({ from: block.from, to: block.from + block.count }));
  writeFileSync(`${file}.tmp`, Buffer.concat([Buffer.from(`${header}\n`), numbers]));
  renameSync(`${file}.tmp`, file);
}

/** The ranges of all readable blocks of a folder in trial order; an unreadable one is removed, so that it is evaluated again. */
export function listBlocks(folder: string): BlockRange[] {
  return readdirSync(folder)
    .map((name) => /^(\d+)-(\d+)\.block$/.exec(name))
    .filter((match) => match !== null)
    .map((match) => ({ from: Number(match[1]), to: Number(match[2]) }))
    .filter((range) => {
      if (readBlock(folder, range) !== null) return true;
      removeBlock(folder, range);
      return false;
    })
    .sort((a, b) => a.from - b.from);
}

/** A block from its file; null when the file is not what was written. */
export function readBlock(folder: string, range: BlockRange): TrialBlock | null {
  const bytes = readFileSync(join(folder, blockName(range)));
  const end = bytes.indexOf(10);
  if (end < 0) return null;
  const numbers = bytes.subarray(end + 1);
  try {
    const header = JSON.parse(bytes.toString('utf8', 0, end)) as { from: number; count: number; failures: Record<number, string>; crc: number };
    if (header.from !== range.from || header.count !== range.to - range.from || crc32(numbers) !== header.crc) return null;
    if (numbers.length !== header.count * TRIAL_WIDTH * Float64Array.BYTES_PER_ELEMENT) return null;
    const values = new Float64Array(new Uint8Array(numbers).buffer);
    return { from: header.from, count: header.count, values, failures: header.failures };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function removeBlock(folder: string, range: BlockRange): void {
  rmSync(join(folder, blockName(range)), { force: true });
}

function blockName({ from, to }: BlockRange): string {
  return `${String(from).padStart(10, '0')}-${String(to).padStart(10, '0')}.block`;
}
