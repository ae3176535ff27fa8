import { createHash } from 'node:crypto';
import { sha256 } from '../../engine/index.ts';
import type { LockedSeries } from './types.ts';

/** A series of a result while it is in memory or on the disk. */
export interface ResultSeries {
  readonly length: number;
  /** Bytes, or text, of the elements of a half-open range. */
  readonly bytes: (from: number, to: number) => Promise<string | Float64Array>;
  /** Stretches that it is cut into at most. */
  readonly mostMarks: number;
  /** One element in words of its own. */
  readonly at: (index: number) => Promise<Readonly<Record<string, unknown>>>;
}

/** Elements from…to (half-open) among which the first difference is; one element where it is known exactly. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const MARK_DIGITS = 8;

export async function lockSeries(series: ResultSeries): Promise<LockedSeries> {
  const whole = createHash('sha256');
  const marks: string[] = [];
  for (const { from, to } of stretchesOf(series, series.length)) {
    const bytes = await series.bytes(from, to);
    whole.update(bytes);
    marks.push(markOf(bytes));
  }
  return { length: series.length, sha256: whole.digest('hex'), marks };
}

/** The first stretch in which a series is not the locked one; null where all marks agree. */
export async function firstDifferentStretch(locked: LockedSeries, series: ResultSeries): Promise<Stretch | null> {
  const stretches = stretchesOf(series, locked.length);
  for (const [k, { from, to }] of stretches.entries()) {
    const isThere = k < locked.marks.length && from < series.length;
    if (!isThere || markOf(await series.bytes(from, Math.min(to, series.length))) !== locked.marks[k]) return { from, to };
  }
  return null;
}

/** The first element of a stretch that two series do not share. */
export async function firstDifferentElement(a: ResultSeries, b: ResultSeries, { from, to }: Stretch): Promise<Stretch> {
  for (let index = from; index < to; index++) {
    const isShared = index < a.length && index < b.length && sha256(await a.bytes(index, index + 1)) === sha256(await b.bytes(index, index + 1));
    if (!isShared) return { from: index, to: index + 1 };
  }
  return { from, to };
}

/** Stretches as a series of the locked length has them, as far as the longer of the two reaches. */
function stretchesOf({ length, mostMarks }: ResultSeries, lockedLength: number): Stretch[] {
  const size = Math.max(1, Math.ceil(lockedLength / mostMarks));
  const end = Math.max(lockedLength, length);
  return Array.from({ length: Math.ceil(end / size) }, (_, k) => ({ from: k * size, to: Math.min(end, (k + 1) * size) }));
}

function markOf(bytes: string | Float64Array): string {
  return sha256(bytes).slice(0, MARK_DIGITS);
}
