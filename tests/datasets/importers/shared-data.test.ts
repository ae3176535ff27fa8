import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importCandles } from '../../../datasets/importers/index.ts';
import type { DefectKind, ImportOptions } from '../../../datasets/types.ts';

const ROOT = resolve(import.meta.dirname, '../../../../shared/data');
const HOUR_MS = 3_600_000;

/** What the data's own README measured; a gap is holes/missing bars/hours of the longest. */
interface Want {
  readonly importer: string;
  readonly timeframe: number;
  readonly read: number;
  readonly kept?: number;
  readonly gap?: readonly [holes: number, missing: number, longestHours: number];
  readonly defects?: Partial<Record<DefectKind, number>>;
  readonly options?: ImportOptions;
}

const D = 24;
const CDD = 'cryptodatadownload/1';
const freqtradeHours = (): Want => ({ importer: 'freqtrade/1', timeframe: 1, read: 4090, gap: [4, 7, 4], defects: { 'zero-volume': 1 } });
const cdd = (read: number): Want => ({ importer: CDD, timeframe: D, read, gap: [4, 6, 96], defects: { 'newest-first': 1 } });
const price = (close: string): ImportOptions => ({ columnMapping: { time: 'date', close } });
const wide = (asset: string): ImportOptions => ({
  columnMapping: { time: 0, open: `${asset}:open`, high: `${asset}:high`, low: `${asset}:low`, close: `${asset}:close`, volume: `${asset}:volume` },
});

const IMPORTS: readonly (readonly [file: string, want: Want])[] = [
  ['backtestingpy/BTCUSD.csv', { importer: 'pandas-index/1', timeframe: 30 * D, read: 156, defects: { 'irregular-step': 155 }, options: { timeframe: '30d' } }],
  ['backtestingpy/GOOG.csv', { importer: 'pandas-index/1', timeframe: D, read: 2148, gap: [463, 969, 120] }],
  ['binance_api/USTCUSDT_1h.csv', { importer: 'named-columns/1', timeframe: 1, read: 7093, gap: [1, 1, 2], defects: { 'zero-volume': 1 } }],
  ['binance_klines/ADABTC-1m-2021-11-27.csv', { importer: 'binance-klines/1', timeframe: 1 / 60, read: 10 }],
  ['binance_klines/AVAXUSDT-1m-2026-02.csv', { importer: 'binance-klines/1', timeframe: 1 / 60, read: 40320 }],
  ['bitfinex/ETHUSD_1m_2016_merged.csv.gz', { importer: 'bitfinex-candles/1', timeframe: 1 / 60, read: 85818, gap: [37430, 342310, 1464.5] }],
  ['coingecko_export/ada-usd-max.csv', { importer: 'coingecko-export/1', timeframe: D, read: 2884, defects: { 'off-grid-stamp': 2 } }],
  ['coingecko_export/btc-usd-max.csv', { importer: 'coingecko-export/1', timeframe: D, read: 4515, gap: [4, 4, 48], defects: { 'zero-volume': 242 } }],
  ['coingecko_export/eth-usd-max.csv', { importer: 'coingecko-export/1', timeframe: D, read: 3685, gap: [1, 1, 48] }],
  ['coinmarketcap/coin_Bitcoin.csv', { importer: 'coinmarketcap/1', timeframe: D, read: 2862, defects: { 'zero-volume': 242 } }],
  ['coinmetrics/bch.csv', { importer: 'column-mapping/1', timeframe: D, read: 811, options: price('PriceUSD') }],
  ['coinmetrics/btc.csv', { importer: 'column-mapping/1', timeframe: D, read: 3943, kept: 3382, defects: { 'blank-row': 561 }, options: price('PriceUSD') }],
  ['coinmetrics/eth.csv', { importer: 'column-mapping/1', timeframe: D, read: 1544, kept: 1535, defects: { 'blank-row': 9 }, options: price('PriceUSD') }],
  ['coinmetrics/legacy_dash.csv', { importer: 'column-mapping/1', timeframe: D, read: 1776, kept: 1750, defects: { 'blank-row': 26 }, options: price('price(USD)') }],
  ['cryptodatadownload/Binance_ADAUSDT_1h.csv', { importer: CDD, timeframe: 1, read: 7478, gap: [7, 12, 4], defects: { 'zero-volume': 2, 'newest-first': 1 } }],
  ['cryptodatadownload/Binance_ADAUSDT_d.csv', cdd(2899)],
  ['cryptodatadownload/Binance_BNBUSDT_d.csv', cdd(3061)],
  ['cryptodatadownload/Binance_BTCUSDT_d.csv', cdd(3142)],
  ['cryptodatadownload/Binance_BTCUSDT_d_old_layout.csv', { importer: CDD, timeframe: D, read: 1396, kept: 1395, defects: { 'mixed-time-units': 124, 'conflicting-stamp': 2, 'newest-first': 1 } }],
  ['cryptodatadownload/Binance_ETHUSDT_d.csv', cdd(3142)],
  ['cryptodatadownload/Binance_XRPUSDT_d.csv', cdd(2882)],
  ['cryptodatadownload/Coinbase_BTCUSD_1h.csv', { importer: CDD, timeframe: 1, read: 20111, defects: { 'newest-first': 1, 'out-of-order': 5, 'zero-volume': 28 } }],
  ['cryptodatadownload/Kraken_BTCUSD_d.csv', { importer: CDD, timeframe: D, read: 2191, gap: [1, 12, 312], defects: { 'zero-volume': 19 } }],
  ['cryptodatadownload/Poloniex_XMRUSD_d.csv', { importer: CDD, timeframe: D, read: 1710, gap: [2, 13, 312], defects: { 'zero-volume': 389, 'flat-bar': 409 } }],
  ['freqtrade/ADA_USDT-1h.json', freqtradeHours()],
  ['freqtrade/BTC_USDT-1h.feather', { importer: 'freqtrade/1', timeframe: 1, read: 58419, gap: [28, 128, 34], defects: { 'zero-volume': 4 } }],
  ['freqtrade/BTC_USDT-1h.json', freqtradeHours()],
  ['freqtrade/ETH_USDT-1h.json', freqtradeHours()],
  ['freqtrade/LINK_USDT-1h.json', freqtradeHours()],
  ['freqtrade/SOL_USDT-1h.json', freqtradeHours()],
  ['freqtrade/UNITTEST_BTC-1m.feather', { importer: 'freqtrade/1', timeframe: 1 / 60, read: 13681, gap: [538, 717, 8 / 60], defects: { 'flat-bar': 1935 } }],
  ['freqtrade/XRP_ETH-1m.feather', { importer: 'freqtrade/1', timeframe: 1 / 60, read: 2469, gap: [676, 1091, 9 / 60], defects: { 'flat-bar': 963 } }],
  ['freqtrade/XRP_ETH-5m.feather', { importer: 'freqtrade/1', timeframe: 5 / 60, read: 706, gap: [6, 6, 10 / 60], defects: { 'flat-bar': 32 } }],
  ['freqtrade/XRP_USDT-1h.json', freqtradeHours()],
  ['freqtrade/XRP_USDT_USDT-1h-futures.json.gz', { importer: 'freqtrade/1', timeframe: 1, read: 100 }],
  ['freqtrade/XRP_USDT_USDT-5m-futures.feather', { importer: 'freqtrade/1', timeframe: 5 / 60, read: 1999 }],
  ['freqtrade/XRP_USDT_USDT-8h-mark.feather', { importer: 'freqtrade/1', timeframe: 8, read: 91 }],
  ['funding/BTC_USDT_USDT-8h-mark.feather', { importer: 'freqtrade/1', timeframe: 8, read: 2151, defects: { 'missing-volume': 2151 } }],
  ['kraken/XBTUSD_1440.csv', { importer: 'kraken-ohlcvt/1', timeframe: D, read: 3087, gap: [11, 12, 72] }],
  ['lean/bitfinex_hour_btcusd_trade.zip', { importer: 'lean-bars/1', timeframe: 1, read: 733, gap: [7, 9, 3] }],
  ['lean/coinbase_daily_btcusd_trade.zip', { importer: 'lean-bars/1', timeframe: D, read: 1318, gap: [8, 34, 504] }],
  ['lean/coinbase_minute_btcusd_20180404_quote.zip', { importer: 'lean-minute/1', timeframe: 1 / 60, read: 1437, defects: { 'missing-volume': 1437 } }],
  ['lean/coinbase_minute_btcusd_20180404_trade.zip', { importer: 'lean-minute/1', timeframe: 1 / 60, read: 1007 }],
  ['lean/coinbase_minute_btcusd_20180405_trade.zip', { importer: 'lean-minute/1', timeframe: 1 / 60, read: 1440 }],
  ['ninjabot/btc-1h.csv', { importer: 'ninjabot/1', timeframe: 1, read: 4314, kept: 4309, gap: [7, 12, 4], defects: { 'duplicate-row': 5 } }],
  ['parquet/BTCUSDT_1h.parquet', { importer: 'named-columns/1', timeframe: 1, read: 28310 }],
  ['parquet/ETHUSDT_1h.parquet', { importer: 'named-columns/1', timeframe: 1, read: 28310 }],
  ['parquet/SOLUSDT_1h.parquet', { importer: 'named-columns/1', timeframe: 1, read: 28310 }],
  ['wide/bitfinex_(BTC,ETH)USD_d.csv', { importer: 'column-mapping/1', timeframe: D, read: 1862, gap: [1, 12, 312], options: wide('BTC') }],
  ['yahoo/btc.csv', { importer: 'yahoo/1', timeframe: D, read: 4348, gap: [9, 9, 48], defects: { 'impossible-ohlc': 24, 'out-of-order': 3 } }],
];

const REFUSALS: readonly (readonly [file: string, code: string])[] = [
  ['backtestingpy/BTCUSD.csv', 'irregular-step'],
  ['coingecko_daily_2021/_coinlist.csv', 'no-time-column'],
  ['coinmetrics/bch.csv', 'no-ohlc-columns'],
  ['coinmetrics/btc.csv', 'no-ohlc-columns'],
  ['coinmetrics/eth.csv', 'no-ohlc-columns'],
  ['coinmetrics/legacy_dash.csv', 'no-ohlc-columns'],
  ['freqtrade/XRP_ETH-trades.json.gz', 'trades-not-candles'],
  ['freqtrade/XRP_ETH-trades.parquet', 'trades-not-candles'],
  ['freqtrade/XRP_USDT_USDT-8h-funding_rate.feather', 'funding-not-candles'],
  ['funding/BTC_USDT_USDT-8h-funding_rate.feather', 'funding-not-candles'],
  ['funding/btc_funding_daily_mean.csv', 'funding-not-candles'],
  ['lean/cryptofuture_binance_margin_interest_btcusd.csv', 'one-value-table'],
  ['onchain/blockchaincom_hash-rate.json', 'json-not-rows'],
  ['onchain/btc_hashrate.csv', 'one-value-table'],
  ['sentiment/fear_greed_btc.csv', 'one-value-table'],
  ['sentiment/gdelt_weekly.csv', 'no-ohlc-columns'],
  ['wide/bitfinex_(BTC,ETH)USD_d.csv', 'wide-table'],
];

const leanDay = (date: string): string => join(ROOT, `lean/coinbase_minute_btcusd_${date}_trade.zip`);

const ABSURD: Readonly<Record<string, Partial<Record<DefectKind, number>>>> = {
  'bird-money': { outlier: 2 },
  'cocos-bcx': { outlier: 1, gap: 1 },
  'neon-exchange': { outlier: 6, gap: 8 },
  suqa: { 'zero-volume': 39 },
};

describe.runIf(existsSync(ROOT))('files as they come from their sources', () => {
  const coins = existsSync(ROOT) ? readdirSync(join(ROOT, 'coingecko_daily_2021')).filter((name) => !name.startsWith('_')) : [];

  test.each(IMPORTS)('%s is imported with the defects that it has', async (name, want) => {
    const result = await importCandles([join(ROOT, name)], { ...want.options, onDefect: 'keep' });
    const count = (kind: DefectKind): number => result.defects.find((defect) => defect.kind === kind)?.count ?? 0;
    const gap = result.defects.find((defect) => defect.kind === 'gap');
    expect([result.importer, result.timeframeMs / HOUR_MS, result.rowsRead, result.rowsKept]).toEqual([want.importer, want.timeframe, want.read, want.kept ?? want.read]);
    if (want.gap) expect([gap?.count, gap?.measures?.missingBars, (gap?.measures?.longestMs ?? 0) / HOUR_MS]).toEqual(want.gap);
    for (const [kind, times] of Object.entries(want.defects ?? {})) expect([kind, count(kind as DefectKind)]).toEqual([kind, times]);
    expect(result.candles.openTimeMs.subarray(1).every((time, t) => time > result.candles.openTimeMs[t])).toBe(true);
  });

  test.each(REFUSALS)('%s is refused as %s', async (name, code) => {
    await expect(importCandles([join(ROOT, name)], { onDefect: 'keep' })).rejects.toMatchObject({ name: 'DataError', code });
  });

  test('every daily coin of 2021 is imported, its last and partial day named', async () => {
    expect(coins).toHaveLength(55);
    for (const coin of coins) {
      const { importer, defects, rowsRead, rowsKept } = await importCandles([join(ROOT, 'coingecko_daily_2021', coin)]);
      expect([coin, importer, rowsKept]).toEqual([coin, 'coingecko-dump/1', rowsRead]);
      const kinds = new Set(defects.map(({ kind }) => kind));
      expect([coin, kinds.has('partial-last-bar') || kinds.has('off-grid-stamp')]).toEqual([coin, true]);
      for (const [kind, count] of Object.entries(ABSURD[coin.replace('.csv', '')] ?? {})) expect([coin, kind, defects.find((defect) => defect.kind === kind)?.count]).toEqual([coin, kind, count]);
    }
  });

  test('no file is left out', () => {
    const listed = new Set([...IMPORTS, ...REFUSALS].map(([name]) => name));
    const found = readdirSync(ROOT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'README.md')
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)).filter((name) => !/^coingecko_daily_2021\/[^_]/.test(name));
    expect(found.filter((name) => !listed.has(name))).toEqual([]);
  });

  test('the second asset of a wide file starts when it was listed', async () => {
    const { rowsKept, defects } = await importCandles([join(ROOT, 'wide/bitfinex_(BTC,ETH)USD_d.csv')], { ...wide('ETH'), onDefect: 'keep' });
    expect([rowsKept, defects.find(({ kind }) => kind === 'blank-row')?.count]).toEqual([1319, 543]);
  });

  test('broken rows stop an import by default and are listed', async () => {
    await expect(importCandles([join(ROOT, 'yahoo/btc.csv')])).rejects.toThrow(/impossible-ohlc 24[\s\S]*line 4263[\s\S]*and 4 more/);
    await expect(importCandles([join(ROOT, 'cryptodatadownload/Binance_BTCUSDT_d_old_layout.csv')])).rejects.toThrow(/line 1273 \(2017-12-18/);
  });

  test('two days of LEAN minutes are one market', async () => {
    const { rowsKept, candles, instrumentHint } = await importCandles([leanDay('20180405'), leanDay('20180404')]);
    expect([rowsKept, candles.source[0], candles.openTimeMs[0], instrumentHint.symbol]).toEqual([2447, 0, Date.UTC(2018, 3, 4), 'BTC/USD']);
  });
});
