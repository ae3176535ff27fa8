import type { Format } from './format.ts';

const PRICE_ONLY = 'the file has one price a row: open, high, low and close of each bar are that price';

/** CoinGecko "max" export: snapped_at,price,market_cap,total_volume. */
export const coingeckoExport: Format = {
  id: 'coingecko-export/1',
  detect(table) {
    if (table.columns?.join(',') !== 'snapped_at,price,market_cap,total_volume') return null;
    return { score: 1, layout: { time: 0, prices: [1, 1, 1, 1], volume: 3, volumeUnit: 'quote', notes: [PRICE_ONLY] } };
  },
};

/** CoinGecko API dumps: timestamp,readableTimestamp,coinId,price,marketCap,totalVolume. */
export const coingeckoDump: Format = {
  id: 'coingecko-dump/1',
  detect(table) {
    if (table.columns?.join(',') !== 'timestamp,readableTimestamp,coinId,price,marketCap,totalVolume') return null;
    const hint = { symbol: table.sample[0][2], venue: 'coingecko' };
    return { score: 1, layout: { time: 0, prices: [3, 3, 3, 3], volume: 5, volumeUnit: 'quote', symbol: 2, hint, notes: [PRICE_ONLY] } };
  },
};
