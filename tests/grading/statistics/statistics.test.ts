import { describe, expect, it } from 'vitest';
import { seededNormal, seededRandom } from '../../../engine/index.ts';
import {
  brierScore, calibrationError, calibrationErrorLimit, calibrationLine, distribution, firstAtLeast, rankCorrelation, rankProducts, ranksOf, reliabilityBins, valueAt, wilson,
} from '../../../grading/statistics/index.ts';

describe('ranks', () => {
  it('give ties their mean', () => {
    expect([...ranksOf([10, 20, 10, 5])]).toEqual([2.5, 4, 2.5, 1]);
  });

  it('correlate as Spearman says, by hand: 1 − 6 · 4 ÷ (5 · 24), and with ties 4.5 ÷ √(4.5 · 5)', () => {
    expect(rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(0.8, 12);
    expect(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
  });

  it('are undefined without spread', () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(rankProducts([1, 2], [1, 2])).toBeNull();
  });
});

describe('a monotone map', () => {
  const map = { x: [0, 1, 3], y: [0, 10, 20] };

  it('is linear between its knots and constant outside', () => {
    expect([-1, 0, 0.5, 1, 2, 3, 9].map((at) => valueAt(map, at))).toEqual([0, 0, 5, 10, 15, 20, 20]);
    expect(valueAt({ x: [2], y: [7] }, 5)).toBe(7);
  });

  it('is turned around', () => {
    expect([-5, 0, 5, 15, 20].map((level) => firstAtLeast(map, level))).toEqual([0, 0, 0.5, 2, 3]);
    expect(firstAtLeast(map, 21)).toBeNull();
  });

  it('holds a distribution of distances', () => {
    expect(distribution(Float64Array.of(0, 1, 1, 2), 201)).toEqual({ x: [0, 1, 2], y: [0, 0.75, 1] });
    expect(distribution(new Float64Array(0), 201)).toEqual({ x: [0], y: [0] });
    const many = distribution(Float64Array.from({ length: 5000 }, (_, i) => i), 201);
    expect(many.x.length).toBeLessThanOrEqual(201);
    expect(valueAt(many, 2499)).toBeCloseTo(0.5, 3);
  });
});

describe('reliability', () => {
  it('is measured in bins of equal counts: by hand', () => {
    const bins = reliabilityBins([0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1], 2);
    expect(bins).toEqual([{ n: 2, forecast: 0.2, outcome: 0.5 }, { n: 2, forecast: 0.8, outcome: 1 }]);
    expect(calibrationError(bins)).toBeCloseTo(0.25, 12);
    expect(brierScore([0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1])).toBeCloseTo((0.04 + 0.64 + 0.04 + 0.04) / 4, 12);
  });

  it('of a calibrated forecast stays within its limit in about 95 of 100 samples, and that of a skewed one does not', () => {
    const within = (skew: number): number => {
      let count = 0;
      for (let seed = 0; seed < 40; seed++) {
        const random = seededRandom(seed, 'reliability');
        const forecasts = Array.from({ length: 400 }, () => 0.4 + 0.2 * random());
        const ups = forecasts.map((p) => (random() < p + skew ? 1 : 0));
        const limit = calibrationErrorLimit(forecasts, ups, 10, { draws: 100, seed, meanBlock: 4, stream: 'limit' });
        if (calibrationError(reliabilityBins(forecasts, ups, 10)) <= limit) count++;
      }
      return count / 40;
    };
    expect(within(0)).toBeGreaterThanOrEqual(0.85);
    expect(within(0.2)).toBeLessThan(0.3);
  });

  it('has a line: 0 and 1 where calibrated, a slope below 1 where forecasts are too bold', () => {
    const normal = seededNormal(seededRandom(2, 'line'));
    const random = seededRandom(3, 'line');
    const odds = Array.from({ length: 20_000 }, () => 0.8 * normal());
    const chance = (x: number): number => 1 / (1 + Math.exp(-x));
    const ups = odds.map((x) => (random() < chance(x) ? 1 : 0));
    const calibrated = calibrationLine(odds.map(chance), ups);
    expect(calibrated?.intercept).toBeCloseTo(0, 1);
    expect(calibrated?.slope).toBeCloseTo(1, 1);
    expect(calibrationLine(odds.map((x) => chance(2 * x)), ups)?.slope).toBeCloseTo(0.5, 1);
  });

  it('has none where forecasts do not differ or the classes are parted', () => {
    expect(calibrationLine([0.5, 0.5, 0.5], [0, 1, 1])).toBeNull();
    expect(calibrationLine([0.2, 0.4, 0.6, 0.8], [0, 0, 1, 1])).toBeNull();
  });
});

describe('the interval of a share', () => {
  it("is Wilson's: 15 of 40 by the formula", () => {
    const { low, high } = wilson(15 / 40, 40) as { low: number; high: number };
    expect(low).toBeCloseTo(0.24222979167, 10);
    expect(high).toBeCloseTo(0.52967560863, 10);
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(0, 10)?.low).toBe(0);
    expect(wilson(1, 10)?.high).toBeCloseTo(1, 12);
  });
});
