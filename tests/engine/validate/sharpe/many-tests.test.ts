import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustPValues, haircutSharpe, P_ADJUSTMENTS, studentTail, studentUpperQuantile } from '../../../../engine/index.ts';

const SEED = { seed: 7 };
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('adjusted p-values', () => {
  it('are not below the plain ones, at most 1, and keep their order', () => {
    fc.assert(fc.property(pValues, fc.constantFrom(...P_ADJUSTMENTS), (p, method) => {
      const adjusted = adjustPValues(p, method);
      adjusted.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(p[i] * (1 - 1e-12));
        expect(value).toBeLessThanOrEqual(1);
        p.forEach((other, j) => other > p[i] && expect(adjusted[j]).toBeGreaterThanOrEqual(value * (1 - 1e-12)));
      });
    }), SEED);
  });

  it('do not depend on the order in which they are given', () => {
    fc.assert(fc.property(pValues, fc.constantFrom(...P_ADJUSTMENTS), (p, method) => {
      expect(adjustPValues([...p].reverse(), method).reverse()).toEqual(adjustPValues(p, method));
    }), SEED);
  });

  it('rank: Benjamini–Hochberg ≤ Holm ≤ Bonferroni, Šidák ≤ Bonferroni', () => {
    fc.assert(fc.property(pValues, (p) => {
      const [bh, holm, bonferroni, sidak] = (['benjamini-hochberg', 'holm', 'bonferroni', 'sidak'] as const).map((method) => adjustPValues(p, method));
      p.forEach((_, i) => {
        expect(bh[i]).toBeLessThanOrEqual(holm[i] + 1e-12);
        expect(holm[i]).toBeLessThanOrEqual(bonferroni[i]);
        expect(sidak[i]).toBeLessThanOrEqual(bonferroni[i] + 1e-12);
      });
    }), SEED);
  });

  it('keep the digits of tiny ones, and are none of none', () => {
    expect(adjustPValues([1e-30], 'sidak', 1000)[0]).toBeCloseTo(1e-27, 38);
    expect(P_ADJUSTMENTS.map((method) => adjustPValues([], method))).toEqual(P_ADJUSTMENTS.map(() => []));
  });
});

describe('the haircut', () => {
  it('is half of a ratio like Harvey and Liu’s, and none without a search', () => {
    expect(haircutSharpe(0.75, 240, 200, 'independent', 'normal')).toMatchObject({ pSingle: expect.closeTo(0.0008, 4), pMultiple: expect.closeTo(0.147, 3), sharpeAnn: expect.closeTo(0.324, 3) });
    expect(haircutSharpe(1, 120, 1)).toMatchObject({ sharpeAnn: expect.closeTo(1, 10), haircut: expect.closeTo(0, 10) });
  });

  it('grows with the trials up to the whole ratio, and the independent one is the smaller', () => {
    const left = (trials: number, method?: 'bonferroni' | 'independent'): number => haircutSharpe(1, 120, trials, method)?.sharpeAnn ?? Number.NaN;
    expect(left(10)).toBeGreaterThan(left(100));
    expect(left(100, 'independent')).toBeGreaterThan(left(100));
    expect(left(100_000)).toBe(0);
  });

  it('leaves most of a ratio whose p-value is beyond the digits of 1 − p', () => {
    const { sharpeAnn, haircut } = haircutSharpe(6, 120, 1000) as { sharpeAnn: number; haircut: number };
    expect(sharpeAnn).toBeGreaterThan(5);
    expect(haircut).toBeGreaterThan(0);
  });

  it('does not exist for a loss or below two months', () => {
    expect([haircutSharpe(0, 120, 10), haircutSharpe(-1, 120, 10), haircutSharpe(1, 1, 10)]).toEqual([null, null, null]);
  });
});

describe('quantiles of Student’s t', () => {
  it.each([[0.025, 10, 2.228139], [0.05, 1, 6.313752], [0.005, 120, 2.617421], [0.5, 5, 0]])('tail %d, %d degrees of freedom: %d', (tail, freedom, t) => {
    expect(studentUpperQuantile(tail, freedom)).toBeCloseTo(t, 6);
  });

  it('undo the tail', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 20, noNaN: true }), fc.integer({ min: 5, max: 300 }), (digits, freedom) => {
      const tail = 0.5 * 10 ** -digits;
      expect(studentTail(studentUpperQuantile(tail, freedom), freedom) / tail).toBeCloseTo(1, 9);
    }), SEED);
  });
});
