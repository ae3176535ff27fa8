import { DAY_MS } from '../../../engine/core/index.ts';
import { findColumn, hasCandleRoles, rolesByName } from '../columns/roles.ts';
import type { Format } from './format.ts';

const MINUTE_BEFORE_MIDNIGHT = DAY_MS - 60_000;

/** CoinMarketCap daily history (Kaggle and site exports): a market-cap column beside candles, volume in quote currency. */
export const coinMarketCap: Format = {
  id: 'coinmarketcap/1',
  detect({ columns, sample }) {
    const roles = rolesByName(columns ?? []);
    if (columns === null || !hasCandleRoles(roles) || findColumn(columns, 'marketcap') === null) return null;
    const symbol = findColumn(columns, 'symbol') ?? undefined;
    return {
      score: 0.9,
      layout: {
        time: roles.time, prices: [roles.open, roles.high, roles.low, roles.close], volume: roles.volume ?? null, volumeUnit: 'quote',
        symbol, openTimeOf: dayStart, hint: symbol === undefined ? undefined : { symbol: `${sample[0][symbol]}/USD`, venue: 'coinmarketcap' },
        notes: ["stamps at 23:59 are a bar's close; its open is read as the start of that day"],
      },
    };
  },
};

function dayStart(stampMs: number): number {
  return stampMs % DAY_MS >= MINUTE_BEFORE_MIDNIGHT ? stampMs - (stampMs % DAY_MS) : stampMs;
}
