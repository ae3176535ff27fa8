import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../engine/index.ts';
import {
  annualVolatility, backtestingPyStatistics, conditionalValueAtRisk, createMetricsScratch, drawdowns, durationOf, kurtosisExcess, maxDrawdown, type Metrics, omega,
  quantile, sharpe, skewness, sortino, summarise, type SummaryInput, tailRatio, ulcerIndex, wealthOf,
} from '../../../engine/metrics/index.ts';
import { TradeLog } from '../../../engine/simulate/index.ts';

const WATERFALL = { grossQuote: 0, feesQuote: -3, spreadQuote: -1, slippageQuote: -2, fundingQuote: 0.5, borrowQuote: -0.25, liquidationFeesQuote: 0, shortfallQuote: 0, netQuote: 0 };

function inputOf(equity: readonly number[], more: Partial<SummaryInput> = {}): SummaryInput {
  return {
    equity: Float64Array.from(equity),
    openTimeMs: Float64Array.from(equity, (_, t) => t * DAY_MS),
    timeframeMs: DAY_MS,
    barsPerYear: 365,
    heldBars: 0,
    trades: new TradeLog(),
    tradedNotionalQuote: 0,
    waterfall: WATERFALL,
    ambiguousBars: 0,
    liquidations: 0,
    ruinedAtBar: -1,
    ...more,
  };
}

function metricsOf(equity: readonly number[], more: Partial<SummaryInput> = {}): Metrics {
  return summarise(inputOf(equity, more), createMetricsScratch()).metrics;
}

const curve = fc.array(fc.double({ min: -0.2, max: 0.25, noNaN: true }), { minLength: 5, maxLength: 300 }).map((returns) => wealthOf(returns).map((w) => 1000 * w));

describe('the figures of a run', () => {
  it('are what a hand computes for a short curve', () => {
    const m = metricsOf([100, 110, 99, 121]);
    expect(m.totalReturn).toBeCloseTo(0.21, 12);
    expect(m.maxDrawdown).toBeCloseTo(-0.1, 12);
    expect(m.maxDrawdownBars).toBe(2);
    expect(m.ulcerIndex).toBeCloseTo(0.05, 12);
    expect(m.finalEquity).toBe(121);
    expect([m.feesQuote, m.spreadQuote, m.slippageQuote, m.fundingQuote]).toEqual([3, 1, 2, 0.25]);
  });

  it('break even where fee, spread and slippage take all that the rest of the waterfall earned', () => {
    const money = { grossQuote: 50, feesQuote: -20, spreadQuote: -4, slippageQuote: -6, fundingQuote: -10, borrowQuote: 0, liquidationFeesQuote: 0, shortfallQuote: 0, netQuote: 10 };
    expect(metricsOf([100, 110], { waterfall: money, tradedNotionalQuote: 20_000 }).breakEvenCostBps).toBeCloseTo(20, 12);
    expect(metricsOf([100, 110], { waterfall: { ...money, fundingQuote: 0, netQuote: 20 }, tradedNotionalQuote: 20_000 }).breakEvenCostBps).toBeCloseTo(25, 12);
    expect(metricsOf([100, 110], { waterfall: { ...money, grossQuote: -50, netQuote: -90 }, tradedNotionalQuote: 20_000 }).breakEvenCostBps).toBeCloseTo(-30, 12);
    const { metrics, reasons } = summarise(inputOf([100, 100]), createMetricsScratch());
    expect([metrics.breakEvenCostBps, reasons.breakEvenCostBps]).toEqual([null, 'nothing traded']);
  });

  it('agree with the free functions on any curve', () => {
    fc.assert(
      fc.property(curve, (equity) => {
        const m = metricsOf(equity);
        const returns = equity.slice(1).map((value, t) => value / equity[t] - 1);
        const near = (a: number | null, b: number | null): void => {
          if (a === null || b === null) expect(a).toBe(b);
          else expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));
        };
        near(m.sharpeAnn, sharpe(returns, 365));
        near(m.sortinoAnn, sortino(returns, 0, 365));
        near(m.maxDrawdown, maxDrawdown(equity));
        near(m.ulcerIndex, ulcerIndex(equity));
        near(m.volatilityAnn, annualVolatility(returns, 365));
        near(m.omega, omega(returns, 0));
        near(m.skewness, skewness(returns));
        near(m.kurtosisExcess, kurtosisExcess(returns));
        near(m.tailRatio, tailRatio(returns));
        near(m.conditionalValueAtRisk95, conditionalValueAtRisk(returns));
        expect(m.maxDrawdownBars).toBe(Math.max(0, ...drawdowns(equity).map((fall) => durationOf(fall, equity.length))));
        near(m.valueAtRisk95, quantile(returns, 0.05));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('do not depend on the unit of money', () => {
    fc.assert(
      fc.property(curve, (equity) => {
        const a = metricsOf(equity);
        const b = metricsOf(equity.map((value) => 1024 * value));
        expect([b.sharpeAnn, b.maxDrawdown, b.totalReturn, b.omega]).toEqual([a.sharpeAnn, a.maxDrawdown, a.totalReturn, a.omega]);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it('are null with a reason, never infinite, where they are not defined', () => {
    const { metrics, reasons } = summarise(inputOf([100, 100, 100]), createMetricsScratch());
    expect(metrics).toMatchObject({ sharpeAnn: null, sortinoAnn: null, calmar: null, cagr: null, winRate: null, volatilityAnn: 0, maxDrawdown: 0 });
    expect(reasons).toMatchObject({ sharpeAnn: 'equity does not vary', sortinoAnn: 'no losing bar', cagr: 'shorter than 90 days', winRate: 'no closed trade' });
    for (const [name, value] of Object.entries(metrics)) {
      expect(value === null || Number.isFinite(value), name).toBe(true);
      if (value === null) expect(reasons, name).toHaveProperty(name);
    }
  });

  it('treat a constant growth as no spread, although its returns differ in the last bit', () => {
    const equity = Array.from({ length: 200 }, (_, t) => 100 * 1.001 ** t);
    expect(metricsOf(equity).sharpeAnn).toBeNull();
  });

  it('keep only what is certain of a ruined account', () => {
    const { metrics, reasons } = summarise(inputOf([100, 50, 0, 0], { ruinedAtBar: 2 }), createMetricsScratch());
    expect(metrics).toMatchObject({ totalReturn: -1, maxDrawdown: -1, finalEquity: 0, sharpeAnn: null, cagr: null });
    expect(reasons.sharpeAnn).toBe('ruined at 1970-01-03T00:00:00Z');
  });

  it('say how many returns a moment lacks', () => {
    const { reasons } = summarise(inputOf([100, 110]), createMetricsScratch());
    expect(reasons).toMatchObject({ sharpeAnn: 'fewer than two returns', volatilityAnn: 'fewer than two returns', skewness: 'fewer than three returns', kurtosisExcess: 'fewer than four returns' });
  });

  it('do not depend on what the scratch held before', () => {
    const scratch = createMetricsScratch();
    const long = inputOf(Array.from({ length: 300 }, (_, t) => 100 + ((t * 37) % 11)));
    const short = inputOf([100, 110, 99, 121, 90, 95]);
    const fresh = [long, short].map((one) => summarise(one, createMetricsScratch()));
    expect([long, short, long, short].map((one) => summarise(one, scratch))).toEqual([...fresh, ...fresh]);
  });

  it('state growth a year from 90 days on, by the calendar', () => {
    const days = (n: number): number[] => Array.from({ length: n + 1 }, (_, t) => (t === n ? 110 : 100 - (t % 2)));
    expect(summarise(inputOf(days(89)), createMetricsScratch()).reasons).toMatchObject({ cagr: 'shorter than 90 days', calmar: 'shorter than 90 days' });
    expect(metricsOf(days(90)).cagr).toBeCloseTo(1.1 ** (365.25 / 90) - 1, 12);
  });

  it('count trades net of costs, and what is traded against mean equity', () => {
    const trades = new TradeLog();
    for (const [entryBar, exitBar, pnlQuote, returnFrac] of [[0, 2, 10, 0.1], [2, 3, -4, -0.04], [3, 5, 0, 0]]) {
      trades.append([1, entryBar, exitBar, 1, 1, 1, pnlQuote, returnFrac, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
    const m = metricsOf([100, 104, 110, 106, 106, 106], { trades, heldBars: 3, tradedNotionalQuote: 632 });
    expect(m).toMatchObject({ trades: 3, profitFactor: 2.5, expectancyQuote: 2, exposure: 0.5 });
    expect(m.winRate).toBeCloseTo(1 / 3, 12);
    expect(m.expectancyFrac).toBeCloseTo(0.02, 12);
    expect(m.avgTradeBars).toBeCloseTo(5 / 3, 12);
    expect(m.turnover).toBeCloseTo((6 / 5) * 365.25, 9);
  });

  it('are empty for an empty curve', () => {
    expect(metricsOf([]).totalReturn).toBeNull();
    expect(metricsOf([100]).sharpeAnn).toBeNull();
  });
});

describe('backtesting.py’s statistics', () => {
  it('say of no trade that there was none', () => {
    const stats = backtestingPyStatistics({ equity: [100, 101, 102], close: [1, 1.1, 1.2], openTimeMs: [0, DAY_MS, 2 * DAY_MS], trades: [], firstBar: 0 });
    expect(stats['# Trades']).toBe(0);
    expect(stats['Exposure Time [%]']).toBe(0);
  });
});
