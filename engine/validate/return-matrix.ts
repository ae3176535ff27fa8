import { sharpe } from '../metrics/index.ts';

/** Rows of equal length, one a trial (or model): values[k * days + t]. */
export interface Panel {
  readonly trials: number;
  readonly days: number;
  readonly values: Float64Array;
}

/** Daily returns of the trials of one search over one common window; every row is complete and has spread. */
export interface ReturnMatrix extends Panel {
  readonly timeMs: Float64Array;
}

export interface KeptRows {
  readonly matrix: ReturnMatrix;
  /** Point of each row of the matrix. */
  readonly rows: Int32Array;
  /** Points that failed or whose returns never vary. */
  readonly dropped: number;
}

/**
 * The rows that have a Sharpe ratio, in the order of their points; in shared memory, that of the caller where all are kept.
 *
 * shape   values[points * days]
 * source  statistics.md §8
 */
export function returnMatrix(timeMs: Float64Array, values: Float64Array, points: number): KeptRows {
  const days = timeMs.length;
  const kept: number[] = [];
  for (let point = 0; point < points; point++) if (hasSharpe(values.subarray(point * days, (point + 1) * days))) kept.push(point);
  const rows = Int32Array.from(kept);
  return { matrix: { trials: rows.length, days, timeMs, values: rowsOf(values, days, rows, points) }, rows, dropped: points - rows.length };
}

/** Row k of a panel, not copied. */
export function rowOf({ days, values }: Panel, trial: number): Float64Array {
  return values.subarray(trial * days, (trial + 1) * days);
}

function hasSharpe(row: Float64Array): boolean {
  return row.every((r) => Number.isFinite(r)) && sharpe(row, 1) !== null;
}

function rowsOf(values: Float64Array, days: number, rows: Int32Array, points: number): Float64Array {
  if (rows.length === points && values.buffer instanceof SharedArrayBuffer && values.length === points * days) return values;
  const out = new Float64Array(new SharedArrayBuffer(rows.length * days * Float64Array.BYTES_PER_ELEMENT));
  rows.forEach((point, k) => out.set(values.subarray(point * days, (point + 1) * days), k * days));
  return out;
}
