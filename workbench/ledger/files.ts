import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../artefacts/index.ts';
import type { LedgerHead } from './types.ts';

const CHUNK_BYTES = 1 << 20;

/** Folder and files of the ledger below a home folder. */
export function ledgerFiles(home: string) {
  const folder = join(home, 'ledger');
  return { folder, trials: join(folder, 'trials.jsonl'), head: join(folder, 'head.json') };
}

export function writeHead(file: string, { seq, hash }: LedgerHead): void {
  writeAtomic(file, `${JSON.stringify({ seq, hash })}\n`);
}

/** Null where there is none; `damaged` where it is no head. */
export function readHead(file: string): LedgerHead | 'damaged' | null {
  if (!existsSync(file)) return null;
  try {
    const { seq, hash } = JSON.parse(readFileSync(file, 'utf8')) as Partial<LedgerHead>;
    return Number.isInteger(seq) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? { seq: seq as number, hash } : 'damaged';
  } catch (error) {
    if (error instanceof SyntaxError) return 'damaged';
    throw error;
  }
}

/**
 * The lines of a file one after another, without their line feeds; what follows the last line feed comes with `isWhole` false.
 *
 * memory  one line and a chunk
 */
export function* linesOf(file: string): Generator<{ readonly text: string; readonly isWhole: boolean; readonly bytes: number }> {
  const handle = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let parts: Buffer[] = [];
    for (let size = readSync(handle, chunk); size > 0; size = readSync(handle, chunk)) {
      let at = 0;
      for (let end = chunk.indexOf(10, at); end >= 0 && end < size; end = chunk.indexOf(10, at)) {
        yield lineOf([...parts, chunk.subarray(at, end)], true);
        parts = [];
        at = end + 1;
      }
      if (at < size) parts.push(Buffer.from(chunk.subarray(at, size)));
    }
    if (parts.length > 0) yield lineOf(parts, false);
  } finally {
    closeSync(handle);
  }
}

function lineOf(parts: readonly Buffer[], isWhole: boolean) {
  const bytes = Buffer.concat(parts);
  return { text: bytes.toString('utf8'), isWhole, bytes: bytes.length };
}
