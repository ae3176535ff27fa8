import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeVector, Table, tableToIPC, TimestampMillisecond, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { importFunding, withDuckDb } from '../../../datasets/index.ts';
import { file } from '../importers/files.ts';

const EIGHT_HOURS = 8 * 3_600_000;
const START = Date.UTC(2024, 0, 1);
const at = (k: number, jitterMs = 0): number => START + k * EIGHT_HOURS + jitterMs;
const RATES = [0.0001, -0.00025, 0.0003];
const want = { timeMs: [at(0), at(1), at(2)], rate: RATES, intervalMs: EIGHT_HOURS, gaps: 0, duplicates: 0 };

async function read(path: string, options?: Parameters<typeof importFunding>[1]) {
  const { timeMs, rate, markPrice, ...rest } = await importFunding(path, options);
  return { ...rest, timeMs: [...timeMs], rate: [...rate], markPrice: [...markPrice] };
}
const json = (value: unknown): string => file('rates.json', JSON.stringify(value));

describe('a funding file', () => {
  test('of Binance as CSV has its stamps snapped to the minute', async () => {
    const rows = RATES.map((rate, k) => `${at(k, 3)},8,${rate}`);
    expect(await read(file('BTCUSDT-fundingRate-2024-01.csv', ['calc_time,funding_interval_hours,last_funding_rate', ...rows].join('\n')))).toMatchObject({ ...want, importer: 'binance-funding/1' });
  });

  test('of Binance as JSON has mark prices, NaN where they are blank', async () => {
    const rows = RATES.map((rate, k) => ({ symbol: 'BTCUSDT', fundingTime: at(k, k), fundingRate: rate.toFixed(8), markPrice: k === 0 ? '' : `${42_000 + k}.5` }));
    expect(await read(json(rows))).toMatchObject({ ...want, importer: 'binance-funding/1', symbol: 'BTC/USDT', markPrice: [Number.NaN, 42_001.5, 42_002.5] });
  });

  test('of Bybit, as its API answers, is newest first', async () => {
    const list = RATES.map((rate, k) => ({ symbol: 'BTCUSDT', fundingRate: String(rate), fundingRateTimestamp: String(at(k)) })).toReversed();
    const funding = await read(json({ retCode: 0, result: { category: 'linear', list } }));
    expect(funding).toMatchObject({ ...want, importer: 'bybit-funding/1' });
    expect(funding.notes).toContain('rows were newest first and are sorted');
  });

  test('of OKX is read by the rate that was realised, not by the forecast', async () => {
    const data = RATES.map((rate, k) => ({ instId: 'BTC-USDT-SWAP', fundingRate: '0.0099', realizedRate: String(rate), fundingTime: String(at(k)) }));
    expect(await read(json({ code: '0', data }))).toMatchObject({ ...want, importer: 'okx-funding/1' });
    const forecast = await read(json({ data: data.map(({ realizedRate, instId, fundingTime }) => ({ instId, fundingTime, fundingRate: realizedRate })) }));
    expect(forecast).toMatchObject({ ...want, importer: 'okx-funding/1' });
    expect(forecast.notes.join()).toMatch(/no realizedRate/);
  });

  test('of freqtrade as Feather and as Parquet has the rate in the open column', async () => {
    const zero = () => makeVector(new Float64Array(3));
    const date = vectorFromArray(RATES.map((_, k) => new Date(at(k, 3))), new TimestampMillisecond());
    const table = new Table({ date, open: makeVector(Float64Array.from(RATES)), high: zero(), low: zero(), close: zero(), volume: zero() });
    const feather = file('BTC_USDT_USDT-8h-funding_rate.feather', tableToIPC(table, 'file'));
    expect(await read(feather)).toMatchObject({ ...want, importer: 'freqtrade-funding/1', symbol: 'BTC/USDT' });
    const parquet = `${feather}.parquet`;
    const values = RATES.map((rate, k) => `(make_timestamp(${at(k, 3)} * 1000), ${rate}::DOUBLE, 0::DOUBLE, 0::DOUBLE, 0::DOUBLE, 0::DOUBLE)`).join(', ');
    await withDuckDb(({ connection }) => connection.run(`COPY (SELECT * FROM (VALUES ${values}) t(date, open, high, low, close, volume)) TO '${parquet}' (format parquet)`));
    expect(await read(parquet)).toMatchObject({ ...want, importer: 'freqtrade-funding/1' });
  });

  test('of freqtrade as JSON has the rate in the open column', async () => {
    expect(await read(json(RATES.map((rate, k) => [at(k, 2), rate, 0, 0, 0, 0])))).toMatchObject({ ...want, importer: 'freqtrade-funding/1' });
  });

  test('of anyone needs a time and one column named like funding', async () => {
    const rows = RATES.map((rate, k) => `${new Date(at(k)).toISOString()},${rate},x`);
    expect(await read(file('own.csv', ['time,Funding Rate,comment', ...rows].join('\n')))).toMatchObject({ ...want, importer: 'funding-column/1' });
  });

  test('with two such columns is refused until one is named', async () => {
    const path = file('own.csv', ['date,funding_third,funding_sum', ...RATES.map((rate, k) => `${new Date(at(k)).toISOString()},${rate / 3},${rate}`)].join('\n'));
    await expect(read(path)).rejects.toMatchObject({ name: 'DataError', code: 'funding-columns-unclear', message: expect.stringMatching(/funding_third, funding_sum/) as string });
    expect(await read(path, { rateColumn: 'funding_sum' })).toMatchObject(want);
    await expect(read(path, { rateColumn: 'funding_sun' })).rejects.toThrow(/did you mean "funding_sum"/);
  });

  test('tells its interval, its gaps, and a change of interval', async () => {
    const hours = [0, 8, 16, 24, 32, 40, 44, 48, 52, 56, 80];
    const funding = await read(file('own.csv', ['time,funding', ...hours.map((hour) => `${START + hour * 3_600_000},0.0001`)].join('\n')));
    expect(funding).toMatchObject({ gaps: 1, longestStepMs: 24 * 3_600_000 });
    expect(funding.notes.join('; ')).toMatch(/the interval changes: 4 h × 4, 8 h × 5.*1 gaps, the longest step 1d: nothing is paid/);
  });
});

describe('a defect of a funding file', () => {
  const rows = (...lines: string[]): string => file('rates.csv', ['fundingTime,fundingRate', ...lines].join('\n'));

  test('is named with its file and line', async () => {
    await expect(read(rows(`${at(0)},0.0001`, `${at(1)},oops`))).rejects.toThrow(/rates\.csv: line 3, column "fundingRate": "oops" is not a number/);
    await expect(read(rows(`${at(0)},0.0001`, `soon,0.0001`))).rejects.toThrow(/rates\.csv: line 3.*"soon" is not a time/);
    await expect(read(rows(`${at(0)},0.0001`, `${at(1)},`))).rejects.toMatchObject({ code: 'funding-rate-missing', message: expect.stringMatching(/line 3/) as string });
  });

  test('may be a percentage: beyond 5 % a payment is refused unless asked for', async () => {
    const path = rows(`${at(0)},0.01`, `${at(1)},0.06`);
    await expect(read(path)).rejects.toMatchObject({ code: 'funding-rate-suspicious', message: expect.stringMatching(/line 3 .*at most 0\.05 either way, was 0\.06.*--anyway/) as string });
    expect(await read(path, { anyway: true })).toMatchObject({ rate: [0.01, 0.06] });
  });

  test('is dropped where rows repeat, and refused where they disagree', async () => {
    expect(await read(rows(`${at(0)},0.0001`, `${at(0, 4)},0.0001`, `${at(1)},0.0002`))).toMatchObject({ rate: [0.0001, 0.0002], duplicates: 1, rowsRead: 3 });
    await expect(read(rows(`${at(0)},0.0001`, `${at(0, 4)},0.0002`))).rejects.toMatchObject({ code: 'funding-conflict', message: expect.stringMatching(/lines 2 and 3 must agree.*0\.0001 and 0\.0002/) as string });
  });

  test('is sorted where rows are out of order, and said', async () => {
    const funding = await read(rows(`${at(1)},${RATES[1]}`, `${at(0)},${RATES[0]}`, `${at(2)},${RATES[2]}`));
    expect(funding).toMatchObject(want);
    expect(funding.notes).toContain('rows were out of order at 1 places and are sorted');
  });

  test('is that it is no funding file at all', async () => {
    await expect(read(file('prices.csv', 'time,open,high,low,close\n2024-01-01,1,2,1,2\n2024-01-02,1,2,1,2'))).rejects.toMatchObject({ code: 'funding-columns-missing' });
  });
});

const SHARED = resolve(import.meta.dirname, '../../../../shared/data');

describe.runIf(existsSync(SHARED))('funding files as they come from their sources', () => {
  test('of freqtrade, two years of BTC, are whole', async () => {
    const funding = await read(join(SHARED, 'funding/BTC_USDT_USDT-8h-funding_rate.feather'));
    expect(funding).toMatchObject({ importer: 'freqtrade-funding/1', symbol: 'BTC/USDT', rowsRead: 2151, duplicates: 0, gaps: 0, intervalMs: EIGHT_HOURS });
    expect([funding.timeMs[0], funding.timeMs.at(-1)]).toEqual([Date.UTC(2023, 11, 1), Date.UTC(2025, 10, 16, 16)]);
    expect(funding.timeMs.every((time) => time % EIGHT_HOURS === 0)).toBe(true);
  });

  test('of freqtrade, a month of XRP, are whole', async () => {
    expect(await read(join(SHARED, 'freqtrade/XRP_USDT_USDT-8h-funding_rate.feather'))).toMatchObject({ symbol: 'XRP/USDT', rowsRead: 91, gaps: 0, intervalMs: EIGHT_HOURS });
  });

  test('of LEAN are two columns with a hole of 711 days', async () => {
    expect(await read(join(SHARED, 'lean/cryptofuture_binance_margin_interest_btcusd.csv'))).toMatchObject({ importer: 'two-columns/1', rowsRead: 12, gaps: 1, longestStepMs: 711 * 86_400_000 + EIGHT_HOURS });
  });

  test('that hold something else are refused', async () => {
    await expect(read(join(SHARED, 'funding/BTC_USDT_USDT-8h-mark.feather'))).rejects.toMatchObject({ code: 'funding-columns-missing' });
    await expect(read(join(SHARED, 'funding/btc_funding_daily_mean.csv'))).rejects.toMatchObject({ code: 'funding-columns-missing' });
    await expect(read(join(SHARED, 'onchain/btc_hashrate.csv'))).rejects.toMatchObject({ code: 'funding-columns-missing' });
    await expect(read(join(SHARED, 'parquet/BTCUSDT_1h.parquet'))).rejects.toMatchObject({ code: 'funding-columns-missing' });
  });
});
