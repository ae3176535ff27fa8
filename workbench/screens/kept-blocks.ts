import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { SCREEN_WIDTH, type ScreenBlock } from '../../engine/index.ts';
import type { BlockRange } from '../studies/block-file.ts';
import { PART_TRIALS } from '../studies/part-file.ts';

interface BlockHeader extends BlockRange {
  readonly failures: Readonly<Record<number, string>>;
  readonly crc: number;
}

/**
 * Blocks of a part that is not yet whole, one after another in one file: a header line, then the numbers.
 *
 * Not synced to the disk: a kill loses nothing, and what a power cut tears is evaluated again.
 */
export function keepBlocks(folder: string, part: BlockRange, blocks: readonly ScreenBlock[]): void {
  const pieces = blocks.flatMap(({ from, count, values, failures }) => {
    const numbers = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const header: BlockHeader = { from, to: from + count, failures, crc: crc32(numbers) };
    return [Buffer.from(`${JSON.stringify(header)}\n`), numbers];
  });
  appendFileSync(keptFile(folder, part), Buffer.concat(pieces));
}

/** The blocks of a part that were kept, up to the first that is torn; what follows is cut off, so that more can be kept after it. */
export function readKeptBlocks(folder: string, part: BlockRange): ScreenBlock[] {
  const file = keptFile(folder, part);
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const blocks: ScreenBlock[] = [];
  let at = 0;
  for (let next = blockAt(bytes, at, part); next !== null; next = blockAt(bytes, at, part)) {
    blocks.push(next.block);
    at = next.end;
  }
  if (at < bytes.length) truncateSync(file, at);
  return blocks;
}

export function removeKeptBlocks(folder: string, part: BlockRange): void {
  rmSync(keptFile(folder, part), { force: true });
}

function blockAt(bytes: Buffer, at: number, part: BlockRange): { readonly block: ScreenBlock; readonly end: number } | null {
  const lineEnd = bytes.indexOf(10, at);
  if (lineEnd < 0) return null;
  const header = headerOf(bytes.toString('utf8', at, lineEnd));
  if (header === null || !(header.from >= part.from && header.to <= part.to && header.from < header.to)) return null;
  const { from, to, failures, crc } = header;
  const end = lineEnd + 1 + (to - from) * SCREEN_WIDTH * Float64Array.BYTES_PER_ELEMENT;
  const numbers = Uint8Array.from(bytes.subarray(lineEnd + 1, end));
  if (end > bytes.length || crc32(numbers) !== crc) return null;
  return { block: { from, count: to - from, values: new Float64Array(numbers.buffer), failures }, end };
}

function headerOf(text: string): BlockHeader | null {
  try {
    return JSON.parse(text) as BlockHeader | null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function keptFile(folder: string, { from }: BlockRange): string {
  return join(folder, `trials-${String(from / PART_TRIALS).padStart(5, '0')}.blocks`);
}
