import { describe, expect, it } from 'vitest';
import { seededNormal, seededRandom } from '../../../engine/core/index.ts';
import {
  linearRegression, meanDeviation, realisedVolatility, rollingBeta, rollingCorrelation, rollingRank, rollingSlope, rollingStd, rollingZScore, ulcerIndex, wma,
} from '../../../engine/kernels/index.ts';
import { closeTo, NaN_, series } from './series.ts';

/** A price near `level` that moves by `step`. */
function walk(bars: number, level: number, step: number, seed: number): Float64Array {
  const normal = seededNormal(seededRandom(seed));
  let moved = 0;
  return Float64Array.from({ length: bars }, () => level + (moved += step * normal()));
}

/** Sums of a window about a value inside it: exact where the moves are small. */
function exactWindow(a: Float64Array, b: Float64Array, windowBars: number, t: number): { aa: number; bb: number; ab: number; last: number } {
  const x = [...a.subarray(t - windowBars + 1, t + 1)].map((value) => value - a[t]);
  const y = [...b.subarray(t - windowBars + 1, t + 1)].map((value) => value - b[t]);
  const meanX = x.reduce((sum, value) => sum + value, 0) / windowBars;
  const meanY = y.reduce((sum, value) => sum + value, 0) / windowBars;
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
  return { aa: sum((i) => (x[i] - meanX) ** 2), bb: sum((i) => (y[i] - meanY) ** 2), ab: sum((i) => (x[i] - meanX) * (y[i] - meanY)), last: -meanX };
}

const relative = (got: number, wanted: number): number => Math.abs(got - wanted) / Math.abs(wanted);

describe('deviations at a high price with small moves', () => {
  it.each([2, 3, 5, 20, 97, 400])('are within 1e-9 of two exact passes over %i bars', (windowBars) => {
    const a = walk(3_000, 100_000, 0.001, 11);
    const b = walk(3_000, 60_000, 0.01, 12);
    const deviation = rollingStd(a, windowBars);
    const score = rollingZScore(a, windowBars);
    const together = rollingCorrelation(a, b, windowBars);
    const slope = rollingSlope(a, b, windowBars);
    for (let t = windowBars - 1; t < a.length; t++) {
      const { aa, bb, ab, last } = exactWindow(a, b, windowBars, t);
      expect(relative(deviation[t], Math.sqrt(aa / windowBars))).toBeLessThan(1e-9);
      expect(Math.abs(score[t] - last / Math.sqrt(aa / windowBars))).toBeLessThan(1e-9);
      expect(Math.abs(together[t] - ab / Math.sqrt(aa * bb))).toBeLessThan(1e-9);
      expect(Math.abs(slope[t] - ab / bb)).toBeLessThan(1e-9 * Math.sqrt(aa / bb));
    }
  });

  it('are exactly 0 in a flat window, whatever came before', () => {
    const values = Float64Array.from({ length: 100 }, (_, t) => (t < 50 ? 1e8 + Math.sin(t) : 0.1));
    expect([...rollingStd(values, 7).subarray(56)].every((value) => value === 0)).toBe(true);
    expect([...rollingZScore(values, 7).subarray(56)].every((value) => value === 0)).toBe(true);
    expect([...rollingCorrelation(values, values, 7).subarray(56)].every((value) => value === 0)).toBe(true);
    expect([...meanDeviation(values, 7).subarray(56)].every((value) => value === 0)).toBe(true);
  });

  it('forget a spike of any size', () => {
    const values = walk(300, 100, 0.01, 5);
    const spiked = values.with(100, 1e15);
    rollingStd(spiked, 20).subarray(120).forEach((value, t) => expect(relative(value, rollingStd(values, 20)[120 + t])).toBeLessThan(1e-9));
  });
});

describe('statistics of a window by hand', () => {
  it('standard deviation, population and sample', () => {
    closeTo(rollingStd(series(1, 2, 3, 7), 3), [NaN_, NaN_, Math.sqrt(2 / 3), Math.sqrt(14 / 3)]);
    closeTo(rollingStd(series(1, 2, 3, 7), 3, { ddof: 1 }), [NaN_, NaN_, 1, Math.sqrt(7)]);
  });
  it('z-score', () => closeTo(rollingZScore(series(1, 2, 3), 3), [NaN_, NaN_, 1 / Math.sqrt(2 / 3)]));
  it('mean absolute deviation', () => closeTo(meanDeviation(series(1, 2, 6), 3), [NaN_, NaN_, 2]));
  it('correlation is one with itself and minus one with its mirror', () => {
    const a = series(1, 3, 2, 5);
    closeTo(rollingCorrelation(a, a, 3), [NaN_, NaN_, 1, 1]);
    closeTo(rollingCorrelation(a, a.map((x) => -2 * x), 3), [NaN_, NaN_, -1, -1]);
  });
  it('slope and beta', () => {
    const x = series(1, 3, 2, 5);
    closeTo(rollingSlope(x.map((value) => 7 - 2 * value), x, 3), [NaN_, NaN_, -2, -2]);
    const market = series(100, 110, 99, 108.9);
    const asset = series(100, 120, 96, 115.2);
    closeTo(rollingBeta(asset, market, 2).map((value) => Math.round(value * 1e9) / 1e9), [NaN_, NaN_, 2, 2]);
  });
  it('a regression line', () => {
    const { value, slope, intercept } = linearRegression(series(1, 2, 6), 3);
    closeTo(slope, [NaN_, NaN_, 2.5]);
    closeTo(value, [NaN_, NaN_, 5.5]);
    closeTo(intercept, [NaN_, NaN_, 0.5]);
  });
  it('wma equals its definition at any window', () => {
    const values = walk(200, 100, 1, 4);
    for (const windowBars of [1, 2, 7, 30]) {
      const got = wma(values, windowBars);
      for (let t = windowBars - 1; t < 200; t++) {
        let sum = 0;
        for (let i = 1; i <= windowBars; i++) sum += i * values[t - windowBars + i];
        expect(relative(got[t], sum / ((windowBars * (windowBars + 1)) / 2))).toBeLessThan(1e-13);
      }
    }
  });
  it('rank: 0 lowest, 1 highest, equals half', () => closeTo(rollingRank(series(1, 2, 3, 0, 3, 3), 3), [NaN_, NaN_, 1, 0, 0.75, 0.75]));
  it('ulcer index', () => {
    closeTo(ulcerIndex(series(100, 90, 100), 2), [NaN_, Math.sqrt(50), Math.sqrt(50)]);
    closeTo(ulcerIndex(series(100, 90, 99), 2, { peak: 'window' }), [NaN_, Math.sqrt(50), 0]);
  });
  it('realised volatility, a bar and a year', () => {
    const values = series(100, 110, 99, 120);
    const [a, b] = [Math.log(99 / 110), Math.log(120 / 99)];
    closeTo(realisedVolatility(values, 2, { barsPerYear: 4 }).subarray(3), [(Math.abs(a - b) / Math.SQRT2) * 2]);
  });
});
