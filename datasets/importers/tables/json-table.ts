import { DataError, errorMessage } from '../../../engine/core/index.ts';
import type { Column, ColumnsContent } from './column-table.ts';

/**
 * Rows of JSON: an array of arrays (freqtrade, exchange APIs) or an array of objects.
 *
 * throws  DataError `json-broken`, `json-not-rows`
 */
export function jsonContent(bytes: Uint8Array, label: string): ColumnsContent {
  const rows = parse(bytes, label);
  if (!Array.isArray(rows)) {
    const keys = rows !== null && typeof rows === 'object' ? Object.keys(rows).slice(0, 8).join(', ') : typeof rows;
    throw new DataError('json-not-rows', `${label} holds no list of candles but one object (${keys}); expected [[time, open, high, low, close, volume], …]`);
  }
  const columns = columnNames(rows);
  const keys: readonly (string | number)[] = columns ?? Array.from({ length: widthOf(rows) }, (_, k) => k);
  if (rows.length > 0 && keys.length < 2) {
    throw new DataError('json-not-rows', `${label} holds a list of ${typeof rows[0]}s, not of rows; expected [[time, open, high, low, close, volume], …]`);
  }
  return { columns, length: rows.length, width: keys.length, column: (index) => columnOf(rows, keys[index]) };
}

function parse(bytes: Uint8Array, label: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch (cause) {
    throw new DataError('json-broken', `${label} is not valid JSON (${errorMessage(cause)}); it may be cut, download it again`, { cause });
  }
}

function columnNames(rows: readonly unknown[]): string[] | null {
  const [first] = rows;
  return first !== null && typeof first === 'object' && !Array.isArray(first) ? Object.keys(first) : null;
}

function widthOf(rows: readonly unknown[]): number {
  return rows.reduce<number>((width, row) => Math.max(width, Array.isArray(row) ? row.length : 0), 0);
}

function columnOf(rows: readonly unknown[], key: string | number): Column {
  const cells = rows.map((row) => (row as Record<string | number, unknown> | null)?.[key]);
  if (cells.every((cell) => typeof cell === 'number' || cell === null || cell === undefined)) {
    return { type: 'number', values: Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN)) };
  }
  return { type: 'text', values: cells.map(textOf) };
}

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  return typeof cell === 'object' ? JSON.stringify(cell) : `${cell as string | number | boolean}`;
}
