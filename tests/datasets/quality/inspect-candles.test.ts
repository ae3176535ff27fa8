import { describe, expect, test } from 'vitest';
import { inspectCandles, type InspectOptions } from '../../../datasets/quality/index.ts';
import type { Defect, RawCandles } from '../../../datasets/types.ts';

type Row = readonly [open: number, high: number, low: number, close: number, volume: number];
const HOUR_MS = 3_600_000;

function candles(rows: readonly Row[], times: readonly number[] = rows.map((_, t) => t * HOUR_MS)): RawCandles {
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return {
    openTimeMs: Float64Array.from(times), open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4),
    line: Int32Array.from(rows.keys(), (row) => row + 1), source: new Uint16Array(rows.length),
  };
}

const calm = (count: number): Row[] => Array.from({ length: count }, (_, t) => [100 + (t % 3), 103, 99, 100 + ((t + 1) % 3), 5] as const);

function summary(raw: RawCandles, options?: InspectOptions): Record<string, number> {
  return Object.fromEntries(inspectCandles(raw, options).map(({ kind, count }: Defect) => [kind, count]));
}

const withRow = (row: number, values: Row, count = 30): Row[] => calm(count).with(row, values);

describe('inspectCandles', () => {
  test('clean candles have no defect', () => {
    expect(inspectCandles(candles(calm(30)))).toEqual([]);
  });

  test.each<[string, Row, Record<string, number>]>([
    ['a high below the close', [100, 101, 99, 102, 5], { 'impossible-ohlc': 1 }],
    ['a low above the open', [100, 103, 101, 102, 5], { 'impossible-ohlc': 1 }],
    ['a low above the high', [100, 99, 101, 100, 5], { 'impossible-ohlc': 1 }],
    ['a price of zero', [100, 103, 0, 101, 5], { 'non-positive-price': 1, outlier: 1 }],
    ['a blank price', [Number.NaN, 103, 99, 101, 5], { 'missing-value': 1 }],
    ['an infinite price', [100, Infinity, 99, 101, 5], { 'missing-value': 1, outlier: 1 }],
    ['no volume', [100, 103, 99, 101, 0], { 'zero-volume': 1 }],
    ['a blank volume', [100, 103, 99, 101, Number.NaN], { 'missing-volume': 1 }],
    ['a negative volume', [100, 103, 99, 101, -1], { 'negative-volume': 1 }],
    ['a flat bar', [101, 101, 101, 101, 5], { 'flat-bar': 1 }],
    ['a spike that reverts', [100, 200, 99, 190, 5], { outlier: 1 }],
    ['a range of more than ten times', [100, 103, 1, 101, 5], { outlier: 1 }],
  ])('%s is named', (_, row, want) => {
    expect(summary(candles(withRow(10, row)))).toEqual(want);
  });

  test('a level that stays is no outlier', () => {
    const rows = calm(30).map((row, t) => (t < 15 ? row : (row.map((value, k) => (k < 4 ? value * 1.8 : value)) as unknown as Row)));
    expect(summary(candles(rows))).toEqual({});
  });

  test('a gap counts its missing bars and names the longest first', () => {
    const times = Array.from({ length: 30 }, (_, t) => (t + (t >= 10 ? 1 : 0) + (t >= 20 ? 4 : 0)) * HOUR_MS);
    const [gap] = inspectCandles(candles(calm(30), times));
    expect(gap).toMatchObject({ kind: 'gap', severity: 'warn', count: 2, firstLine: 11, measures: { missingBars: 5, longestMs: 5 * HOUR_MS } });
    expect(gap.examples[0]).toContain('4 missing after 1970-01-01T20:00:00Z (5h)');
  });

  test('flat bars of a price series are no finding', () => {
    const raw = candles(Array.from({ length: 30 }, (_, t) => [100 + (t % 2), 100 + (t % 2), 100 + (t % 2), 100 + (t % 2), 1] as const));
    expect(summary(raw, { priceOnly: true })).toEqual({});
    expect(inspectCandles(raw)[0]).toMatchObject({ kind: 'flat-bar', count: 30, measures: { shareFrac: 1 } });
  });

  test('repeats are told from conflicts, and rows out of order are counted', () => {
    const rows = calm(30);
    const times = rows.map((_, t) => t * HOUR_MS);
    expect(summary(candles([...rows, rows[29]], [...times, times[29]]))).toEqual({ 'duplicate-row': 1 });
    expect(summary(candles([...rows, [1, 2, 1, 2, 3]], [...times, times[29]]))).toMatchObject({ 'conflicting-stamp': 2 });
    expect(summary(candles(rows.toReversed(), times.toReversed()))).toEqual({ 'newest-first': 1 });
    expect(summary(candles(rows, times.with(3, times[4]).with(4, times[3])))).toEqual({ 'out-of-order': 1 });
  });

  test('a declared timeframe is compared with the step that most bars have', () => {
    expect(summary(candles(calm(30)), { timeframeMs: 24 * HOUR_MS })).toHaveProperty('timeframe-mismatch', 1);
    const thin = candles(calm(30), Array.from({ length: 30 }, (_, t) => (t < 5 ? t : t * 2) * HOUR_MS));
    expect(summary(thin, { timeframeMs: HOUR_MS })).not.toHaveProperty('timeframe-mismatch');
  });

  test('stamps of no common grid are an irregular step', () => {
    const raw = candles(calm(30), Array.from({ length: 30 }, (_, t) => t * HOUR_MS + ((t * t * 7919) % 1301) * 1000));
    expect(summary(raw)).toHaveProperty('irregular-step');
  });

  test('nothing is changed', () => {
    const raw = candles(withRow(4, [0, 1, 2, 3, -4]).toReversed());
    const before = structuredClone(raw);
    inspectCandles(raw);
    expect(raw).toEqual(before);
  });
});
