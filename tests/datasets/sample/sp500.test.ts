import { expect, test } from 'vitest';
import { findSp500File, loadSp500, SP500_INSTRUMENT } from '../../../datasets/sample/index.ts';

test('the sample file is found behind the exports of its package', () => {
  expect(findSp500File()).toMatch(/vega-datasets.data.sp500-2000\.csv$/);
});

test('the sample has every session from 2000 to April 2020', () => {
  const bars = loadSp500();
  expect(bars.length).toBe(5_105);
  expect(bars.instrument).toEqual(SP500_INSTRUMENT);
  expect(bars.openTimeMs[0]).toBe(Date.UTC(2000, 0, 3));
  expect(bars.openTimeMs[5_104]).toBe(Date.UTC(2020, 3, 17));
  expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]]).toEqual([1469.25, 1478, 1438.359985, 1455.219971, 931_800_000]);
  expect(bars.close.every((price) => price > 0)).toBe(true);
  expect(bars.openTimeMs.subarray(1).every((time, t) => time > bars.openTimeMs[t])).toBe(true);
});
