import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  autocorrelation1, autocorrelationAdjustedSharpe, deflatedSharpe, effectiveTrials, exactExpectedMaximum, expectedMaximum, minBacktestYears, minBacktestYearsBound, minTrackRecord,
  probabilisticSharpe, type SharpeMoments, sharpeStandardError,
} from '../../../../engine/index.ts';

const SEED = { seed: 7 };
const NORMAL = { skewness: 0, kurtosis: 3 };
/** Moments that some series has: kurtosis ≥ skewness² + 1. */
const moments = fc
  .record({ sharpe: fc.double({ min: -0.5, max: 0.5, noNaN: true }), observations: fc.integer({ min: 3, max: 5000 }), skewness: fc.double({ min: -3, max: 3, noNaN: true }), more: fc.double({ min: 0.1, max: 30, noNaN: true }) })
  .map(({ more, ...rest }): SharpeMoments => ({ ...rest, kurtosis: rest.skewness ** 2 + 1 + more }));

describe('the probabilistic Sharpe ratio', () => {
  it('is one half where the ratio is the benchmark, and rises with it', () => {
    fc.assert(fc.property(moments, fc.double({ min: 0.001, max: 0.3, noNaN: true }), (m, step) => {
      expect(probabilisticSharpe(m, m.sharpe)).toBeCloseTo(0.5, 12);
      expect(probabilisticSharpe(m, m.sharpe - step) as number).toBeGreaterThan(0.5);
      expect(probabilisticSharpe(m, m.sharpe - step, 'null') as number).toBeGreaterThan(0.5);
    }), SEED);
  });

  it('is that of the z-test for a normal at a ratio near zero', () => {
    expect(probabilisticSharpe({ sharpe: 0.05, observations: 1001, ...NORMAL }) as number).toBeCloseTo(0.9431, 3); // Φ(0.05·√1000 = 1.5811)
  });

  it('trusts losses of a fat left tail less than gains of a fat right one', () => {
    const at = (skewness: number): number => probabilisticSharpe({ sharpe: 0.1, observations: 250, skewness, kurtosis: 10 }) as number;
    expect(at(-2)).toBeLessThan(at(0));
    expect(at(0)).toBeLessThan(at(2));
  });

  it('does not exist where moments that no series has make the variance negative, or below two observations', () => {
    const impossible = { sharpe: 0.5, observations: 100, skewness: 5, kurtosis: 3 };
    expect([probabilisticSharpe(impossible), sharpeStandardError(impossible), minTrackRecord(impossible), deflatedSharpe(impossible, 10, 0.01).dsr]).toEqual([null, null, null, null]);
    expect(probabilisticSharpe({ sharpe: 1, observations: 1, ...NORMAL })).toBeNull();
  });
});

describe('the minimum track record', () => {
  it('is the length at which the probability reaches the confidence, in both forms', () => {
    fc.assert(fc.property(moments, fc.constantFrom('observed', 'null'), (m, form) => {
      fc.pre(m.sharpe > 0.01);
      const observations = minTrackRecord(m, { confidence: 0.9, form }) as number;
      expect(probabilisticSharpe({ ...m, observations }, 0, form)).toBeCloseTo(0.9, 9);
    }), SEED);
  });

  it('is 13.03 for the 2025 example, and none for a ratio that is not above the benchmark', () => {
    expect(minTrackRecord({ sharpe: 0.45569620253164556, skewness: -2.448, kurtosis: 10.164 }, { form: 'null' })).toBeCloseTo(13.03, 2);
    expect(minTrackRecord({ sharpe: 0.1, ...NORMAL }, { benchmarkSharpe: 0.1 })).toBeNull();
  });
});

describe('the expected best of many', () => {
  it.each([[2, 1 / Math.sqrt(Math.PI)], [3, 1.5 / Math.sqrt(Math.PI)], [100, 2.507594], [1000, 3.241436]])('of %d standard normals is known', (trials, expected) => {
    expect(exactExpectedMaximum(trials)).toBeCloseTo(expected, 6);
  });

  it('is 0 of one, and by the formula within 0.05 of the exact one from two on', () => {
    expect([expectedMaximum(1), exactExpectedMaximum(1)]).toEqual([0, expect.closeTo(0, 12)]);
    for (const trials of [2, 46, 1e6]) expect(Math.abs(expectedMaximum(trials) - exactExpectedMaximum(trials))).toBeLessThan(0.05);
    expect(expectedMaximum(100)).toBeCloseTo(2.530603, 6);
    expect(() => expectedMaximum(0)).toThrow('trials must be at least 1');
  });

  it('deflates: the paper’s example passes at 46 trials and fails at 100', () => {
    const sample = { sharpe: 2.5 / Math.sqrt(250), observations: 1250, skewness: -3, kurtosis: 10 };
    expect(deflatedSharpe(sample, 100, 0.5 / 250)).toEqual({ benchmark: expect.closeTo(0.1132, 4), dsr: expect.closeTo(0.9004, 4) });
    expect(deflatedSharpe(sample, 46, 0.5 / 250).dsr).toBeCloseTo(0.9505, 4);
    expect(deflatedSharpe(sample, 1, 0.5 / 250).dsr).toBe(probabilisticSharpe(sample));
  });

  it('needs the years in which luck shows the target, under their bound', () => {
    expect(minBacktestYears(45, 1)).toBeCloseTo(4.998, 3);
    for (const trials of [2, 10, 100, 1e5]) expect(minBacktestYears(trials, 1) as number).toBeLessThan(minBacktestYearsBound(trials, 1) as number);
    expect([minBacktestYears(45, 0), minBacktestYearsBound(45, -1)]).toEqual([null, null]);
  });

  it('counts correlated trials as fewer', () => {
    expect([effectiveTrials(100, 0), effectiveTrials(100, 1), effectiveTrials(100, 0.5)]).toEqual([100, 1, 50.5]);
  });
});

describe('autocorrelation', () => {
  it('lowers the annual ratio where it is positive and leaves it at zero', () => {
    expect(autocorrelationAdjustedSharpe(2, 0, 252)).toBe(2);
    expect(autocorrelationAdjustedSharpe(1, 0.1, 12)).toBeCloseTo(0.912245, 6);
    expect(autocorrelationAdjustedSharpe(1, -0.1, 252) as number).toBeGreaterThan(1);
    expect([autocorrelationAdjustedSharpe(1, 1, 252), autocorrelationAdjustedSharpe(1, -1, 252)]).toEqual([null, null]);
  });

  it('is measured about the common mean, and not of a constant', () => {
    expect(autocorrelation1([1, 2, 3, 4])).toBeCloseTo(0.25, 12); // (1.5·0.5 − 0.25 + 0.75) ÷ 5
    expect([autocorrelation1([2, 2, 2]), autocorrelation1([]), autocorrelation1([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])]).toEqual([null, null, null]);
  });
});
