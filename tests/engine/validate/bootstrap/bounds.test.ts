import { describe, expect, it } from 'vitest';
import {
  bootstrapFigures, cagrByPeriods, drawStream, indicesOfBlocks, maxDrawdown, percentileBounds, quantile, sharpe, sharpeInference, stationaryBlocks, wealthOf,
} from '../../../../engine/index.ts';
import { normals } from '../../../support/market-of-returns.ts';

const OPTIONS = { draws: 200, meanBlock: 6, seed: 11, periodsPerYear: 365 };

describe('bootstrap figures', () => {
  it('are those of the drawn returns, one by one', () => {
    const returns = normals(120, 5, { mean: 0.001 });
    const drawn = bootstrapFigures(returns, OPTIONS);
    const [starts, lengths, rows] = [new Int32Array(120), new Int32Array(120), new Int32Array(120)];
    for (let b = 0; b < OPTIONS.draws; b += 17) {
      indicesOfBlocks(starts, lengths, stationaryBlocks(drawStream(OPTIONS.seed, b), 120, OPTIONS.meanBlock, starts, lengths), 120, rows);
      const sample = [...rows].map((row) => returns[row]);
      expect(drawn.sharpeAnn[b]).toBeCloseTo(sharpe(sample, 365) as number, 9);
      expect(drawn.cagr[b]).toBeCloseTo(cagrByPeriods(sample, 365) as number, 9);
      expect(drawn.maxDrawdown[b]).toBeCloseTo(maxDrawdown(wealthOf(sample)) as number, 12);
    }
  });

  it('have no Sharpe ratio in a draw without spread, however small the rounding of its sums', () => {
    const { sharpeAnn, cagr } = bootstrapFigures(new Float64Array(300).fill(0.001), OPTIONS);
    expect(new Set(sharpeAnn)).toEqual(new Set([-Infinity]));
    expect(cagr[0]).toBeCloseTo(1.001 ** 365 - 1, 9);
  });

  it('stay at nothing once an account has lost everything', () => {
    const { cagr, maxDrawdown: deepest } = bootstrapFigures(Float64Array.of(0.1, -1.5, 0.1, -1.5, 0.2, 0.1), { ...OPTIONS, meanBlock: 3 });
    expect(deepest.every((fall) => fall >= -1)).toBe(true);
    expect(cagr.every((growth) => growth >= -1)).toBe(true);
  });

  it('need draws', () => {
    expect(() => bootstrapFigures(normals(10, 1), { ...OPTIONS, draws: 0 })).toThrow('draws must be a whole number above 0');
  });
});

describe('percentile bounds', () => {
  it('are type-7 quantiles of the draws', () => {
    const draws = normals(1001, 3);
    expect(percentileBounds(1, draws)).toEqual({ estimate: 1, lower95: quantile(draws, 0.05), lower99: quantile(draws, 0.01), upper95: quantile(draws, 0.95) });
  });

  it('do not exist where they fall on draws without a value', () => {
    expect(percentileBounds(null, Float64Array.of(-Infinity, -Infinity, 1, 2, 3))).toEqual({ estimate: null, lower95: null, lower99: null, upper95: expect.closeTo(2.8, 12) });
  });
});

describe('Sharpe inference of a curve', () => {
  it('is the same for the same seed, and its bounds hold the estimate between them', () => {
    const returns = normals(500, 8, { mean: 0.001 });
    const inference = sharpeInference(returns, 365, { seed: 4, draws: 1000 });
    expect(sharpeInference(returns, 365, { seed: 4, draws: 1000 })).toEqual(inference);
    const { estimate, lower95, lower99, upper95 } = inference.bootstrap.sharpeAnn;
    expect([lower99, lower95, estimate, upper95]).toEqual([lower99, lower95, estimate, upper95].toSorted((a, b) => (a as number) - (b as number)));
    expect(estimate).toBe(inference.sharpeAnn);
    expect(((estimate as number) - (lower95 as number)) / (1.645 * (inference.standardErrorAnn as number))).toBeCloseTo(1, 0);
  });

  it.each([['no return', []], ['one return', [0.01]], ['a flat curve', [0, 0, 0, 0]], ['a constant return', Array.from({ length: 400 }, () => 0.001)]])('of %s has no figure, only reasons to have none', (_name, returns) => {
    const { sharpe: ratio, sharpeAnn, standardErrorAnn, psr, psrNullVariance, minTrackRecordYears, skewness, autocorrelation1, bootstrap } = sharpeInference(Float64Array.from(returns), 365, { seed: 1, draws: 50 });
    expect([ratio, sharpeAnn, standardErrorAnn, psr, psrNullVariance, minTrackRecordYears, skewness, autocorrelation1]).toEqual(Array.from({ length: 8 }, () => null));
    expect(bootstrap.sharpeAnn).toEqual({ estimate: null, lower95: null, lower99: null, upper95: null });
  });

  it('has no track record to need for a losing curve', () => {
    const { psr, minTrackRecordYears } = sharpeInference(normals(300, 6, { mean: -0.003 }), 365, { seed: 1, draws: 50 });
    expect(psr).toBeLessThan(0.5);
    expect(minTrackRecordYears).toBeNull();
  });
});
