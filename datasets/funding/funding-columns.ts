import { DataError, unknownName } from '../../engine/core/index.ts';
import { findColumn, plainName, rolesByName } from '../importers/columns/roles.ts';
import { sampleNumbers } from '../importers/formats/sample.ts';
import type { Table } from '../importers/tables/table.ts';
import type { FundingOptions } from './types.ts';

/** Which columns of a table are a funding history. */
export interface FundingColumns {
  readonly importer: string;
  readonly time: number;
  readonly rate: number;
  readonly markPrice: number | null;
  readonly symbol: number | null;
  readonly notes: readonly string[];
}

/** Columns of exchanges, most telling first; OKX's realized rate is what was paid, its funding rate the forecast before it. */
const VENUES = [
  { importer: 'okx-funding/1', time: ['fundingtime'], rate: ['realizedrate'] },
  { importer: 'bybit-funding/1', time: ['fundingratetimestamp'], rate: ['fundingrate'] },
  { importer: 'binance-funding/1', time: ['calctime'], rate: ['lastfundingrate'] },
  { importer: 'binance-funding/1', time: ['fundingtime'], rate: ['fundingrate'] },
] as const;
const FORECAST_NOTE = 'the file has no realizedRate: rates are fundingRate, which OKX forecast before each payment';

/** Besides what is no rate at all: a mean of several payments is none of them. */
const NOT_A_RATE = /time|interval|hours|symbol|cap|floor|next|predicted|abs$|mean|average|avg/;

/**
 * Finds time, rate and mark price by name; freqtrade's rates lie in `open` of candles that are 0 elsewhere.
 *
 * throws  InputError `column-unknown`; DataError `funding-columns-missing`, `funding-columns-unclear`
 */
export function fundingColumns(table: Table, { rateColumn }: FundingOptions): FundingColumns {
  if (table.columns === null) return unnamedColumns(table);
  const shared = { markPrice: findColumn(table.columns, 'markprice'), symbol: findColumn(table.columns, 'symbol', 'instid', 'instrument'), notes: [] };
  if (rateColumn !== undefined) return { importer: 'funding-column/1', time: timeColumn(table, table.columns), rate: namedRate(table.columns, rateColumn, table), ...shared };
  const isOkx = findColumn(table.columns, 'instid') !== null;
  for (const { importer, time, rate } of VENUES) {
    const found = { time: findColumn(table.columns, ...time), rate: findColumn(table.columns, ...rate) };
    if (found.time === null || found.rate === null) continue;
    const isForecast = isOkx && importer !== 'okx-funding/1';
    return { ...shared, time: found.time, rate: found.rate, importer: isForecast ? 'okx-funding/1' : importer, notes: isForecast ? [FORECAST_NOTE] : [] };
  }
  const candidates = table.columns.filter((name) => /funding/i.test(name) && !NOT_A_RATE.test(plainName(name)));
  if (candidates.length === 1) return { importer: 'funding-column/1', time: timeColumn(table, table.columns), rate: table.columns.indexOf(candidates[0]), ...shared };
  if (candidates.length > 1) throw unclear(table, candidates);
  const { time, open, high, low, close } = rolesByName(table.columns);
  if (time !== undefined && open !== undefined && isZero(table, high) && isZero(table, low) && isZero(table, close)) {
    return { ...freqtradeColumns(time, open), symbol: null };
  }
  throw missing(table);
}

/** freqtrade's JSON, [ms, rate, 0, 0, 0, 0], or two columns: time and rate. */
function unnamedColumns(table: Table): FundingColumns {
  if (table.width === 2) return { importer: 'two-columns/1', time: 0, rate: 1, markPrice: null, symbol: null, notes: ['columns have no names: the first is read as the time, the second as the rate'] };
  if (table.width === 6 && [2, 3, 4].every((column) => isZero(table, column))) return freqtradeColumns(0, 1);
  throw missing(table);
}

function freqtradeColumns(time: number, rate: number): FundingColumns {
  return { importer: 'freqtrade-funding/1', time, rate, markPrice: null, symbol: null, notes: ['rates are read from the column open, as freqtrade stores them'] };
}

function timeColumn(table: Table, columns: readonly string[]): number {
  const time = findColumn(columns, 'fundingtime', 'fundingratetimestamp', 'calctime', 'fundingtimestamp') ?? rolesByName(columns).time;
  if (time === undefined) throw missing(table);
  return time;
}

function namedRate(columns: readonly string[], name: string, table: Table): number {
  if (columns.includes(name)) return columns.indexOf(name);
  throw unknownName('column-unknown', `column of ${table.label}`, name, columns);
}

function isZero(table: Table, column: number | undefined): boolean {
  return column !== undefined && sampleNumbers(table, column).every((value) => value === 0);
}

function missing(table: Table): DataError {
  const has = table.columns === null ? `${table.width} columns without names` : `columns ${table.columns.slice(0, 12).join(', ')}`;
  return new DataError('funding-columns-missing', `${table.label} must have a time and a funding rate, has ${has}; name the column of the rate (--rate-column) or give another file`);
}

function unclear(table: Table, candidates: readonly string[]): DataError {
  return new DataError('funding-columns-unclear', `${table.label} has ${candidates.length} columns that could be the rate of a payment: ${candidates.join(', ')}; name one (--rate-column)`);
}
