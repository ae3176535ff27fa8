import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockRange } from './block-file.ts';

/** Trials a Parquet file holds: one row group, written as soon as they are all there. */
export const PART_TRIALS = 65_536;

/** The fixed parts of a sweep, in order; the last may be shorter. */
export function partsOf(trials: number): BlockRange[] {
  return Array.from({ length: Math.ceil(trials / PART_TRIALS) }, (_, k) => ({ from: k * PART_TRIALS, to: Math.min(trials, (k + 1) * PART_TRIALS) }));
}

export function partFile(folder: string, { from }: BlockRange): string {
  return join(folder, `trials-${String(from / PART_TRIALS).padStart(5, '0')}.parquet`);
}

/** True where a file has the first and the last bytes of a Parquet file. */
export function isWholePart(file: string): boolean {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
  return size > 12 && textAt(file, 0) === 'PAR1' && textAt(file, size - 4) === 'PAR1';
}

function textAt(file: string, position: number): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(4);
    readSync(handle, bytes, 0, bytes.length, position);
    return bytes.toString('latin1');
  } finally {
    closeSync(handle);
  }
}
