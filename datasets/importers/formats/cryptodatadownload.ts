import { hasCandleRoles, plainName, rolesByName } from '../columns/roles.ts';
import { splitPair } from '../hint-from-names.ts';
import type { Table } from '../tables/table.ts';
import { StampReader } from '../time/stamp-reader.ts';
import type { Format } from './format.ts';
import { sampleNumbers } from './sample.ts';

/** CryptoDataDownload, all layouts: banner or none, unix column or none, newest first, two volumes of which the first is in base. */
export const cryptoDataDownload: Format = {
  id: 'cryptodatadownload/1',
  detect(table) {
    if (table.columns === null) return null;
    const roles = rolesByName(table.columns);
    const volumes = volumeColumns(table.columns);
    const symbol = table.columns.findIndex((name) => plainName(name) === 'symbol');
    const banner = table.banner.some((line) => /cryptodatadownload/i.test(line));
    if (!hasCandleRoles(roles) || (!banner && (symbol < 0 || volumes.length < 2))) return null;
    return {
      score: 0.95,
      layout: {
        time: roles.time, prices: [roles.open, roles.high, roles.low, roles.close], volume: baseVolume(table, volumes, symbol),
        symbol: symbol < 0 ? undefined : symbol,
        hint: symbol < 0 ? undefined : { symbol: splitPair(table.sample[0][symbol]) },
        notes: disagreement(table),
      },
    };
  },
};

function volumeColumns(columns: readonly string[]): number[] {
  return columns.flatMap((name, index) => (/^volume/i.test(name) ? [index] : []));
}

/** The volume named after the symbol's base, or else the first. */
function baseVolume(table: Table, volumes: readonly number[], symbol: number): number | null {
  const market = symbol < 0 ? '' : plainName(table.sample[0][symbol]);
  const named = volumes.find((index) => {
    const currency = plainName(table.columns?.[index] ?? '').replace(/^volume/, '');
    return currency !== '' && market.startsWith(currency);
  });
  return named ?? volumes[0] ?? null;
}

/** Some files have a unix column and a date column that differ: unix is read, and the difference is told. */
function disagreement(table: Table): string[] {
  const unix = table.columns?.findIndex((name) => plainName(name) === 'unix') ?? -1;
  const date = table.columns?.findIndex((name) => plainName(name) === 'date') ?? -1;
  if (unix < 0 || date < 0) return [];
  const stamps = new StampReader({});
  const times = sampleNumbers(table, unix);
  const different = table.sample.filter((row, k) => Number.isFinite(times[k]) && stamps.ofNumber(times[k]) !== stamps.ofText(row[date].trim())).length;
  return different === 0 ? [] : [`columns unix and date differ in ${different} of the first ${table.sample.length} rows; unix is read`];
}
