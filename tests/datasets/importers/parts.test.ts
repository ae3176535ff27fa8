import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPriceOrder } from '../../../datasets/importers/columns/price-order.ts';
import { numberFromText, parseNumber } from '../../../datasets/importers/csv/number.ts';
import { RowScanner } from '../../../datasets/importers/csv/row-scanner.ts';
import { epochMs, epochUnit } from '../../../datasets/importers/time/epoch.ts';
import { parseWrittenTime } from '../../../datasets/importers/time/text-time.ts';
import { zoneShift } from '../../../datasets/importers/time/time-zone.ts';
import { bars } from './market.ts';

const parse = (text: string): number => parseNumber(Buffer.from(text), 0, Buffer.byteLength(text));

function scan(text: string): string[][] {
  const bytes = Buffer.from(text);
  const scanner = new RowScanner(bytes, 44);
  const rows: string[][] = [];
  while (scanner.next()) rows.push(Array.from({ length: scanner.count }, (_, k) => bytes.subarray(scanner.starts[k], scanner.ends[k]).toString()));
  return rows;
}

describe('numbers', () => {
  test('every double that is written is read back to the bit', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(parse(String(value))).toBe(Number(String(value)));
    }), { numRuns: 2000, seed: 1 });
  });

  test('decimals of fixed width are read as Number reads them', () => {
    fc.assert(fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 12 }), (value, digits) => {
      expect(parse(value.toFixed(digits))).toBe(Number(value.toFixed(digits)));
    }), { numRuns: 2000, seed: 2 });
  });

  test.each(['', '-', '.', '1.2.3', '1,5', '0x10', 'abc', '1e', 'Infinity', '1 2', '--1'])('%j is no number', (text) => {
    expect(parse(text)).toBeNaN();
  });

  test('blanks are told from text', () => {
    expect(['', ' ', 'NaN', 'null', 'NULL', 'N/A', '-'].map((text) => numberFromText(text).state)).toEqual(Array.from({ length: 7 }, () => 'missing'));
    expect(numberFromText('abc').state).toBe('text');
    expect([numberFromText('1.234,56', true).value, numberFromText('1,234.5').value, numberFromText('1,234').state]).toEqual([1234.56, 1234.5, 'text']);
  });
});

describe('rows', () => {
  test('quotes, escapes, empty fields, CRLF and a missing last newline are understood', () => {
    expect(scan('a,"b,c",d\r\n,,\r\n\r\n"x ""y""",1')).toEqual([['a', 'b,c', 'd'], ['', '', ''], [], ['x ""y""', '1']]);
  });

  test('a stray quote costs one row', () => {
    expect(scan('a,"b\nc,d\n')).toEqual([['a', 'b'], ['c', 'd']]);
  });
});

describe('times', () => {
  test.each([
    ['2019-10-17 09-AM', '2019-10-17T09:00:00.000Z'],
    ['2019-10-17 12-AM', '2019-10-17T00:00:00.000Z'],
    ['2019-10-17 12-PM', '2019-10-17T12:00:00.000Z'],
    ['2018-12-31 00:00:00.000000 UTC', '2018-12-31T00:00:00.000Z'],
    ['2021-01-01T01:02:03.456+02:00', '2020-12-31T23:02:03.456Z'],
    ['20131001 13:30', '2013-10-01T13:30:00.000Z'],
    ['20180404', '2018-04-04T00:00:00.000Z'],
    ['12/31/2021, 1:46:11 PM', '2021-12-31T13:46:11.000Z'],
    ['31.12.2021 23:59', '2021-12-31T23:59:00.000Z'],
    ['Dec 31, 2021', '2021-12-31T00:00:00.000Z'],
    ['2020.01.02 03:04', '2020-01-02T03:04:00.000Z'],
  ])('%s is read', (text, want) => {
    expect(new Date(parseWrittenTime(text, 'month-first')?.ms ?? Number.NaN).toISOString()).toBe(want);
  });

  test.each(['', 'soon', '2021-02-29', '2021-13-01', '2021-01-01 25:00', '2021-01-01 10:61', '2021-01-01 13-PM', '20211301', '2021'])('%j is no time', (text) => {
    expect(parseWrittenTime(text, 'month-first')).toBeNull();
  });

  test('the unit of an epoch time follows from its magnitude alone', () => {
    const ms = Date.UTC(2024, 0, 1);
    expect([ms / 1000, ms, ms * 1e3, ms * 1e6].map((value) => [epochUnit(value), epochMs(value, epochUnit(value) ?? 'ms')])).toEqual([['s', ms], ['ms', ms], ['us', ms], ['ns', ms]]);
    expect([epochUnit(0), epochUnit(60_000), epochUnit(Number.NaN), epochUnit(-1)]).toEqual([null, null, null, null]);
  });

  test('wall clocks follow their zone through both changes of the year', () => {
    const shift = zoneShift('America/New_York');
    const utc = (text: string): string => new Date(shift(Date.parse(`${text}Z`))).toISOString().slice(0, 16);
    expect(['2024-01-15T09:30', '2024-07-15T09:30', '2024-03-10T02:30', '2024-11-03T01:30'].map(utc)).toEqual(['2024-01-15T14:30', '2024-07-15T13:30', '2024-03-10T07:30', '2024-11-03T05:30']);
  });
});

describe('price order', () => {
  const rows = bars(50);
  const columns: Record<string, number[]> = { O: rows.map(({ o }) => o), H: rows.map(({ h }) => h), L: rows.map(({ l }) => l), C: rows.map(({ c }) => c) };

  test.each(['OHLC', 'OCHL', 'OCLH', 'OHCL', 'HLOC', 'OLHC', 'LHOC'])('%s is found from the rows', (letters) => {
    expect(findPriceOrder(letters.split('').map((letter) => columns[letter]))).toMatchObject({ letters, shareFrac: 1 });
  });

  test('flat and contradictory rows decide nothing', () => {
    const flat = [1, 1, 1];
    expect(findPriceOrder([flat, flat, flat, flat])).toBeNull();
    expect(findPriceOrder([[1, 4], [2, 3], [3, 2], [4, 1]])).toBeNull();
  });
});
