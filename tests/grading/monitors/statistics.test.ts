import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededNormal, seededRandom } from '../../../engine/index.ts';
import {
  dissimilarity, driftOf, effectiveCount, evidenceOf, ksDistance, ksPValue, lineAt, NEW_CUSUM, NO_EVIDENCE, populationStability, probabilityAbove, pushCost, pushCusum,
  pushShortfall, sharpePrior, stabilityIndex, stabilityNoise, updateSharpe, warpingAnn, warpingDistance, yearlyLines,
} from '../../../grading/index.ts';

const UNIFORM = Array.from({ length: 101 }, (_, i) => i / 100);

describe('cumulative sum', () => {
  it('adds what falls short of the midpoint and never stands below 0', () => {
    const values = [0.5, -0.3, -0.4, 2, -1].reduce<ReturnType<typeof pushCusum>[]>((all, z) => [...all, pushCusum(all.at(-1) ?? NEW_CUSUM, z, 0.1)], []);
    expect(values.map(({ value }) => Number(value.toFixed(12)))).toEqual([0, 0.4, 0.9, 0, 1.1]);
    expect(values.at(-1)).toMatchObject({ peak: 1.1, n: 5 });
  });
});

describe('lines of a year', () => {
  it('leave the given share above, of the paths that did not cross before', () => {
    const first = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const second = Float64Array.of(11, 12, 13, 14, 15, 16, 17, 18, 19, 99);
    expect(yearlyLines([first, second], 0.1)).toEqual([9, 19]);
    expect(yearlyLines([first, second], 0.2)).toEqual([8, 17]);
  });

  it('change on the day after a year and stay after the last', () => {
    expect([1, 365, 366, 730, 731, 5_000].map((day) => lineAt([10, 20], day, 365))).toEqual([10, 10, 20, 20, 20, 20]);
  });
});

describe('Sharpe posterior', () => {
  it('adds precisions: N(0.75, 0.75²) and a year at 0 ± 1 give N(0.48, 0.6²)', () => {
    const prior = sharpePrior(1.5, 0.7, 0.5);
    expect(prior).toEqual({ mean: 0.75, sd: 0.75 });
    const after = updateSharpe({ mean: 0.75, sd: 0.75 }, 0, 1);
    expect(after.mean).toBeCloseTo(0.48, 12);
    expect(after.sd).toBeCloseTo(0.6, 12);
    expect(probabilityAbove(after, 0)).toBeCloseTo(0.788144601416603, 12); // Φ(0.8)
  });

  it('is no narrower than the error of the promise', () => {
    expect(sharpePrior(1, 0.8, 0.5)).toEqual({ mean: 0.5, sd: 0.8 });
    expect(sharpePrior(null, 0.8, 0.5)).toBeNull();
  });
});

describe('Kolmogorov–Smirnov', () => {
  it('measures the largest distance on both sides of each value', () => {
    expect(ksDistance([0.1, 0.2, 0.3], UNIFORM)).toBeCloseTo(0.7, 12);
    expect(ksDistance([0.5], UNIFORM)).toBeCloseTo(0.5, 12);
    expect(ksDistance([], UNIFORM)).toBeNull();
  });

  it('finds no distance between an atom and itself', () => {
    const half = [...Array.from({ length: 51 }, () => 0), ...Array.from({ length: 50 }, () => 1)];
    expect(ksDistance([0, 1, 0, 1], half) ?? 1).toBeLessThan(0.011);
  });

  // Smirnov (1948), Ann. Math. Stat. 19: table of the limiting distribution.
  it.each([[1.2238, 0.1], [1.3581, 0.05], [1.6276, 0.01]])('has P(√n D > %f) = %f', (lambda, p) => {
    expect(ksPValue(lambda / 1e4, 1e8)).toBeCloseTo(p, 4);
  });

  it('rejects about as often as it says with 20 values', () => {
    const random = seededRandom(5, 'ks');
    const rejected = Array.from({ length: 2_000 }, () => ksPValue(ksDistance(Array.from({ length: 20 }, random), UNIFORM) ?? 0, 20)).filter((p) => p < 0.05).length;
    expect(rejected / 2_000).toBeGreaterThan(0.03);
    expect(rejected / 2_000).toBeLessThan(0.07);
  });

  it('counts dependent values as fewer', () => {
    expect(effectiveCount(100, 0.5)).toBeCloseTo(33.333, 3);
    expect(effectiveCount(100, -0.5)).toBe(100);
    expect(effectiveCount(100, 1)).toBe(1);
  });
});

describe('population stability index', () => {
  it('is Σ (a − e) ln(a ÷ e)', () => {
    expect(populationStability([0.2, 0.5, 0.3], [0.3, 0.4, 0.3], 0)).toBeCloseTo(0.1 * Math.log(1.5) + 0.1 * Math.log(1.25), 14);
  });

  it('is 0 for the reference and large for its upper half', () => {
    expect(stabilityIndex(Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100), UNIFORM)).toBeCloseTo(0, 12);
    expect(stabilityIndex(Array.from({ length: 100 }, (_, i) => 0.5 + (i + 0.5) / 200), UNIFORM) ?? 0).toBeGreaterThan(1);
  });

  it('has noise of χ² ÷ n: 16.919 of 9 degrees of freedom', () => {
    expect(stabilityNoise(100)).toBeCloseTo(0.16919, 3);
  });
});

describe('drift', () => {
  it('is worth the days, not the markets', () => {
    const days = Array.from({ length: 40 }, (_, t) => ({ values: [0.1, 0.5, 0.9].map((x) => (x + 0.618 * t) % 1), missing: t % 4 === 0 ? 1 : 0 }));
    const drift = driftOf(days, UNIFORM, 0.25);
    expect(drift?.nEffective).toBeLessThanOrEqual(40);
    expect(drift?.missingRate).toBeCloseTo(10 / 130, 12);
    expect(drift?.p).toBeGreaterThan(0.05);
  });

  it('calls inputs beyond the reference by their distance ÷ the typical one', () => {
    const reference = { a: [0, 1, 2], b: [0, 1, 2] };
    expect(dissimilarity({ a: 1, b: 2 }, reference)).toBe(0);
    // Gini's mean difference of 0, 1, 2 is 4/3.
    expect(dissimilarity({ a: 2 + 4 / 3, b: null }, reference)).toBeCloseTo(1, 12);
    expect(dissimilarity({ a: 2 + 8 / 3, b: 0 }, reference)).toBeCloseTo(Math.SQRT2, 12);
    expect(dissimilarity({}, reference)).toBeNull();
  });
});

describe('time warping', () => {
  it('sums the least distances of aligned points', () => {
    expect(warpingDistance([0, 1, 2], [0, 2])).toBe(1);
    expect(warpingDistance([0, 0, 1, 2], [0, 1, 1, 2])).toBe(0);
    expect(warpingDistance([], [1])).toBeNull();
  });

  it('is a difference of return a year', () => {
    expect(warpingAnn([0.01, -0.01], [0.011, -0.011], 365)).toBeCloseTo(1.001 ** 365 - 1, 12);
  });

  it('is symmetric and no larger than the pointwise distance', () => {
    const series = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(fc.property(series, series, (x, y) => {
      const n = Math.min(x.length, y.length);
      const [a, b] = [x.slice(0, n), y.slice(0, n)];
      const distance = warpingDistance(a, b) ?? 0;
      expect(distance).toBeLessThanOrEqual(a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) + 1e-12);
      expect(warpingDistance(b, a)).toBeCloseTo(distance, 12);
    }));
  });
});

describe('e-processes', () => {
  it('bet on a cost above its limit: wealth of 1 + λ (cost ÷ limit − 1)', () => {
    const once = pushCost(NO_EVIDENCE, 4, 2);
    expect(evidenceOf(once)).toBeCloseTo((1.02 + 1.05 + 1.1 + 1.2 + 1.4 + 1.8) / 6, 12);
    expect(evidenceOf(pushCost(once, -1, 2))).toBeLessThan(evidenceOf(once));
  });

  it('reach 20 in at most a twentieth of paths at the limit, looked at after every fill', () => {
    const random = seededRandom(3, 'costs');
    const reached = Array.from({ length: 400 }, () => {
      let process = NO_EVIDENCE;
      for (let i = 0; i < 300; i++) process = pushCost(process, -2 * Math.log(1 - random()), 2);
      return process.peak;
    }).filter((peak) => peak >= 20).length;
    expect(reached / 400).toBeLessThanOrEqual(0.05);
  });

  it('reach 20 soon where costs are twice the limit', () => {
    let process = NO_EVIDENCE;
    const random = seededRandom(4, 'costs');
    for (let i = 0; i < 60; i++) process = pushCost(process, -4 * Math.log(1 - random()), 2);
    expect(evidenceOf(process)).toBeGreaterThan(20);
  });

  it('hold for fat-tailed days at the good mean, and speak of a mean far below it', () => {
    const normal = seededNormal(seededRandom(6, 'days'));
    const t5 = (): number => normal() / Math.sqrt(Array.from({ length: 5 }, () => normal() ** 2).reduce((a, b) => a + b, 0) / 5) / Math.sqrt(5 / 3);
    const peaks = Array.from({ length: 200 }, () => {
      let process = NO_EVIDENCE;
      for (let i = 0; i < 365; i++) process = pushShortfall(process, t5() + 0.05, 0.05);
      return process.peak;
    });
    expect(peaks.filter((peak) => peak >= 20).length / 200).toBeLessThanOrEqual(0.05);
    let process = NO_EVIDENCE;
    for (let i = 0; i < 365; i++) process = pushShortfall(process, t5() - 0.3, 0.05);
    expect(evidenceOf(process)).toBeGreaterThan(20);
  });
});
