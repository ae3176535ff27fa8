import { fstatSync, readSync } from 'node:fs';
import { NO_HASH } from './line.ts';
import type { LedgerHead } from './types.ts';

const CHUNK_BYTES = 64 * 1024;

export interface Tail {
  /** Bytes up to the end of the last whole line. */
  readonly wholeBytes: number;
  /** Bytes after it, which a kill left. */
  readonly tornBytes: number;
  /** The last whole line by what it says of itself; null where it says nothing that can be read. */
  readonly last: LedgerHead | null;
}

/** The end of an open file, read backwards. */
export function readTail(handle: number): Tail {
  const { size } = fstatSync(handle);
  const end = lineFeedBefore(handle, size);
  if (end < 0) return { wholeBytes: 0, tornBytes: size, last: { seq: 0, hash: NO_HASH } };
  const start = lineFeedBefore(handle, end) + 1;
  return { wholeBytes: end + 1, tornBytes: size - end - 1, last: ownWords(textAt(handle, start, end)) };
}

export function bytesAt(handle: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  for (let at = 0; at < bytes.length; ) {
    const size = readSync(handle, bytes, at, bytes.length - at, from + at);
    if (size === 0) return bytes.subarray(0, at);
    at += size;
  }
  return bytes;
}

function textAt(handle: number, from: number, to: number): string {
  return bytesAt(handle, from, to).toString('utf8');
}

/** Position of the last line feed before a position; −1 where there is none. */
function lineFeedBefore(handle: number, position: number): number {
  for (let to = position; to > 0; to = Math.max(0, to - CHUNK_BYTES)) {
    const from = Math.max(0, to - CHUNK_BYTES);
    const at = bytesAt(handle, from, to).lastIndexOf(10);
    if (at >= 0) return from + at;
  }
  return -1;
}

function ownWords(text: string): LedgerHead | null {
  try {
    const { seq, hash } = JSON.parse(text) as Partial<LedgerHead>;
    return typeof seq === 'number' && typeof hash === 'string' ? { seq, hash } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
