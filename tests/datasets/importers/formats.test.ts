import { describe, expect, test } from 'vitest';
import { importCandles } from '../../../datasets/importers/index.ts';
import type { ImportOptions } from '../../../datasets/types.ts';
import { file, gz, zip } from './files.ts';
import { type Bar, bars, csv, day, iso, rowsOf, START_MS } from './market.ts';

const DAY_MS = 86_400_000;
const HOURLY = bars(24);
const DAILY = bars(24, DAY_MS);
const kline = ({ ms, o, h, l, c, v }: Bar, scale = 1): (string | number)[] => [ms * scale, o, h, l, c, v, (ms + 3_599_999) * scale, v * c, 7, 1, 1, 0];
const KLINE_HEAD = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
const twelveHour = (ms: number): string => {
  const hour = new Date(ms).getUTCHours();
  return `${day(ms)} ${String(hour % 12 || 12).padStart(2, '0')}-${hour < 12 ? 'AM' : 'PM'}`;
};
const compact = (ms: number): string => `${day(ms).replaceAll('-', '')} ${iso(ms).slice(11, 16)}`;

interface Case {
  readonly name: string;
  readonly importer: string;
  readonly path: () => string;
  readonly want?: readonly Bar[];
  readonly options?: ImportOptions;
  readonly note?: RegExp;
}

const CASES: readonly Case[] = [
  { name: 'Binance klines without header', importer: 'binance-klines/1', path: () => file('a.csv', csv(HOURLY, kline)) },
  { name: 'Binance klines with header', importer: 'binance-klines/1', path: () => file('a.csv', csv(HOURLY, kline, KLINE_HEAD)) },
  { name: 'Binance klines in microseconds', importer: 'binance-klines/1', path: () => file('a.csv', csv(HOURLY, (bar) => kline(bar, 1000))) },
  { name: 'Binance klines in gzip under a plain name', importer: 'binance-klines/1', path: () => gz('a.csv', csv(HOURLY, kline)) },
  { name: 'Binance klines in zip', importer: 'binance-klines/1', path: () => zip('AVAXUSDT-1h-2024-01.zip', { name: 'AVAXUSDT-1h-2024-01.csv', text: csv(HOURLY, kline) }) },
  { name: 'Binance klines from the API as JSON', importer: 'binance-klines/1', path: () => file('a.json', JSON.stringify(HOURLY.map((bar) => kline(bar).map((cell, k) => (k > 0 && k < 6 ? String(cell) : cell))))) },
  {
    name: 'CryptoDataDownload with banner, newest first, unix in milliseconds', importer: 'cryptodatadownload/1',
    path: () => file('a.csv', csv(DAILY.toReversed(), ({ ms, o, h, l, c, v }) => [ms, day(ms), 'BTCUSDT', o, h, l, c, v, v * c, 5],
      'https://www.CryptoDataDownload.com\nUnix,Date,Symbol,Open,High,Low,Close,Volume BTC,Volume USDT,tradecount')),
    want: DAILY,
  },
  {
    name: 'CryptoDataDownload with 12-hour stamps and no unix column', importer: 'cryptodatadownload/1',
    path: () => file('a.csv', csv(HOURLY.toReversed(), ({ ms, o, h, l, c, v }) => [twelveHour(ms), 'BTCUSD', o, h, l, c, v, v * c],
      'Timestamps are UTC timezone,https://www.CryptoDataDownload.com\ndate,symbol,open,high,low,close,volume_btc,volume')),
    note: /no zone and are read as UTC/,
  },
  {
    name: 'CryptoDataDownload whose quote volume stands first', importer: 'cryptodatadownload/1',
    path: () => file('a.csv', csv(DAILY, ({ ms, o, h, l, c, v }) => [day(ms), 'BTCUSD', o, h, l, c, v * c, v], 'Date,Symbol,Open,High,Low,Close,Volume USD,Volume BTC')),
    want: DAILY,
  },
  { name: 'freqtrade JSON', importer: 'freqtrade/1', path: () => file('a.json', JSON.stringify(HOURLY.map(({ ms, o, h, l, c, v }) => [ms, o, h, l, c, v]))) },
  { name: 'freqtrade JSON in gzip', importer: 'freqtrade/1', path: () => gz('a.json.gz', JSON.stringify(HOURLY.map(({ ms, o, h, l, c, v }) => [ms, o, h, l, c, v]))) },
  {
    name: 'Yahoo for a share', importer: 'yahoo/1', options: { calendar: 'session' }, note: /shares or base currency/,
    path: () => file('a.csv', csv(DAILY.filter(({ ms }) => ![0, 6].includes(new Date(ms).getUTCDay())), ({ ms, o, h, l, c, v }) => [day(ms), o, h, l, c, c, v], 'Date,Open,High,Low,Close,Adj Close,Volume')),
    want: DAILY.filter(({ ms }) => ![0, 6].includes(new Date(ms).getUTCDay())),
  },
  {
    name: 'Yahoo for crypto, whose volume is in quote currency', importer: 'yahoo/1', note: /Yahoo crypto history/,
    path: () => file('a.csv', csv(DAILY, ({ ms, o, h, l, c, v }) => [day(ms), o, h, l, c, v], 'Date,Open,High,Low,Close,Volume')),
    want: DAILY.map((bar) => ({ ...bar, v: bar.v / bar.c })),
  },
  {
    name: 'CoinGecko export', importer: 'coingecko-export/1', note: /one price a row/,
    path: () => file('a.csv', csv(DAILY, ({ ms, c, v }) => [`${iso(ms)} UTC`, c, 1, v * c], 'snapped_at,price,market_cap,total_volume')),
    want: DAILY.map((bar) => ({ ...bar, o: bar.c, h: bar.c, l: bar.c })),
  },
  {
    name: 'CoinGecko dump with a quoted US date', importer: 'coingecko-dump/1',
    path: () => file('a.csv', csv(DAILY, ({ ms, c, v }) => [ms, '"1/1/2021, 12:00:00 AM"', 'bitcoin', c, 1, v * c], 'timestamp,readableTimestamp,coinId,price,marketCap,totalVolume')),
    want: DAILY.map((bar) => ({ ...bar, o: bar.c, h: bar.c, l: bar.c })),
  },
  {
    name: 'CoinMarketCap, whose stamps are closes', importer: 'coinmarketcap/1', note: /start of that day/,
    path: () => file('a.csv', csv(DAILY, ({ ms, o, h, l, c, v }) => [1, 'Bitcoin', 'BTC', `${day(ms)} 23:59:59`, h, l, o, c, v * c, 9], 'SNo,Name,Symbol,Date,High,Low,Open,Close,Volume,Marketcap')),
    want: DAILY,
  },
  { name: 'Kraken with trades', importer: 'kraken-ohlcvt/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [ms / 1000, o, h, l, c, v, 3])) },
  { name: 'Kraken with six columns', importer: 'kraken-ohlcvt/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [ms / 1000, o, h, l, c, v])) },
  { name: 'Kraken with vwap', importer: 'kraken-ohlcvt/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [ms / 1000, o, h, l, c, c, v, 3])) },
  { name: 'Bitfinex', importer: 'bitfinex-candles/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [ms, o, c, h, l, v])), note: /open, close, high, low/ },
  { name: 'ninjabot', importer: 'ninjabot/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [ms / 1000, o, c, l, h, v, 3])), note: /open, close, low, high/ },
  { name: 'LEAN hours', importer: 'lean-bars/1', path: () => zip('x.zip', { name: 'btcusd.csv', text: csv(HOURLY, ({ ms, o, h, l, c, v }) => [compact(ms), o, h, l, c, v]) }) },
  {
    name: 'LEAN minutes, dated by the entry', importer: 'lean-minute/1', note: /2024-01-01, a date read from the name/,
    path: () => zip('x.zip', { name: '20240101_btcusd_minute_trade.csv', text: csv(bars(24, 60_000), ({ ms, o, h, l, c, v }) => [ms - START_MS, o, h, l, c, v]) }),
    want: bars(24, 60_000),
  },
  {
    name: 'LEAN quotes, as their middle', importer: 'lean-minute/1', note: /middle of bid and ask/,
    path: () => file('20240101_quote.csv', csv(bars(24, 60_000), ({ ms, o, h, l, c }) => [ms - START_MS, o - 1, h - 1, l - 1, c - 1, 5, o + 1, h + 1, l + 1, c + 1, 5])),
    want: bars(24, 60_000).map((bar) => ({ ...bar, v: Number.NaN })),
  },
  { name: 'pandas with an unnamed index', importer: 'pandas-index/1', path: () => file('a.csv', csv(DAILY, ({ ms, o, h, l, c, v }) => [day(ms), o, h, l, c, v], ',Open,High,Low,Close,Volume')), want: DAILY },
  { name: 'a pandas row count beside a column of times', importer: 'named-columns/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [(ms - START_MS) / 3_600_000, iso(ms), o, h, l, c, v], ',timestamp,open,high,low,close,volume')) },
  { name: 'compact dates without a header', importer: 'headerless/1', path: () => file('a.csv', csv(DAILY, ({ ms, o, h, l, c, v }) => [day(ms).replaceAll('-', ''), o, h, l, c, v])), want: DAILY },
  { name: 'named columns in any order', importer: 'named-columns/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [v, c, l, h, o, iso(ms)], 'volume,close,low,high,open,date')), note: /columns read by name: date, open/ },
  { name: 'semicolons, CRLF, a byte-order mark and blank lines at the end', importer: 'named-columns/1', path: () => file('a.csv', `\uFEFF${csv(HOURLY, ({ ms, o, h, l, c, v }) => [iso(ms), o, h, l, c, v], 'time,open,high,low,close,volume').replaceAll(',', ';').replaceAll('\n', '\r\n')}\r\n\r\n`) },
  { name: 'tabs', importer: 'named-columns/1', path: () => file('a.txt', csv(HOURLY, ({ ms, o, h, l, c, v }) => [iso(ms), o, h, l, c, v], 'time,open,high,low,close,volume').replaceAll(',', '\t')) },
  { name: 'UTF-16 from a spreadsheet', importer: 'named-columns/1', path: () => file('a.csv', Buffer.from(`\uFEFF${csv(HOURLY, ({ ms, o, h, l, c, v }) => [iso(ms), o, h, l, c, v], 'time,open,high,low,close,volume')}`, 'utf16le')) },
  { name: 'every field quoted, thousands grouped', importer: 'named-columns/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [iso(ms), o, h, l, c, `1,0${v}.00`].map((cell) => `"${cell}"`), '"time","open","high","low","close","volume"')), want: HOURLY.map((bar) => ({ ...bar, v: 1000 + bar.v })) },
  { name: 'JSON objects', importer: 'named-columns/1', path: () => file('a.json', JSON.stringify(HOURLY.map(({ ms, o, h, l, c, v }) => ({ time: iso(ms), open: o, high: String(h), low: l, close: c, volume: v })))) },
  { name: 'headerless rows with written times', importer: 'headerless/1', path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [iso(ms), h, l, o, c, v])), note: /high, low, open, close/ },
  { name: 'a German file by mapping', importer: 'column-mapping/1', options: { decimalComma: true, columnMapping: { time: 'Zeit', open: 'Auf', high: 'Hoch', low: 'Tief', close: 'Zu', volume: 'Menge' } }, path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [`${day(ms).split('-').toReversed().join('.')} ${iso(ms).slice(11, 16)}`, o, h, l, c, `1.0${v}`], 'Zeit,Auf,Hoch,Tief,Zu,Menge').replaceAll(',', ';').replaceAll(/(;1\d\d)\.(\d)/g, '$1,$2').replaceAll(/(;\d\d)\.(\d)/g, '$1,$2')), want: HOURLY.map((bar) => ({ ...bar, v: 1000 + bar.v })) },
  { name: 'indexes by mapping', importer: 'column-mapping/1', options: { columnMapping: { time: 1, open: 2, high: 3, low: 4, close: 5, volume: 0 } }, path: () => file('a.csv', csv(HOURLY, ({ ms, o, h, l, c, v }) => [v, ms, o, h, l, c])) },
  { name: 'one price by mapping', importer: 'column-mapping/1', options: { columnMapping: { time: 'date', close: 'PriceUSD' } }, path: () => file('a.csv', csv(DAILY, ({ ms, c }) => [day(ms), 1, c], 'date,TxCnt,PriceUSD')), want: DAILY.map((bar) => ({ ...bar, o: bar.c, h: bar.c, l: bar.c, v: Number.NaN })), note: /only a price is mapped/ },
];

async function hint(name: string): Promise<object> {
  return (await importCandles([file(name, csv(HOURLY, kline))])).instrumentHint;
}

describe('formats', () => {
  test.each(CASES)('$name is read', async ({ importer, path, want = HOURLY, options, note }) => {
    const result = await importCandles([path()], options);
    expect(result.importer).toBe(importer);
    expect(rowsOf(result.candles)).toEqual(want);
    expect(result.rowsKept).toBe(want.length);
    if (note) expect(result.notes.join('\n')).toMatch(note);
  });

  test('lines are those of the file, header and banner counted', async () => {
    const path = file('a.csv', csv(DAILY.toReversed(), ({ ms, o, h, l, c, v }) => [day(ms), 'BTCUSD', o, h, l, c, v, v * c], 'x,https://www.CryptoDataDownload.com\nDate,Symbol,Open,High,Low,Close,Volume BTC,Volume USD'));
    const { candles } = await importCandles([path]);
    expect([candles.line[0], candles.line.at(-1)]).toEqual([26, 3]);
  });

  test('the name of a well-known file hints at the market', async () => {
    expect(await hint('AVAXUSDT-1h-2024-01.csv')).toEqual({ symbol: 'AVAX/USDT', venue: 'binance', timeframe: '1h' });
    expect(await hint('BTC_USDT_USDT-1h-futures.csv')).toEqual({ symbol: 'BTC/USDT', kind: 'perpetual', timeframe: '1h' });
    expect(await hint('XBTUSD_60.csv')).toEqual({ symbol: 'BTC/USD', venue: 'kraken', timeframe: '1h' });
    expect(await hint('mine.csv')).toEqual({});
  });

  test('a source is named with its checksum and size as on disk', async () => {
    const { sources } = await importCandles([gz('a.csv.gz', csv(HOURLY, kline))]);
    expect(sources).toEqual([{ file: 'a.csv.gz', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, bytes: expect.any(Number) as number }]);
  });
});
