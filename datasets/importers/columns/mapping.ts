import { InputError, unknownName } from '../../../engine/core/index.ts';
import type { ColumnMapping, ImportOptions } from '../../types.ts';
import type { Table } from '../tables/table.ts';
import type { FourColumns, Layout } from './layout.ts';

/**
 * The layout that a user's own mapping asks for.
 *
 * throws  InputError `column-unknown`, `column-out-of-range`, `mapping-incomplete`
 */
export function mappedLayout(table: Table, mapping: ColumnMapping, options: ImportOptions): Layout {
  const at = (name: string | number): number => columnIndex(table, name);
  const close = at(mapping.close);
  const prices = mappedPrices(mapping, close, at);
  const flat = prices.every((column) => column === close);
  return {
    time: at(mapping.time), prices, volume: mapping.volume === undefined ? null : at(mapping.volume),
    volumeUnit: options.volumeUnit, skipBlank: true, decimalComma: options.decimalComma,
    notes: [
      `columns read by the given mapping ${JSON.stringify(mapping)}`,
      ...(flat ? ['only a price is mapped: open, high, low and close of each bar are that price'] : []),
    ],
  };
}

function mappedPrices(mapping: ColumnMapping, close: number, at: (name: string | number) => number): FourColumns {
  const { open, high, low } = mapping;
  if (open === undefined && high === undefined && low === undefined) return [close, close, close, close];
  if (open !== undefined && high !== undefined && low !== undefined) return [at(open), at(high), at(low), close];
  throw new InputError('mapping-incomplete', `columnMapping must name open, high and low, or none of them, was ${JSON.stringify(mapping)}`);
}

function columnIndex(table: Table, name: string | number): number {
  if (typeof name === 'string') {
    const index = table.columns?.indexOf(name) ?? -1;
    if (index >= 0) return index;
    if (/^\d+$/.test(name)) return columnIndex(table, Number(name));
    throw unknownName('column-unknown', `column of ${table.label}`, name, table.columns ?? Array.from({ length: table.width }, (_, k) => String(k)));
  }
  if (Number.isInteger(name) && name >= 0 && name < table.width) return name;
  throw new InputError('column-out-of-range', `column index of ${table.label} must be 0 to ${table.width - 1}, was ${name}`);
}
