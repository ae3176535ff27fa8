import { describe, expect, it } from 'vitest';
import * as m from '../../../engine/metrics/index.ts';

const P = 252;
const CONSTANT = Array.from({ length: 9 }, () => 0.01);
const ZERO = Array.from({ length: 9 }, () => 0);
const NEGATIVE = [0, -0.06, -0.07, -0.01, -0.09, -0.02, -0.06, -0.08, -0.05];
const MISSING = [Number.NaN, 0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1];

/** The equity of returns; none without a return. */
function curveOf(returns: readonly number[]): number[] {
  return returns.length === 0 ? [] : m.wealthOf(returns);
}

/** Every figure of a return series by name. */
const FIGURES: Readonly<Record<string, (r: readonly number[]) => number | null>> = {
  totalReturn: m.totalReturn,
  cagrByPeriods: (r) => m.cagrByPeriods(r, P),
  annualVolatility: (r) => m.annualVolatility(r, P),
  sharpe: (r) => m.sharpe(r, P),
  downsideDeviation: (r) => m.downsideDeviation(r, 0, P),
  upsideDeviation: (r) => m.upsideDeviation(r, 0, P),
  upsidePotential: (r) => m.upsidePotential(r, 0),
  upsidePotentialRatio: (r) => m.upsidePotentialRatio(r, 0),
  upsideFrequency: (r) => m.upsideFrequency(r, 0),
  downsideFrequency: (r) => m.downsideFrequency(r, 0),
  sortino: (r) => m.sortino(r, 0, P),
  omega: (r) => m.omega(r, 0),
  dRatio: m.dRatio,
  meanAbsoluteDeviation: m.meanAbsoluteDeviation,
  stability: m.stability,
  skewness: m.skewness,
  kurtosisExcess: m.kurtosisExcess,
  adjustedSharpe: (r) => m.adjustedSharpe(r, 1),
  calmar: (r) => m.calmar(r, P),
  painIndex: m.painIndex,
  painRatio: (r) => m.painRatio(r, P),
  ulcerIndexOfReturns: m.ulcerIndexOfReturns,
  ulcerPerformanceIndex: (r) => m.ulcerPerformanceIndex(r, P),
  maxDrawdown: (r) => m.maxDrawdown(curveOf(r)),
  ulcerIndex: (r) => m.ulcerIndex(curveOf(r)),
  valueAtRisk: (r) => m.valueAtRisk(r),
  valueAtRiskNormal: (r) => m.valueAtRiskNormal(r),
  conditionalValueAtRisk: (r) => m.conditionalValueAtRisk(r),
  tailRatio: m.tailRatio,
  beta: (r) => m.beta(r, r),
  alpha: (r) => m.alpha(r, r, P),
  alphaCompounded: (r) => m.alpha(r, r, P, 0, 'compounded'),
  jensenAlpha: (r) => m.jensenAlpha(r, r, P),
  specificRisk: (r) => m.specificRisk(r, r, P),
  informationRatio: (r) => m.informationRatio(r, 0, P),
  trackingError: (r) => m.trackingError(r, 0, P),
  treynorRatio: (r) => m.treynorRatio(r, r, P),
  captureRatio: (r) => m.captureRatio(r, r, P),
};

describe('a figure of a series without a value', () => {
  it.each(Object.entries(FIGURES))('%s is null', (_name, figure) => expect(figure([])).toBeNull());
});

describe('a figure is a finite number or null', () => {
  const series = { 'one return': [0.01], 'all zero': ZERO, constant: CONSTANT, 'all negative': NEGATIVE, 'a missing first row': MISSING, 'a total loss': [-1, 0.5], 'wealth below zero': [-1.5, 0.1], 'a great gain in one bar': [50] };
  it.each(Object.entries(series))('of %s', (_name, returns) => {
    for (const [name, figure] of Object.entries(FIGURES)) {
      const value = figure(returns);
      expect(value === null || Number.isFinite(value), `${name} was ${value}`).toBe(true);
    }
  });
});

describe('a series without spread', () => {
  it.each([0.1, 0.01, 1e-5, 1e-9])('growing by %d a bar has a volatility of 0 and no Sharpe ratio, skewness or kurtosis', (rate) => {
    const equity = Array.from({ length: 500 }, (_, t) => 10_000 * (1 + rate) ** t);
    const returns = equity.slice(1).map((value, t) => value / equity[t] - 1);
    expect(m.annualVolatility(returns, P)).toBe(0);
    expect([m.sharpe(returns, P), m.skewness(returns), m.kurtosisExcess(returns)]).toEqual([null, null, null]);
  });

  it('keeps a small one', () => {
    expect(m.sharpe([1e-9, -1e-9, 3e-9], 1)).toBeCloseTo(0.5, 12);
  });

  it('as a benchmark has no beta, and no alpha', () => {
    expect([m.beta(MISSING, CONSTANT), m.alpha(MISSING, CONSTANT, P), m.treynorRatio(MISSING, CONSTANT, P)]).toEqual([null, null, null]);
    expect(m.correlation([0.1, 0.2, 0.3], [0.1, 0.1, 0.1])).toBeNull();
  });

  it('as the difference to a benchmark has a tracking error of 0 and no information ratio', () => {
    const ahead = NEGATIVE.map((r) => r + 0.01);
    expect(m.trackingError(ahead, NEGATIVE, P)).toBe(0);
    expect(m.informationRatio(ahead, NEGATIVE, P)).toBeNull();
  });
});

describe('a missing row', () => {
  it('is left out of moments, counts as a period of growth, and takes its benchmark row with it', () => {
    expect(m.sharpe(MISSING, P)).toBe(m.sharpe(MISSING.slice(1), P));
    expect(m.totalReturn(MISSING)).toBe(m.totalReturn(MISSING.slice(1)));
    expect(m.cagrByPeriods(MISSING, 9)).toBe(m.totalReturn(MISSING));
    expect(m.beta(MISSING, [99, ...MISSING.slice(1)])).toBeCloseTo(1, 12);
  });
});

describe('growth', () => {
  it('is by counted periods or by days, and −1 after a total loss', () => {
    expect(m.cagrByPeriods([0.1, 0.1], 1)).toBeCloseTo(0.1, 12);
    expect(m.cagrByDays(1.21, 730.5)).toBeCloseTo(0.1, 12);
    expect(m.cagrByPeriods([-1, 0.5], P)).toBe(-1);
    expect([m.cagrByDays(1.1, 0), m.cagrByDays(-0.1, 365), m.cagrByPeriods([50], 98_280)]).toEqual([null, null, null]);
  });
});

describe('drawdowns', () => {
  const curve = [100, 90, 100, 100, 95, 80, 99, 100, 110, 108];

  it('run from the last bar at the old peak to the first at or above it', () => {
    expect(m.drawdowns(curve)).toEqual([
      { peak: 0, trough: 1, recovery: 2, depth: 90 / 100 - 1 },
      { peak: 3, trough: 5, recovery: 7, depth: 80 / 100 - 1 },
      { peak: 8, trough: 9, recovery: null, depth: 108 / 110 - 1 },
    ]);
    expect(m.drawdowns(curve).map((fall) => m.durationOf(fall, curve.length))).toEqual([2, 4, 1]);
  });

  it('are listed deepest first, and recoveries leave out the open one', () => {
    expect(m.worstDrawdowns(curve, 2).map(({ peak }) => peak)).toEqual([3, 0]);
    expect(m.longestRecovery(curve)).toBe(4);
    expect(m.longestRecovery([100, 90, 80])).toBe(0);
    expect(m.drawdownsInMoney(curve)).toEqual([10, 20, 2]);
  });

  it('count the start: a series of losses falls by all of its loss', () => {
    expect(m.maxDrawdown(m.wealthOf(NEGATIVE))).toBeCloseTo(m.totalReturn(NEGATIVE) as number, 12);
    expect(m.maxDrawdown(m.wealthOf([0.01]))).toBe(0);
  });

  it('are found in a million bars', () => {
    const curve = Float64Array.from({ length: 1_000_000 }, (_, t) => 100 + (t % 3));
    expect(m.maxDrawdown(curve)).toBe(100 / 102 - 1);
    expect(m.longestRecovery(curve)).toBe(3);
    const stats = m.backtestingPyStatistics({ equity: curve, close: curve, openTimeMs: curve.map((_, t) => t * 86_400_000), trades: [], firstBar: 0 });
    expect([stats['Equity Peak [$]'], stats['Max. Drawdown Duration']]).toEqual([102, 3]);
  });

  it('as pain and ulcer have one point a return', () => {
    expect(m.painIndex([-0.1, 0])).toBeCloseTo(0.1, 12);
    expect(m.ulcerIndexOfReturns([-0.1, 0])).toBeCloseTo(0.1, 12);
    expect(m.ulcerIndex([100, 90, 90])).toBeCloseTo(Math.sqrt(0.02 / 3), 12);
  });
});

describe('tails', () => {
  it('are type-7 quantiles, signed', () => {
    expect(m.quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect([m.quantile([5, 1], 0), m.quantile([5, 1], 1)]).toEqual([1, 5]);
    expect(m.valueAtRisk([1, 81, 82, 83, 84, 85], 0.1)).toBe(41);
    expect(m.tailRatio([0, 0, 0, 1])).toBeNull();
  });

  it('average what is at or below the quantile, ties with it', () => {
    expect(m.conditionalValueAtRisk([-0.3, -0.1, -0.1, 0.2, 0.4], 0.25)).toBeCloseTo(-0.5 / 3, 12);
  });

  it('of a normal are mean + deviation × its quantile', () => {
    expect(m.valueAtRiskNormal([-1, 0, 1])).toBeCloseTo(-1.6448536269514722, 12);
  });
});

describe('trades', () => {
  it('are what a hand computes', () => {
    const sums = m.tradeSums([10, -20, 0, 30, -5]);
    expect([m.winRate(sums), m.profitFactor(sums), sums.mean]).toEqual([0.4, 40 / 25, 3]);
    expect(m.kellyOfTrades(sums)).toBeCloseTo(0.4 - 0.6 / (20 / 12.5), 12);
    expect(m.systemQuality(sums)).toBeCloseTo((Math.sqrt(5) * 3) / Math.sqrt(345), 12);
  });

  it('have no figure without a loser, a winner or a trade', () => {
    const winners = m.tradeSums([1, 2]);
    expect([m.profitFactor(winners), m.kellyOfTrades(winners), m.expectancyRatio([1, 2])]).toEqual([null, null, null]);
    expect(m.profitFactor(m.tradeSums([-1, -2]))).toBe(0);
    expect([m.winRate(m.tradeSums([])), m.sqn([]), m.sqn([5])]).toEqual([null, null, null]);
  });

  it('of one profit have no system quality, whatever the rounding of their mean', () => {
    expect([m.sqn([0.1, 0.1, 0.1]), m.sqn([0.1, 0.1, 0.1], 0)]).toEqual([null, null]);
  });
});
