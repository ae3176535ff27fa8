import { describe, expect, it } from 'vitest';
import { sliceBars } from '../../../engine/index.ts';
import { QUANT_BARS, quantGrade, SUBSCORE_BARS, TA_BARS, taGrade, tmLike } from '../../../grading/index.ts';
import { marketOfReturns, normals } from '../../support/market-of-returns.ts';
import { randomWalk } from '../../support/small-market.ts';

const walk = randomWalk(1000, 3);

describe('sub-scores', () => {
  it('need as many bars as they say', () => {
    for (const [grade, bars] of [[taGrade, TA_BARS], [quantGrade, QUANT_BARS]] as const) {
      expect(grade(sliceBars(walk, 0, bars - 1))).toBeNull();
      expect(grade(sliceBars(walk, 0, bars))).not.toBeNull();
    }
    expect(SUBSCORE_BARS).toBe(400);
  });

  it('read no bar before those', () => {
    for (const [grade, bars] of [[taGrade, TA_BARS], [quantGrade, QUANT_BARS]] as const) expect(grade(walk)).toBe(grade(sliceBars(walk, walk.length - bars, walk.length)));
  });

  it('stay inside 0 … 100 and use most of it', () => {
    const grades = Array.from({ length: 300 }, (_, i) => sliceBars(walk, i, i + SUBSCORE_BARS));
    for (const grade of [taGrade, quantGrade]) {
      const values = grades.map((window) => grade(window) as number);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(100);
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(60);
    }
  });

  it('are near 100 where the last bar is the best of its window and near 0 where it is the worst', () => {
    const returns = normals(450, 5, { sd: 0.005 });
    expect(taGrade(marketOfReturns([...returns, 0.5]))).toBeGreaterThan(95);
    expect(taGrade(marketOfReturns([...returns, -0.4]))).toBeLessThan(5);
    expect(quantGrade(marketOfReturns([...returns, -0.4]))).toBeLessThan(25);
  });

  it('give a flat market 50 by its indicators and nothing by its returns', () => {
    const flat = marketOfReturns(new Float64Array(500));
    expect(taGrade(flat)).toBe(50);
    expect(quantGrade(flat)).toBeNull();
  });

  it('agree with the plain definition of the quantitative one', () => {
    const close = [...walk.close].slice(-QUANT_BARS);
    const at = (end: number): [number, number, number] => {
      const r = Array.from({ length: 120 }, (_, i) => close[end - i] / close[end - i - 1] - 1);
      const mean = r.reduce((a, b) => a + b) / 120;
      const sd = Math.sqrt(r.reduce((a, b) => a + (b - mean) ** 2, 0) / 120);
      const down = Math.sqrt(r.reduce((a, b) => a + Math.min(b, 0) ** 2, 0) / 120);
      return [mean / sd, mean / down, close[end] / Math.max(...close.slice(end - 119, end + 1)) - 1];
    };
    const rows = Array.from({ length: 280 }, (_, i) => at(QUANT_BARS - 280 + i));
    const now = rows[279];
    const percentiles = now.map((value, k) => rows.slice(0, 279).reduce((sum, row) => sum + (row[k] < value ? 1 : row[k] === value ? 0.5 : 0), 0) / 279);
    expect(quantGrade(walk)).toBeCloseTo((100 * (percentiles[0] + percentiles[1] + percentiles[2])) / 3, 9);
  });

  it('mix four to one', () => {
    expect(tmLike(80, 30)).toBeCloseTo(70, 12);
    expect(tmLike(null, 30)).toBeNull();
    expect(tmLike(80, null)).toBeNull();
  });
});
