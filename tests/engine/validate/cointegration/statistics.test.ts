import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  augmentedDickeyFuller, engleGranger, expectedRescaledRange, halfLife, hurstLaggedDifferences, hurstRescaledRange, hurstSimple, InputError, johansen, kalmanHedge, leastSquares,
  mackinnonCriticalValues, mackinnonPValue, seededNormal, seededRandom,
} from '../../../../engine/index.ts';

const noise = (n: number, name: string): Float64Array => {
  const normal = seededNormal(seededRandom(7, name));
  return Float64Array.from({ length: n }, () => normal());
};
const walk = (n: number, name: string): Float64Array => {
  let sum = 0;
  return noise(n, name).map((step) => (sum += step));
};

describe('least squares', () => {
  it('recovers the coefficients of an exact combination, badly scaled columns included', () => {
    const ones = new Float64Array(60).fill(1);
    const t = Float64Array.from({ length: 60 }, (_, i) => 1e6 + i);
    const y = t.map((value, i) => 3 + 2 * value + (i % 2 === 0 ? 0.5 : -0.5));
    expect(leastSquares(y, [ones, t])?.coefficients[1]).toBeCloseTo(2, 2);
    expect(leastSquares(t.map((value) => 3 + 2 * value), [ones, t])?.coefficients[1]).toBeCloseTo(2, 9);
  });

  it('has no answer where columns depend on each other or outnumber the rows', () => {
    const x = noise(20, 'x');
    expect(leastSquares(x, [x, x.map((value) => 2 * value)])).toBeNull();
    expect(leastSquares(x.subarray(0, 2), [x.subarray(0, 2), noise(2, 'y')])).toBeNull();
  });
});

describe('unit roots and cointegration', () => {
  it('rejects a unit root in noise and not in a random walk', () => {
    expect(augmentedDickeyFuller(noise(400, 'n')).pValue).toBeLessThan(0.001);
    expect(augmentedDickeyFuller(walk(400, 'w')).pValue).toBeGreaterThan(0.1);
  });

  it('gives no statistic for a constant, with the reason', () => {
    expect(augmentedDickeyFuller(new Float64Array(50).fill(3), { lags: 1 })).toMatchObject({ statistic: null, pValue: null, reason: expect.stringContaining('constant') });
  });

  it('is the same in any unit and about any mean', () => {
    const y = walk(300, 'scale');
    const one = augmentedDickeyFuller(y, { lags: 2 }).statistic ?? Number.NaN;
    expect(augmentedDickeyFuller(y.map((value) => 1000 * value + 5), { lags: 2 }).statistic).toBeCloseTo(one, 8);
  });

  it('has p-values between 0 and 1 that grow with the statistic, at the critical values about their levels', () => {
    for (const trend of ['n', 'c', 'ct', 'ctt'] as const) {
      for (let series = 1; series <= 6; series++) {
        const p = Array.from({ length: 120 }, (_, i) => mackinnonPValue(-12 + i / 10, { trend, series }) ?? -1);
        expect(p.every((value, i) => value >= 0 && value <= 1 && (i === 0 || value >= p[i - 1] - 1e-9))).toBe(true);
        const critical = mackinnonCriticalValues({ trend, series }, Number.POSITIVE_INFINITY);
        if (critical === null) continue;
        expect(mackinnonPValue(critical['5%'], { trend, series })).toBeCloseTo(0.05, 2);
        expect(mackinnonPValue(critical['1%'], { trend, series })).toBeCloseTo(0.01, 2);
      }
    }
    expect(mackinnonPValue(-3, { trend: 'c', series: 7 })).toBeNull();
    expect(mackinnonCriticalValues({ trend: 'n', series: 2 }, 100)).toBeNull();
  });

  it('finds a planted pair and its hedge ratio, and refuses a series against itself', () => {
    const x = walk(500, 'pair');
    const y = x.map((value, t) => 2 * value + 1 + noise(500, 'gap')[t]);
    const { hedgeRatios, pValue, residuals } = engleGranger(y, [x], { lags: { by: 'bic' } });
    expect(hedgeRatios[0]).toBeCloseTo(2, 1);
    expect(pValue).toBeLessThan(0.001);
    expect(residuals).toHaveLength(500);
    expect(() => engleGranger(x, [x])).toThrow(/exact combinations/);
    expect(() => engleGranger(x.map((value) => 3 * value - 2), [x])).toThrow(InputError);
    expect(engleGranger(walk(500, 'a'), [walk(500, 'b')]).pValue).toBeGreaterThan(0.05);
  });

  it('counts the common trends of planted series by Johansen', () => {
    const trend = walk(600, 'trend');
    const [a, b] = [noise(600, 'a'), noise(600, 'b')];
    const { ranks, vectors, eigenvalues } = johansen([trend, trend.map((value, t) => 2 * value + a[t]), trend.map((value, t) => b[t] - value)]);
    const exceeds = ranks.map(({ trace, traceCritical }) => trace > (traceCritical?.[2] ?? Number.POSITIVE_INFINITY));
    expect(exceeds).toEqual([true, true, false]);
    expect(eigenvalues.every((value, i) => value > 0 && value < 1 && (i === 0 || value <= eigenvalues[i - 1]))).toBe(true);
    expect(augmentedDickeyFuller(trend.map((value, t) => vectors[0][0] * value + vectors[0][1] * (2 * value + a[t]) + vectors[0][2] * (b[t] - value))).pValue).toBeLessThan(0.01);
  });

  it('refuses missing values, unequal lengths and more lags than rows', () => {
    const x = noise(40, 'bad');
    expect(() => augmentedDickeyFuller(Float64Array.of(1, Number.NaN, 2))).toThrow(/finite in every row/);
    expect(() => engleGranger(x, [x.subarray(1)])).toThrow(/length of x/);
    expect(() => augmentedDickeyFuller(x, { lags: 30 })).toThrow(/lags must be a whole number from 0 to/);
    expect(() => johansen([x, x])).toThrow(/exact combinations/);
  });
});

describe('reversion and memory', () => {
  it('has the half-life of a planted reversion in both forms', () => {
    const y = Float64Array.from({ length: 40 }, (_, t) => 0.9 ** t);
    expect(halfLife(y).value).toBeCloseTo(Math.LN2 / 0.1, 9);
    expect(halfLife(y, { form: 'autoregressive' }).value).toBeCloseTo(Math.log(0.5) / Math.log(0.9), 9);
    expect(halfLife(Float64Array.from({ length: 40 }, (_, t) => 1.1 ** t))).toMatchObject({ value: null, reason: expect.stringContaining('does not revert') });
    expect(halfLife(new Float64Array(10))).toMatchObject({ value: null });
  });

  it('puts a random walk’s exponent at a half, and corrects R/S of noise to a half', () => {
    expect(hurstLaggedDifferences(walk(20_000, 'long')).value).toBeCloseTo(0.5, 1);
    const blockSizes = [16, 32, 64, 128, 256, 512];
    expect(hurstRescaledRange(noise(8192, 'rs'), { blockSizes, correction: 'ratio' }).value).toBeCloseTo(0.5, 1);
    expect(expectedRescaledRange(340)).toBeCloseTo(expectedRescaledRange(341), 0);
  });

  it('gives no exponent without variance', () => {
    const flat = new Float64Array(100).fill(4);
    expect([hurstSimple(flat).value, hurstRescaledRange(flat, { blockSizes: [10, 20, 50] }).value, hurstLaggedDifferences(flat).value]).toEqual([null, null, null]);
  });

  it('follows a hedge ratio that moves, and reads no later row', () => {
    fc.assert(fc.property(fc.integer({ min: 20, max: 200 }), (cut) => {
      const x = walk(200, 'k').map((value) => value + 50);
      const y = x.map((value, t) => (1 + t / 200) * value);
      const [whole, part] = [kalmanHedge(y, x), kalmanHedge(y.subarray(0, cut), x.subarray(0, cut))];
      expect(whole.hedgeRatio[199]).toBeCloseTo(2, 0);
      expect(Array.from(whole.error.subarray(0, cut))).toEqual(Array.from(part.error));
    }), { numRuns: 10 });
  });
});
