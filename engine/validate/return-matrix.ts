import { sharpe } from '../metrics/index.ts';
import type { ReturnPrecision, ReturnValues } from '../search/index.ts';
import { moveRow, type RowTile, storedRow, type StoredRows, storedTiles } from './stored-rows.ts';

/** Rows of equal length, one a trial (or model): values[k * days + t]. */
export interface Panel {
  readonly trials: number;
  readonly days: number;
  readonly values: Float64Array;
}

/** The same at either precision. */
export interface HeldRows extends Omit<Panel, 'values'> {
  readonly values: ReturnValues;
}

/** Rows of a search, in memory or in a store. */
export type Rows = HeldRows | StoredRows;

/** Daily returns of the trials of one search over one common window; every row is complete and has spread. */
export type ReturnMatrix<R extends Rows = Rows> = R & { readonly timeMs: Float64Array };

export interface KeptRows<R extends Rows = Rows> {
  readonly matrix: ReturnMatrix<R>;
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
export function returnMatrix(timeMs: Float64Array, values: Float64Array, points: number): KeptRows<Panel> {
  const days = timeMs.length;
  const rows = keptPoints({ trials: points, days, values });
  const isWhole = rows.length === points && values.buffer instanceof SharedArrayBuffer && values.length === points * days;
  const own = isWhole ? values : new Float64Array(new SharedArrayBuffer(rows.length * days * Float64Array.BYTES_PER_ELEMENT));
  if (!isWhole) rows.forEach((point, k) => own.set(values.subarray(point * days, (point + 1) * days), k * days));
  return { matrix: { trials: rows.length, days, timeMs, values: own }, rows, dropped: points - rows.length };
}

/**
 * The same of rows that the caller gives away: those in memory move together in place, those in a store stay where they are.
 *
 * memory  nothing besides the rows
 */
export function takeRows(timeMs: Float64Array, all: Rows): KeptRows {
  const points = keptPoints(all);
  const kept = { rows: points, dropped: all.trials - points.length };
  if (!('values' in all)) return { matrix: { ...all, timeMs, trials: points.length, rows: points.map((point) => all.rows[point]) }, ...kept };
  const { days, values } = all;
  points.forEach((point, k) => moveRow(values, days, point, k));
  return { matrix: { days, timeMs, trials: points.length, values: values.subarray(0, points.length * days) }, ...kept };
}

/** Row k in double precision; those of a Panel are not copied. */
export function rowOf(rows: Rows, trial: number): Float64Array {
  return widened('values' in rows ? rows.values.subarray(trial * rows.days, (trial + 1) * rows.days) : storedRow(rows, trial));
}

/** All rows as they fit in memory; rows that are held are one tile. A tile's values stay until the next is asked for. */
export function rowTiles(rows: Rows): Iterable<RowTile> {
  return 'values' in rows ? [{ from: 0, trials: rows.trials, days: rows.days, values: rows.values }] : storedTiles(rows);
}

/** Visits every row in order, in double precision; the row stays until the next. */
export function eachRow(rows: Rows, visit: (row: Float64Array, trial: number) => void): void {
  for (const tile of rowTiles(rows)) for (let k = 0; k < tile.trials; k++) visit(rowOf(tile, k), tile.from + k);
}

/** At which precision rows are kept. */
export function precisionOf(rows: Rows): ReturnPrecision {
  if (!('values' in rows)) return rows.precision;
  return rows.values instanceof Float32Array ? 'float32' : 'float64';
}

/** Ratios of mean to deviation that no returns have: those of a constant whose spread is the rounding to 32 bits, 2^-24. */
const ROUNDED_CONSTANT = 2 ** 20;

function keptPoints(rows: Rows): Int32Array {
  const limit = precisionOf(rows) === 'float32' ? ROUNDED_CONSTANT : Infinity;
  const kept: number[] = [];
  eachRow(rows, (row, point) => {
    const ratio = row.every((r) => Number.isFinite(r)) ? sharpe(row, 1) : null;
    if (ratio !== null && Math.abs(ratio) < limit) kept.push(point);
  });
  return Int32Array.from(kept);
}

function widened(row: ReturnValues): Float64Array {
  return row instanceof Float64Array ? row : new Float64Array(row);
}
