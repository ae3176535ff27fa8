import { numberFromText } from '../csv/number.ts';
import type { TimeUnit } from '../../types.ts';
import { findPriceOrder } from '../columns/price-order.ts';
import type { Table } from '../tables/table.ts';
import { epochUnit } from '../time/epoch.ts';

/** A column of the sample as numbers; NaN where a cell is none. */
export function sampleNumbers(table: Table, column: number): number[] {
  return table.sample.map((row) => numberFromText(row[column] ?? '').value);
}

/** A headerless table whose first column is an epoch time: its unit and width, and the order of columns 2–5 if the sample tells. */
export interface HeaderlessShape {
  readonly unit: TimeUnit;
  readonly width: number;
  readonly letters: string | null;
}

export function headerlessShape(table: Table): HeaderlessShape | null {
  if (table.columns !== null || table.width < 5) return null;
  const unit = epochUnit(sampleNumbers(table, 0)[0]);
  const prices = [1, 2, 3, 4].map((column) => sampleNumbers(table, column));
  if (unit === null || prices.some((column) => column.every(Number.isNaN))) return null;
  return { unit, width: table.width, letters: findPriceOrder(prices)?.letters ?? null };
}
