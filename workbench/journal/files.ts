import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../artefacts/index.ts';
import type { ChainFiles, ChainHead } from './types.ts';

const CHUNK_BYTES = 1 << 20;

/** Files of a journal in its folder. */
export function journalFiles(folder: string, name: string): ChainFiles {
  return { folder, lines: join(folder, `${name}.jsonl`), head: join(folder, `${name}.head.json`) };
}

export function writeHead(file: string, { seq, hash }: ChainHead): void {
  writeAtomic(file, `${JSON.stringify({ seq, hash })}\n`);
}

/** Null where there is none; `damaged` where it is no head. */
export function readHead(file: string): ChainHead | 'damaged' | null {
  if (!existsSync(file)) return null;
  try {
    const { seq, hash } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ChainHead>;
    return Number.isInteger(seq) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? { seq: seq as number, hash } : 'damaged';
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return 'damaged';
    throw error;
  }
}

/**
 * The lines of a file one after another, without their line feeds; what follows the last line feed comes with `isWhole` false.
 *
 * The bytes are good until the next line is asked for.
 *
 * memory  one line and a chunk
 */
export function* linesOf(file: string): Generator<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const handle = openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, fstatSync(handle).size + 1));
    let parts: Buffer[] = [];
    for (let size = readSync(handle, chunk); size > 0; size = readSync(handle, chunk)) {
      let at = 0;
      for (let end = chunk.indexOf(10, at); end >= 0 && end < size; end = chunk.indexOf(10, at)) {
        const rest = chunk.subarray(at, end);
        yield { bytes: parts.length === 0 ? rest : Buffer.concat([...parts, rest]), isWhole: true };
        parts = [];
        at = end + 1;
      }
      if (at < size) parts.push(Buffer.from(chunk.subarray(at, size)));
    }
    if (parts.length > 0) yield { bytes: Buffer.concat(parts), isWhole: false };
  } finally {
    closeSync(handle);
  }
}

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Writes a file that is not there yet, under its name or the next that is free; returns the name. */
export function writeNew(path: string, bytes: Uint8Array): string {
  for (let n = 0; ; n++) {
    const free = n === 0 ? path : `${path}-${n}`;
    try {
      writeFileSync(free, bytes, { flag: 'wx', flush: true });
      return free;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

export function cutTo(path: string, bytes: number): void {
  const writable = openSync(path, 'r+');
  try {
    ftruncateSync(writable, bytes);
    fsyncSync(writable);
  } finally {
    closeSync(writable);
  }
}
