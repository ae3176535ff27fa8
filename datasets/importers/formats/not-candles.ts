import { DataError } from '../../../engine/core/index.ts';
import type { RawCandles } from '../../types.ts';
import { hasCandleRoles, plainName, rolesByName } from '../columns/roles.ts';
import type { Table } from '../tables/table.ts';
import { StampReader } from '../time/stamp-reader.ts';
import { numberFromText } from '../csv/number.ts';

/**
 * Refuses tables that are something else than candles, before a format looks at them.
 *
 * throws  DataError `trades-not-candles`, `funding-not-candles`
 */
export function refuseOtherKinds(table: Table): void {
  if (holdsTrades(table)) {
    throw new DataError('trades-not-candles', `${table.label} holds single trades, not candles; aggregate them to bars first (freqtrade trades-to-ohlcv)`);
  }
  const funding = table.columns?.find((name) => /funding/i.test(name));
  if (funding !== undefined && !hasCandleRoles(rolesByName(table.columns ?? []))) {
    throw new DataError('funding-not-candles', `${table.label} holds funding rates (column "${funding}"), not candles; give it where funding is asked for`);
  }
}

/** freqtrade stores funding as candles: the rate as open, all else 0. throws  DataError `funding-not-candles` */
export function refuseFundingCandles({ high, low, close }: RawCandles, label: string): void {
  if (close.length === 0 || !close.every((value, t) => value === 0 && high[t] === 0 && low[t] === 0)) return;
  throw new DataError('funding-not-candles', `${label} holds funding rates (in open; high, low and close are 0 in every row), not candles; give it where funding is asked for`);
}

/**
 * Says why no format fits, and what would help.
 *
 * throws  DataError `wide-table`, `no-time-column`, `one-value-table`, `no-ohlc-columns`, always
 */
export function refuseUnknown(table: Table): never {
  const wide = widePrefix(table.columns);
  if (wide !== null) {
    const mapping = `{time: 0, open: '${wide}open', high: '${wide}high', low: '${wide}low', close: '${wide}close', volume: '${wide}volume'}`;
    throw new DataError('wide-table', `${table.label} holds several markets side by side; import one at a time by a column mapping such as ${mapping}`);
  }
  const time = timeColumn(table);
  const has = table.columns === null ? `${table.width} columns without names` : `columns ${table.columns.slice(0, 12).join(', ')}`;
  if (time === null) throw new DataError('no-time-column', `${table.label} has no column of times (${has}); it is no table of candles`);
  if (table.width === 2) {
    throw new DataError('one-value-table', `${table.label} has one value a time (${has}), not candles; if it is a price, import it by the column mapping {time: ${ref(table, time)}, close: ${ref(table, 1 - time)}}`);
  }
  throw new DataError('no-ohlc-columns', `${table.label} has no open, high, low and close (${has}); name them by a column mapping, or map one price such as {time: ${ref(table, time)}, close: ${priceRef(table)}}`);
}

function holdsTrades({ columns, sample }: Table): boolean {
  if (columns === null) return sample.some((row) => row.some((cell) => /^(buy|sell|true|false)$/i.test(cell.trim())));
  const plain = new Set(columns.map(plainName));
  const sided = ['side', 'isbuyermaker', 'isbuyer', 'takerside', 'buysell'].some((name) => plain.has(name));
  return sided && ['price', 'rate'].some((name) => plain.has(name)) && !plain.has('high');
}

/** `BTC:` of `BTC:open`, or `open_` turned round is not guessed. */
function widePrefix(columns: readonly string[] | null): string | null {
  const prefixes = (columns ?? []).flatMap((name) => /^(.+[:_./ -])open$/i.exec(name)?.[1] ?? []);
  return prefixes.length > 0 ? prefixes[0] : null;
}

function timeColumn(table: Table): number | null {
  const stamps = new StampReader({});
  const isTime = (cell: string): boolean => {
    const { value, state } = numberFromText(cell);
    return !Number.isNaN(state === 'number' ? stamps.ofNumber(value) : stamps.ofText(cell.trim()));
  };
  const times = Array.from({ length: table.width }, (_, k) => k).filter((k) => table.sample.every((row) => isTime(row[k] ?? '')));
  const named = rolesByName(table.columns ?? []).time;
  return named !== undefined && times.includes(named) ? named : (times[0] ?? null);
}

function ref(table: Table, index: number): string {
  const name = table.columns?.[index];
  return name ? `'${name}'` : String(index);
}

function priceRef(table: Table): string {
  const name = table.columns?.find((column) => /price.*usd/i.test(column)) ?? table.columns?.find((column) => /price|close|last/i.test(column));
  return name === undefined ? "'…'" : `'${name}'`;
}
