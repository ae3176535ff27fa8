import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { importCandles } from '../../../datasets/importers/index.ts';
import { file, gz, zip, zipBytes } from './files.ts';
import { bars, csv, iso } from './market.ts';

const HOURLY = bars(24);
const NAMED = csv(HOURLY, ({ ms, o, h, l, c, v }) => [iso(ms), o, h, l, c, v], 'time,open,high,low,close,volume');

const REFUSALS: readonly (readonly [what: string, path: () => string, code: string, remedy: RegExp])[] = [
  ['an empty file', () => file('a.csv', ''), 'file-empty', /a\.csv is empty/],
  ['a header without rows', () => file('a.csv', 'time,open,high,low,close,volume\n'), 'no-rows', /header and no rows/],
  ['binary rubbish', () => file('a.csv', Buffer.from([1, 2, 3, 0, 255, 254, 7])), 'binary-unknown', /export the candles as CSV or Parquet/],
  ['prose', () => file('a.csv', 'hello\nworld\n'), 'no-columns', /no columns/],
  ['Feather version 1', () => file('a.feather', 'FEA1xxxxxxxxFEA1'), 'feather-v1', /version=2/],
  ['a cut gzip', () => file('a.csv.gz', gzipSync(NAMED).subarray(0, 60)), 'gzip-broken', /download it again/],
  ['a gzip with a wrong checksum', () => file('a.csv.gz', flipTail(gzipSync(NAMED))), 'gzip-broken', /download it again/],
  ['a cut zip', () => file('a.zip', zipBytes([{ name: 'a.csv', text: NAMED }]).subarray(0, 80)), 'zip-broken', /download it again/],
  ['a zip with a wrong checksum', () => zip('a.zip', { name: 'a.csv', text: NAMED, wrongCrc: true }), 'zip-crc-mismatch', /a\.csv does not match/],
  ['an encrypted zip', () => zip('a.zip', { name: 'a.csv', text: NAMED, encrypted: true }), 'zip-encrypted', /password/],
  ['an empty zip', () => zip('a.zip', { name: '__MACOSX/x', text: 'x' }), 'zip-empty', /no file/],
  ['a zip of several files', () => zip('a.zip', { name: 'a.csv', text: NAMED }, { name: 'b.csv', text: NAMED }), 'zip-several-entries', /a\.csv, b\.csv; name one with the option entry/],
  ['trades as JSON', () => gz('a.json.gz', JSON.stringify([[1_570_752_011_620, '1', null, 'sell', 0.1, 23, 0.3], [1_570_752_011_621, '2', null, 'buy', 0.1, 23, 0.3]])), 'trades-not-candles', /aggregate/],
  ['trades as CSV', () => file('a.csv', 'timestamp,id,type,side,price,amount,cost\n1570752011620,1,,sell,1,2,2\n'), 'trades-not-candles', /aggregate/],
  ['funding rates', () => file('a.csv', 'date,funding_mean\n2024-01-01,0.0001\n2024-01-02,0.0001\n'), 'funding-not-candles', /funding_mean/],
  ['one value a day', () => file('a.csv', 'date,fng\n2024-01-01,30\n2024-01-02,15\n'), 'one-value-table', /\{time: 'date', close: 'fng'\}/],
  ['on-chain metrics', () => file('a.csv', 'date,TxCnt,PriceUSD\n2024-01-01,30,1\n2024-01-02,15,1\n'), 'no-ohlc-columns', /close: 'PriceUSD'/],
  ['a list of coins', () => file('a.csv', 'id,symbol,name\nbitcoin,btc,Bitcoin\nether,eth,Ether\n'), 'no-time-column', /no table of candles/],
  ['several markets side by side', () => file('a.csv', ',BTC:open,BTC:high,BTC:low,BTC:close,ETH:open\n2024-01-01,1,1,1,1,1\n2024-01-02,1,1,1,1,1\n'), 'wide-table', /open: 'BTC:open'/],
  ['a chart as JSON', () => file('a.json', '{"status":"ok","values":[{"x":1,"y":2}]}'), 'json-not-rows', /one object \(status, values\)/],
  ['cut JSON', () => file('a.json', '[[1609459200000,1,2,0.5'), 'json-broken', /cut/],
  ['LEAN minutes under a name without a date', () => file('btcusd.csv', '0,1,2,0.5,1.5,9\n60000,1,2,0.5,1.5,9\n'), 'date-missing', /restore the name/],
  ['columns whose order cannot be told', () => file('a.csv', '1704067200,1,1,1,1,5\n1704070800,1,1,1,1,5\n'), 'column-order-unclear', /column mapping such as/],
  ['dates that can be read two ways', () => file('a.csv', 'date,open,high,low,close\n3/4/2021,1,2,0.5,1\n3/5/2021,1,2,0.5,1\n'), 'date-order-ambiguous', /dateOrder/],
  ['months without a declared timeframe', () => file('a.csv', csv(['01-31', '02-29', '03-31', '04-30'].map((end, t) => ({ ...HOURLY[t], ms: Date.parse(`2024-${end}`) })), ({ ms, o, h, l, c }) => [iso(ms), o, h, l, c], 'date,open,high,low,close')), 'irregular-step', /30d/],
  ['a single bar', () => file('a.csv', 'date,open,high,low,close\n2024-01-01,1,2,0.5,1\n'), 'timeframe-unknown', /declare one/],
  ['rows of two markets', () => file('a.csv', 'date,symbol,open,high,low,close\n2024-01-01,BTC/USDT,1,2,0.5,1\n2024-01-02,ETHUSDT,1,2,0.5,1\n'), 'several-markets', /BTC\/USDT, ETHUSDT/],
  ['text where the time belongs', () => file('a.csv', 'date,open,high,low,close\n2024-01-01,1,2,0.5,1\nsoon,1,2,0.5,1\n2024-01-03,1,2,0.5,1\n'), 'unreadable-time', /line 3, column "date": "soon" is not a time/],
  ['a day that does not exist', () => file('a.csv', 'date,open,high,low,close\n2024-02-28,1,2,0.5,1\n2024-02-30,1,2,0.5,1\n2024-03-01,1,2,0.5,1\n'), 'unreadable-time', /2024-02-30/],
  ['text where a number belongs', () => file('a.csv', 'date,open,high,low,close\n2024-01-01,1,2,0.5,1\n2024-01-02,1,oops,0.5,1\n2024-01-03,1,2,0.5,1\n'), 'text-in-number', /line 3, column "high": "oops" is not a number/],
  ['a row with too few fields', () => file('a.csv', 'date,open,high,low,close\n2024-01-01,1,2,0.5,1\n2024-01-02,1\n2024-01-03,1,2,0.5,1\n'), 'ragged-row', /line 3 has 2 fields where the file has 5/],
];

function flipTail(bytes: Buffer): Buffer {
  bytes[bytes.length - 6] ^= 0xff;
  return bytes;
}

describe('refusals', () => {
  test.each(REFUSALS)('%s is refused with its reason and remedy', async (_, path, code, remedy) => {
    const error: unknown = await importCandles([path()]).then(() => null, (reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'DataError', code });
    expect((error as Error).message).toMatch(remedy);
  });

  test('what the caller asks wrongly is an InputError', async () => {
    const path = file('a.csv', NAMED);
    await expect(importCandles([])).rejects.toMatchObject({ name: 'InputError', code: 'files-missing' });
    await expect(importCandles(['/nowhere/a.csv'])).rejects.toMatchObject({ name: 'InputError', code: 'file-unreadable' });
    await expect(importCandles([path], { onDefect: 'drop' as 'keep' })).rejects.toThrow(/onDefect must be one of fail, quarantine, keep/);
    await expect(importCandles([path], { columnMapping: { time: 'time', close: 'clsoe' } })).rejects.toThrow(/did you mean "close"/);
    await expect(importCandles([path], { columnMapping: { time: 'time', close: 9 } })).rejects.toMatchObject({ code: 'column-out-of-range' });
    await expect(importCandles([path], { columnMapping: { time: 'time', close: 'close', high: 'high' } })).rejects.toMatchObject({ code: 'mapping-incomplete' });
    await expect(importCandles([path], { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'time-zone-unknown' });
  });

  test('an entry of a zip can be named', async () => {
    const path = zip('a.zip', { name: 'a.csv', text: 'x' }, { name: 'b.csv', text: NAMED });
    expect((await importCandles([path], { entry: 'b.csv' })).rowsKept).toBe(24);
    await expect(importCandles([path], { entry: 'c.csv' })).rejects.toMatchObject({ name: 'InputError', code: 'zip-entry-unknown' });
  });
});
