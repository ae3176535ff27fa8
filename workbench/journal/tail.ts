import { fstatSync, readSync } from 'node:fs';
import { NO_HASH } from './line.ts';
import type { ChainHead, ChainLine } from './types.ts';

const CHUNK_BYTES = 64 * 1024;

export interface Tail {
  readonly size: number;
  /** Bytes up to the end of the last line that ends a batch, or that cannot be read. */
  readonly batchBytes: number;
  /** Bytes up to the end of the last whole line. */
  readonly lineBytes: number;
  /** The line at batchBytes by what it says of itself; null where it says nothing that can be read. */
  readonly last: ChainHead | null;
  /** Number of the first whole line after batchBytes. */
  readonly openSeq: number | null;
}

/** The end of an open file, read backwards to the last line that ends a batch. */
export function readTail(handle: number, endsBatch: (line: ChainLine) => boolean): Tail {
  const { size } = fstatSync(handle);
  const lineBytes = lineFeedBefore(handle, size) + 1;
  let openSeq: number | null = null;
  for (let end = lineBytes; end > 0; ) {
    const start = lineFeedBefore(handle, end - 1) + 1;
    const line = ownWords(bytesAt(handle, start, end - 1).toString('utf8'));
    if (line === null || endsBatch(line)) return { size, batchBytes: end, lineBytes, last: line && { seq: line.seq, hash: line.hash }, openSeq };
    openSeq = line.seq;
    end = start;
  }
  return { size, batchBytes: 0, lineBytes, last: { seq: 0, hash: NO_HASH }, openSeq };
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

/** Position of the last line feed before a position; −1 where there is none. */
function lineFeedBefore(handle: number, position: number): number {
  for (let to = position; to > 0; to = Math.max(0, to - CHUNK_BYTES)) {
    const from = Math.max(0, to - CHUNK_BYTES);
    const at = bytesAt(handle, from, to).lastIndexOf(10);
    if (at >= 0) return from + at;
  }
  return -1;
}

function ownWords(text: string): ChainLine | null {
  try {
    const line = JSON.parse(text) as Partial<ChainLine> | null;
    return typeof line?.seq === 'number' && typeof line.hash === 'string' ? (line as ChainLine) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
