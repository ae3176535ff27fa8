import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../apps/conformance/case.ts';
import { runReturnMetricCase } from '../../../apps/conformance/return-metrics.ts';
import { appraisalRatio, famaBeta, kappa, mSquared, skewnessKurtosisRatio, systematicRisk, totalRisk, volatilitySkewness } from '../../../engine/index.ts';

const golden = JSON.parse(readFileSync(new URL('../../golden/return-metrics.json', import.meta.url), 'utf8')) as ConformanceFile;
const { portfolio, benchmark } = (golden.datasets as Record<string, Record<string, number[]>>).bacon;

/** Figures that PerformanceAnalytics prints for Bacon's portfolio. */
describe('ratios of Bacon’s book', () => {
  it('agree with the figures that PerformanceAnalytics states', () => {
    expect(kappa(portfolio, 0.005, 2)).toBeCloseTo(0.157, 3);
    expect(kappa(portfolio, 0.005, 1)).toBeCloseTo(0.29, 2);
    expect(famaBeta(portfolio, benchmark)).toBeCloseTo(1.03, 2);
    expect(appraisalRatio(portfolio, benchmark, 12)).toBeCloseTo(-0.43, 2);
    expect(skewnessKurtosisRatio(portfolio)).toBeCloseTo(-0.034, 3);
    expect(volatilitySkewness(portfolio, 0.005)).toBeCloseTo(1.32, 2);
    expect(totalRisk(portfolio, benchmark, 12)).toBeCloseTo(0.134, 3);
    expect(systematicRisk(portfolio, benchmark, 12)).toBeCloseTo(0.13, 3);
    expect(mSquared(portfolio, benchmark, 12)).toBeCloseTo(0.10062, 5);
  });

  it('have no value without returns, spread or shortfall', () => {
    for (const returns of [[], [0.01], [0.02, 0.02, 0.02]]) {
      expect([kappa(returns, 0, 2), skewnessKurtosisRatio(returns), volatilitySkewness(returns, 0), famaBeta(returns, returns), totalRisk(returns, returns, 12)]).toEqual([null, null, null, null, null]);
      expect([mSquared(returns, returns, 12), appraisalRatio(returns, returns, 12), systematicRisk(returns, returns, 12)]).toEqual([null, null, null]);
    }
  });
});

describe('a metric in another project’s words', () => {
  const got = (metric: string, inputs: Record<string, unknown>): unknown => (runReturnMetricCase({ id: 'x', metric, inputs, expected: 0 }, golden.datasets ?? {}) as { got: unknown }).got;
  const returns = [0.01, -0.02, 0.03, 0.005, -0.01];

  it.each([
    ['sharpe_ratio', 'sharpe'], ['annual_return', 'cagr'], ['cum_returns_final', 'total_return'], ['Sortino Ratio', 'sortino'], ['max_dd', 'max_drawdown'], ['BernardoLedoitRatio', 'bernardo_ledoit'],
    ['downside_risk', 'downside_deviation'], ['cvar', 'conditional_value_at_risk'], ['kurtosis', 'kurtosis_sample_excess'], ['omega_ratio', 'omega'], ['calmar_ratio', 'calmar'], ['upi', 'ulcer_performance_index'],
  ])('%s is %s', (theirs, ours) => {
    const inputs = { returns, periods_per_year: 252, threshold_per_period: 0 };
    expect(got(ours, inputs)).toEqual(expect.any(Number));
    expect(got(theirs, inputs)).toBe(got(ours, inputs));
  });

  it('may state the period by name and the tail by confidence', () => {
    expect(got('sharpe', { returns, period: 'monthly' })).toBe(got('sharpe', { returns, periods_per_year: 12 }));
    expect(got('value_at_risk', { returns, confidence: 0.95 })).toBeCloseTo(got('value_at_risk', { returns, cutoff: 0.05 }) as number, 12);
    expect(got('max_drawdown_duration', { returns: [0.1, -0.1, 0.05, 0.1] })).toBe(3);
    expect(got('expectancy', { trade_pnl: [10, -4, 6] })).toBe(4);
    expect(got('payoff_ratio', { trade_pnl: [10, -4, 6] })).toBe(2);
    expect(got('exposure', { positions: [0, 1, 1, 0] })).toBe(0.5);
  });

  it('has a number, a list or no value for every edge, never a NaN or an infinity', () => {
    const edges = [[], [0.01], [0, 0, 0, 0], [0.01, 0.01, 0.01, 0.01], [-0.01, -0.02, -0.03, -0.01], [null, 0.01, 0.02, -0.01], [null, null, null, null], [0.1, -1, 0.2, 0]];
    const metrics = ['total_return', 'cagr', 'annual_volatility', 'sharpe', 'sortino', 'calmar', 'omega', 'max_drawdown', 'max_drawdown_duration', 'ulcer_index', 'tail_ratio', 'value_at_risk', 'cvar', 'skew', 'kurtosis', 'stability', 'alpha_beta', 'information_ratio', 'capture_ratio', 'treynor_ratio', 'kappa', 'total_risk'];
    for (const metric of metrics) {
      for (const edge of edges) {
        const figure = [got(metric, { returns: edge, benchmark: edge.map(() => 0.01), threshold_per_period: 0 })].flat();
        expect(figure.every((value) => value === null || Number.isFinite(value)), `${metric} of ${JSON.stringify(edge)}: ${JSON.stringify(figure)}`).toBe(true);
      }
    }
  });
});
