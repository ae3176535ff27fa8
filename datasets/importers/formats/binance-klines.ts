import { findColumn, hasCandleRoles, rolesByName } from '../columns/roles.ts';
import type { Table } from '../tables/table.ts';
import { epochUnit } from '../time/epoch.ts';
import type { Format } from './format.ts';
import { sampleNumbers } from './sample.ts';

/** Binance klines: 12 columns, with or without header; milliseconds, and microseconds since 2025. */
export const binanceKlines: Format = {
  id: 'binance-klines/1',
  detect(table) {
    if (table.columns === null) return isHeaderless(table) ? { score: 1, layout: { time: 0, prices: [1, 2, 3, 4], volume: 5, notes: [] } } : null;
    const roles = rolesByName(table.columns);
    const own = findColumn(table.columns, 'closetime') !== null && findColumn(table.columns, 'quotevolume', 'quoteassetvolume', 'quoteav') !== null;
    if (!own || !hasCandleRoles(roles) || findColumn(table.columns, 'opentime', 'timestamp') === null) return null;
    return { score: 1, layout: { time: roles.time, prices: [roles.open, roles.high, roles.low, roles.close], volume: roles.volume ?? null, notes: [] } };
  },
};

function isHeaderless(table: Table): boolean {
  if (table.width !== 12) return false;
  const openTime = sampleNumbers(table, 0);
  const closeTime = sampleNumbers(table, 6);
  return openTime.every((time, row) => Number.isNaN(time) || (epochUnit(time) !== null && epochUnit(time) === epochUnit(closeTime[row]) && closeTime[row] > time));
}
