import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as m from '../../../engine/metrics/index.ts';

/** Returns on a grid, so that equal figures are equal within rounding and not by luck. */
const returnsOf = (minLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: -3000, max: 3500 }).map((bps) => bps / 10_000), { minLength, maxLength: 120 });
const runs = { numRuns: 300, seed: 11 };

function expectNear(a: number | null, b: number | null, tolerance = 1e-9): void {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b)));
}

describe('on any returns', () => {
  it('the deepest drawdown is in [−1, 0] and no shallower than the final loss', () => {
    fc.assert(fc.property(returnsOf(1), (returns) => {
      const deepest = m.maxDrawdown(m.wealthOf(returns)) as number;
      expect(deepest).toBeGreaterThanOrEqual(-1);
      expect(deepest).toBeLessThanOrEqual(Math.min(0, m.totalReturn(returns) as number) + 1e-12);
    }), runs);
  });

  it('the order decides drawdowns only', () => {
    fc.assert(fc.property(returnsOf(2), (returns) => {
      const reversed = returns.toReversed();
      for (const figure of [
        (r: number[]) => m.annualVolatility(r, 252), (r: number[]) => m.sharpe(r, 252), (r: number[]) => m.sortino(r, 0, 252), (r: number[]) => m.omega(r, 0),
        (r: number[]) => m.skewness(r), (r: number[]) => m.kurtosisExcess(r), m.totalReturn, m.tailRatio,
      ]) expectNear(figure(reversed), figure(returns), 1e-7);
      expect(m.conditionalValueAtRisk(reversed)).toBeCloseTo(m.conditionalValueAtRisk(returns) as number, 12);
    }), runs);
  });

  it('a leveraged copy keeps its ratios and scales its deviations', () => {
    fc.assert(fc.property(returnsOf(3), (returns) => {
      const twice = returns.map((r) => 2 * r);
      expectNear(m.sharpe(twice, 252), m.sharpe(returns, 252));
      expectNear(m.omega(twice, 0), m.omega(returns, 0));
      expectNear(m.skewness(twice), m.skewness(returns));
      expectNear(m.annualVolatility(twice, 252), 2 * (m.annualVolatility(returns, 252) as number));
    }), runs);
  });

  it('the tail mean is no better than the quantile, and the quantile rises with its probability', () => {
    fc.assert(fc.property(returnsOf(1), fc.integer({ min: 1, max: 99 }), (returns, percent) => {
      const low = m.valueAtRisk(returns, percent / 100) as number;
      expect(m.conditionalValueAtRisk(returns, percent / 100)).toBeLessThanOrEqual(low + 1e-12);
      expect(m.valueAtRisk(returns, percent / 100 + 0.01)).toBeGreaterThanOrEqual(low);
    }), runs);
  });

  it('beta and alpha of a + b·benchmark are b and a', () => {
    fc.assert(fc.property(returnsOf(3), fc.integer({ min: -20, max: 20 }), (benchmark, tenths) => {
      const own = benchmark.map((r) => 0.001 + (tenths / 10) * r);
      if (m.beta(own, benchmark) === null) return;
      expectNear(m.beta(own, benchmark), tenths / 10);
      expectNear(m.alpha(own, benchmark, 252), 0.252);
    }), runs);
  });

  it('falls do not overlap, and each lies between its peak and its recovery', () => {
    fc.assert(fc.property(returnsOf(1), (returns) => {
      const curve = m.wealthOf(returns);
      let free = 0;
      for (const { peak, trough, recovery, depth } of m.drawdowns(curve)) {
        expect(peak).toBeGreaterThanOrEqual(free);
        expect(trough).toBeGreaterThan(peak);
        expect(depth).toBeLessThan(0);
        if (recovery !== null) expect(curve[recovery]).toBeGreaterThanOrEqual(curve[peak]);
        free = recovery ?? curve.length;
      }
    }), runs);
  });
});

describe('on any profits', () => {
  it('the unit of money changes no ratio', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 60 }), (pnl) => {
      const [a, b] = [pnl, pnl.map((profit) => 8 * profit)].map(m.tradeSums);
      expect([m.profitFactor(b), m.winRate(b), m.kellyOfTrades(b), m.systemQuality(b)]).toEqual([m.profitFactor(a), m.winRate(a), m.kellyOfTrades(a), m.systemQuality(a)]);
    }), runs);
  });
});
