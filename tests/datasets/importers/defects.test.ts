import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importCandles } from '../../../datasets/importers/index.ts';
import type { Defect, DefectKind, ImportResult } from '../../../datasets/types.ts';
import { file, zip } from './files.ts';
import { type Bar, bars, csv, day, iso, rowsOf, START_MS } from './market.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURLY = bars(24);

function named(rows: readonly Bar[]): string {
  return file('a.csv', csv(rows, ({ ms, o, h, l, c, v }) => [ms, o, h, l, c, v], 'time,open,high,low,close,volume'));
}

const kline = ({ ms, o, h, l, c, v }: Bar): (string | number)[] => [ms, o, h, l, c, v, ms + 1, 0, 0, 0, 0, 0];

function month(name: string, rows: readonly Bar[]): string {
  return zip(`${name}.zip`, { name: `${name}.csv`, text: csv(rows, kline) });
}

/** A file of equal bars at written times. */
function stamped(stamps: readonly string[]): string {
  return file('a.csv', `time,open,high,low,close\n${stamps.map((stamp) => `${stamp},1,2,0.5,1.5`).join('\n')}\n`);
}

async function newYork(stamps: readonly string[]): Promise<string[]> {
  const { candles } = await importCandles([stamped(stamps)], { timeZone: 'America/New_York', timeframe: '1d', onDefect: 'keep' });
  return Array.from(candles.openTimeMs, (ms) => iso(ms));
}

async function firstDay(stamps: readonly string[], dateOrder?: 'day-first'): Promise<string> {
  return day((await importCandles([stamped(stamps)], { dateOrder })).candles.openTimeMs[0]);
}

function defect(result: ImportResult, kind: DefectKind): Defect | undefined {
  return result.defects.find((candidate) => candidate.kind === kind);
}

function replaced(row: number, change: Partial<Bar>): Bar[] {
  return HOURLY.map((bar, t) => (t === row ? { ...bar, ...change } : bar));
}

describe('policies', () => {
  const impossible = replaced(3, { h: 1 });
  const twice = [...HOURLY.slice(0, 5), { ...HOURLY[4], c: HOURLY[4].c + 0.1 }, ...HOURLY.slice(5)];

  test('fail lists every row that cannot be a bar by its line', async () => {
    const rows = impossible.map((bar, t) => (t === 7 ? { ...bar, l: -1 } : bar));
    await expect(importCandles([named(rows)])).rejects.toMatchObject({ name: 'DataError', code: 'defective-rows', message: expect.stringMatching(/line 9 .*non-positive-price[\s\S]*line 5 .*impossible-ohlc/) as string });
    await expect(importCandles([named(impossible)])).rejects.toMatchObject({ code: 'impossible-ohlc' });
  });

  test('fail lists twenty rows and counts the rest', async () => {
    const rows = bars(50).map((bar) => ({ ...bar, h: 1 }));
    await expect(importCandles([named(rows)])).rejects.toThrow(/impossible-ohlc 50[\s\S]*… and 30 more/);
  });

  test('quarantine moves the row out with its reason and keeps the rest', async () => {
    const result = await importCandles([named(impossible)], { onDefect: 'quarantine' });
    expect(rowsOf(result.candles)).toEqual(HOURLY.filter((_, t) => t !== 3));
    expect(result.quarantined).toEqual([{ file: 'a.csv', line: 5, openTimeMs: HOURLY[3].ms, reason: 'impossible-ohlc', text: expect.stringContaining('high 1,') as string }]);
    expect(defect(result, 'gap')).toMatchObject({ count: 1, measures: { missingBars: 1 } });
  });

  test('keep leaves an impossible bar as it is', async () => {
    const result = await importCandles([named(impossible)], { onDefect: 'keep' });
    expect(rowsOf(result.candles)).toEqual(impossible);
    expect(defect(result, 'impossible-ohlc')).toMatchObject({ severity: 'error', count: 1, firstLine: 5, firstTimeMs: HOURLY[3].ms });
  });

  test('conflicting rows fail, are all quarantined, or the last one is kept', async () => {
    await expect(importCandles([named(twice)])).rejects.toMatchObject({ code: 'conflicting-stamp' });
    const quarantined = await importCandles([named(twice)], { onDefect: 'quarantine' });
    expect([quarantined.rowsKept, quarantined.quarantined.map(({ line }) => line)]).toEqual([23, [6, 7]]);
    const kept = await importCandles([named(twice)], { onDefect: 'keep' });
    expect([kept.rowsKept, kept.candles.close[4], kept.quarantined.map(({ line }) => line)]).toEqual([24, HOURLY[4].c + 0.1, [6]]);
  });

  test('rows that cannot be read are quarantined under keep as well', async () => {
    const path = file('a.csv', `${csv(HOURLY, ({ ms, o, h, l, c, v }) => [ms, o, h, l, c, v], 'time,open,high,low,close,volume')}soon,1,2,3,4,5\n${START_MS + DAY_MS},1,x,1,1,1\n${START_MS + DAY_MS},1,,1,1,1\n`);
    const result = await importCandles([path], { onDefect: 'keep' });
    expect([result.rowsRead, result.rowsKept]).toEqual([27, 24]);
    expect(result.quarantined.map(({ line, reason }) => [line, reason.split(':')[0]])).toEqual([[26, 'unreadable-time'], [27, 'text-in-number'], [28, 'missing-value']]);
  });

  test('stamps beside the grid are told, and quarantined on demand', async () => {
    const rows = [...HOURLY.map((bar, t) => (t === 5 ? { ...bar, ms: bar.ms + 1000 } : bar)), { ...HOURLY[0], ms: START_MS + 23.5 * HOUR_MS }];
    const told = await importCandles([named(rows)]);
    expect([defect(told, 'off-grid-stamp')?.count, defect(told, 'partial-last-bar')?.count, told.rowsKept]).toEqual([1, 1, 25]);
    expect((await importCandles([named(rows)], { onDefect: 'quarantine' })).rowsKept).toBe(23);
  });
});

describe('rows in every policy', () => {
  test('identical rows are collapsed and counted', async () => {
    const result = await importCandles([named([...HOURLY, ...HOURLY.slice(10, 13)])]);
    expect(rowsOf(result.candles)).toEqual(HOURLY);
    expect(defect(result, 'duplicate-row')).toMatchObject({ count: 3, firstLine: 26 });
  });

  test('rows out of order are sorted and counted, newest first is told apart', async () => {
    const swapped = HOURLY.with(4, HOURLY[5]).with(5, HOURLY[4]);
    expect(defect(await importCandles([named(swapped)]), 'out-of-order')?.count).toBe(1);
    const newest = await importCandles([named(swapped.toReversed())]);
    expect([defect(newest, 'newest-first')?.severity, defect(newest, 'out-of-order')?.count]).toEqual(['info', 1]);
    expect(rowsOf(newest.candles)).toEqual(HOURLY);
  });

  test('any order of the rows gives the same candles', async () => {
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(HOURLY, { minLength: HOURLY.length }), async (rows) => {
      expect(rowsOf((await importCandles([named(rows)])).candles)).toEqual(HOURLY);
    }), { numRuns: 25, seed: 7 });
  });

  test('units that change half way are normalised and counted', async () => {
    const text = csv(HOURLY, ({ ms, o, h, l, c, v }) => [ms >= START_MS + 20 * HOUR_MS ? ms * 1000 : ms, o, h, l, c, v], 'time,open,high,low,close,volume');
    const result = await importCandles([file('a.csv', text)]);
    expect(rowsOf(result.candles)).toEqual(HOURLY);
    expect(defect(result, 'mixed-time-units')).toMatchObject({ count: 4, firstLine: 22, severity: 'warn' });
    expect(defect(result, 'mixed-time-units')?.examples[0]).toContain('is in microseconds, most rows in milliseconds');
  });

  test('rows that are blank in the mapped columns are skipped and counted', async () => {
    const text = csv(HOURLY, ({ ms, o, h, l, c }) => (ms < START_MS + 5 * HOUR_MS ? [ms, o, '', '', '', ''] : [ms, o, o, h, l, c]), 'time,A:close,B:open,B:high,B:low,B:close');
    const result = await importCandles([file('a.csv', text)], { columnMapping: { time: 'time', open: 'B:open', high: 'B:high', low: 'B:low', close: 'B:close' } });
    expect([result.rowsRead, result.rowsKept, defect(result, 'blank-row')?.count]).toEqual([24, 19, 5]);
    expect(result.notes.join()).toContain('5 rows are blank');
  });
});

describe('several files', () => {
  test('files of one market are merged in time order, however they are named', async () => {
    const first = month('BTCUSDT-1h-2024-01', HOURLY.slice(0, 13));
    const second = month('BTCUSDT-1h-2024-02', HOURLY.slice(12));
    const [a, b] = [await importCandles([first, second]), await importCandles([second, first])];
    expect(rowsOf(a.candles)).toEqual(HOURLY);
    expect(b).toEqual(a);
    expect(defect(a, 'duplicate-row')?.count).toBe(1);
    expect(a.sources.map((source) => source.file)).toEqual(['BTCUSDT-1h-2024-01.zip', 'BTCUSDT-1h-2024-02.zip']);
    expect([a.candles.source[0], a.candles.source.at(-1)]).toEqual([0, 1]);
  });

  test('files of different markets are refused', async () => {
    const files = [month('BTCUSDT-1h-2024-01', HOURLY), month('ETHUSDT-1h-2024-01', HOURLY)];
    await expect(importCandles(files)).rejects.toMatchObject({ code: 'several-markets' });
  });
});

describe('timeframe and calendar', () => {
  const months = ['01-31', '02-29', '03-31', '05-31'].map((end, t) => ({ ...HOURLY[t], ms: Date.parse(`2024-${end}`) }));

  test('calendar months are one bar each under a declared 30d', async () => {
    const result = await importCandles([named(months)], { timeframe: '30d' });
    expect([result.timeframeMs, result.rowsKept]).toEqual([30 * DAY_MS, 4]);
    expect(defect(result, 'irregular-step')?.severity).toBe('warn');
  });

  test('a missing month is one gap', async () => {
    const year = Array.from({ length: 24 }, (_, t) => ({ ...HOURLY[t], ms: Date.UTC(2022, t + 1, 0) })).filter((_, t) => t !== 9);
    expect(defect(await importCandles([named(year)], { timeframe: '30d' }), 'gap')).toMatchObject({ count: 1, measures: { missingBars: 1 } });
  });

  test('a declared timeframe that the data does not have fails, or is told', async () => {
    await expect(importCandles([named(HOURLY)], { timeframe: '1d' })).rejects.toMatchObject({ code: 'timeframe-mismatch' });
    expect(defect(await importCandles([named(HOURLY)], { timeframe: '15m', onDefect: 'keep' }), 'timeframe-mismatch')?.examples[0]).toContain('the most common step is 1h, declared is 15m');
  });

  test('a weekend is a gap of a market that never closes, and none of one with sessions', async () => {
    const daily = bars(28, DAY_MS).filter(({ ms }) => ![0, 6].includes(new Date(ms).getUTCDay()));
    const path = file('a.csv', csv(daily, ({ ms, o, h, l, c }) => [day(ms), o, h, l, c], 'date,open,high,low,close'));
    const always = await importCandles([path]);
    expect(defect(always, 'gap')).toMatchObject({ count: 3, measures: { missingBars: 6, longestMs: 3 * DAY_MS } });
    expect(always.notes.join()).toContain("declare calendar 'session'");
    expect(defect(await importCandles([path], { calendar: 'session' }), 'gap')).toBeUndefined();
  });

  test('times without a zone are moved by a given one, dates are not', async () => {
    expect(await newYork(['2024-03-09 09:30', '2024-03-10 09:30', '2024-03-11T09:30Z'])).toEqual(['2024-03-09 14:30:00', '2024-03-10 13:30:00', '2024-03-11 09:30:00']);
    expect(await newYork(['2024-03-09', '2024-03-10'])).toEqual(['2024-03-09 00:00:00', '2024-03-10 00:00:00']);
  });

  test('slashed dates are read the way the whole column allows', async () => {
    expect(await firstDay(['3/12/2021', '3/13/2021'])).toBe('2021-03-12');
    expect(await firstDay(['12/3/2021', '13/3/2021'])).toBe('2021-03-12');
    expect(await firstDay(['4/3/2021', '5/3/2021'], 'day-first')).toBe('2021-03-04');
    await expect(firstDay(['13/3/2021', '3/14/2021'])).rejects.toMatchObject({ code: 'date-order-ambiguous' });
  });
});
