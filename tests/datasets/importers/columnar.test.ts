import { Float64, makeData, makeVector, Table, tableToIPC, TimestampNanosecond, Utf8, vectorFromArray, compressionRegistry, CompressionType } from 'apache-arrow';
import { DuckDBInstance } from '@duckdb/node-api';
import lz4js from 'lz4js';
import { describe, expect, test } from 'vitest';
import { importCandles } from '../../../datasets/importers/index.ts';
import { file } from './files.ts';
import { bars, iso, rowsOf } from './market.ts';

const HOURLY = bars(24);

function arrowTable(rows = HOURLY): Table {
  const times = BigInt64Array.from(rows, ({ ms }) => BigInt(ms) * 1_000_000n);
  const column = (pick: (bar: (typeof HOURLY)[number]) => number): ReturnType<typeof makeVector> => makeVector(Float64Array.from(rows, pick));
  return new Table({
    date: makeVector(makeData({ type: new TimestampNanosecond('UTC'), data: times, length: times.length, nullCount: 0 })),
    open: column(({ o }) => o), high: column(({ h }) => h), low: column(({ l }) => l), close: column(({ c }) => c), volume: column(({ v }) => v),
  });
}

async function parquet(select: string): Promise<string> {
  const path = file('candles.parquet', 'x');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const values = HOURLY.map(({ ms, o, h, l, c, v }) => `(${ms}, ${o}, ${h}, ${l}, ${c}, ${v})`).join(', ');
  await connection.run(`COPY (SELECT ${select}, open, high, low, close, volume FROM (VALUES ${values}) t(ms, open, high, low, close, volume)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

describe('arrow', () => {
  test.each(['file', 'stream'] as const)('an IPC %s with nanosecond times is read', async (kind) => {
    const result = await importCandles([file('a.bin', tableToIPC(arrowTable(), kind))]);
    expect(result.importer).toBe('freqtrade/1');
    expect(rowsOf(result.candles)).toEqual(HOURLY);
  });

  test('Feather compressed by LZ4, as freqtrade writes it, is read', async () => {
    compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: (bytes) => lz4js.compress(bytes), decode: (bytes) => lz4js.decompress(bytes) });
    const result = await importCandles([file('BTC_USDT-1h.feather', tableToIPC(arrowTable(), 'file', CompressionType.LZ4_FRAME))]);
    expect(rowsOf(result.candles)).toEqual(HOURLY);
  });

  test('written times and other column names are read', async () => {
    const table = new Table({
      when: vectorFromArray(HOURLY.map(({ ms }) => iso(ms)), new Utf8()), price: vectorFromArray(HOURLY.map(({ c }) => c), new Float64()),
    });
    const result = await importCandles([file('a.arrow', tableToIPC(table, 'file'))], { columnMapping: { time: 'when', close: 'price' } });
    expect([...result.candles.open]).toEqual(HOURLY.map(({ c }) => c));
  });

  test('funding stored as candles is refused', async () => {
    const rates = HOURLY.map((bar) => ({ ...bar, o: 1e-4, h: 0, l: 0, c: 0, v: 0 }));
    const table = arrowTable(rates);
    await expect(importCandles([file('a.feather', tableToIPC(table, 'file'))])).rejects.toMatchObject({ name: 'DataError', code: 'funding-not-candles' });
  });

  test('a file that was cut is refused', async () => {
    const bytes = tableToIPC(arrowTable(), 'file');
    await expect(importCandles([file('a.feather', bytes.subarray(0, bytes.length - 20))])).rejects.toMatchObject({ code: 'arrow-cut' });
  });
});

describe('parquet', () => {
  test.each([
    ['TIMESTAMPTZ', 'to_timestamp(ms / 1000) AS "timestamp"'],
    ['TIMESTAMP', 'make_timestamp(ms * 1000) AS date'],
    ['nanoseconds', 'make_timestamp_ns(ms * 1000000) AS date'],
    ['BIGINT', 'ms::BIGINT AS open_time'],
    ['DOUBLE seconds', 'ms / 1000.0 AS time'],
    ['VARCHAR', "strftime(make_timestamp(ms * 1000), '%Y-%m-%d %H:%M:%S') AS \"__index_level_0__\""],
  ])('times as %s are read', async (_, select) => {
    const result = await importCandles([await parquet(select)]);
    expect(rowsOf(result.candles)).toEqual(HOURLY);
  });

  test('a file that was cut is refused', async () => {
    await expect(importCandles([file('a.parquet', 'PAR1 and no more')])).rejects.toMatchObject({ code: 'parquet-cut' });
    await expect(importCandles([file('a.parquet', 'PAR1 rubbish in the middle PAR1')])).rejects.toMatchObject({ code: 'parquet-broken' });
  });
});
