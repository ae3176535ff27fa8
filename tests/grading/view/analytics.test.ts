import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../datasets/index.ts';
import { type Bars, barsFromColumns, DAY_MS } from '../../../engine/index.ts';
import { actionOf, bandOf, correlations, type GradeRow, gradeSignal, marketMetrics, momentumOf, priceLevels, quantMetrics, scenarioAnalysis, type TraderGrade } from '../../../grading/index.ts';

const daily = (seed: number, bars = 400): Bars => syntheticMarket({ kind: 'noise', seed, bars, timeframeMs: DAY_MS }).bars;

function barsOf(close: readonly number[]): Bars {
  const instrument = { venue: 'v', symbol: 'A/B', kind: 'spot', calendar: '24/7', market: 'continuous' } as const;
  return barsFromColumns({ openTimeMs: close.map((_, t) => t * DAY_MS), open: close, high: close.map((c) => c + 0.5), low: close.map((c) => c - 0.5), close, volume: close.map(() => 1) }, DAY_MS, instrument);
}

describe('labels', () => {
  it('follow the published zones', () => {
    expect([0, 20, 20.5, 40, 60, 61, 80, 80.1, 100].map(bandOf)).toEqual(['crashing', 'crashing', 'losing', 'losing', 'steady', 'gaining', 'gaining', 'surging', 'surging']);
    expect([bandOf(null), gradeSignal(null), momentumOf(null)]).toEqual([null, null, null]);
    expect([10, 50, 90].map(gradeSignal)).toEqual(['Strong Sell', 'Hold', 'Strong Buy']);
    expect([-5, 0.5, 5].map(momentumOf)).toEqual(['Losing Momentum', 'Steady', 'Gaining Momentum']);
  });

  it('say what a holder does', () => {
    const act = (signal: -1 | 0 | 1 | null, before: -1 | 0 | 1, change24h: number | null) => actionOf({ signal, before, change24h });
    expect([act(1, 0, 9), act(1, 1, 6), act(1, 1, 1), act(1, 1, -6), act(0, 1, -9), act(-1, 0, 0), act(0, 0, 9), act(null, 1, 1)]).toEqual(['Buy', 'Add', 'Hold', 'Reduce', 'Exit', 'Exit', 'Hold', null]);
  });
});

describe('figures of a market', () => {
  it('levels are where the price has turned, and lie on their side of it', () => {
    const wave = Array.from({ length: 120 }, (_, t) => 100 + 10 * Math.sin((2 * Math.PI * t) / 24));
    const levels = priceLevels(barsOf(wave));
    const [top] = levels.filter(({ kind }) => kind === 'resistance');
    const [floor] = levels.filter(({ kind }) => kind === 'support');
    expect([top.level, floor.level, top.touches]).toEqual([expect.closeTo(110.5, 0), expect.closeTo(89.5, 0), 5]);
    expect(levels.every(({ strength }) => strength > 0 && strength <= 1)).toBe(true);
    expect(priceLevels(barsOf([1, 2, 3]))).toEqual([]);
  });

  it('a correlation is over common days, and none is said of few', () => {
    const bars = daily(1);
    const market = (symbol: string, own: Bars) => ({ market: { venue: 'v', symbol, timeframeMs: DAY_MS }, bars: own });
    const among = [market('A', bars), market('B', bars), market('C', daily(2)), market('D', barsOf([1, 2, 3]))];
    const [{ others }] = correlations([among[0]], among, 365);
    expect(others.map(({ name }) => name)).toEqual(['v:B', 'v:C']);
    expect(others[0]).toMatchObject({ correlation: expect.closeTo(1, 12), days: 365 });
    expect(Math.abs(others[1].correlation)).toBeLessThan(0.25);
  });

  it('scenarios come from the market’s own days: a driftless one is as likely to rise as to fall', () => {
    const analysis = scenarioAnalysis(daily(3, 2_000), { horizonDays: 30, paths: 2_000, seed: 1 });
    expect(analysis?.scenarios.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(analysis?.probabilityUp).toBeGreaterThan(0.3);
    expect(analysis?.probabilityUp).toBeLessThan(0.7);
    const { q05 = 0, q50 = 0, q95 = 0 } = analysis?.quantiles ?? {};
    expect(q05 < q50 && q50 < q95).toBe(true);
    expect(scenarioAnalysis(daily(3, 20), { horizonDays: 30, paths: 10, seed: 1 })).toBeNull();
  });

  it('metrics are those of the engine over days, undefined ones null', () => {
    const metrics = quantMetrics(barsOf([100, 110, 99, 108.9]));
    expect(metrics).toMatchObject({ days: 3, allTimeReturn: expect.closeTo(0.089, 12), cagr: null, maxDrawdown: expect.closeTo(-0.1, 12), riskRewardRatio: expect.closeTo(1, 12), profitFactor: expect.closeTo(2, 12) });
    expect(quantMetrics(barsOf([100, 110]))).toBeNull();
    expect(quantMetrics(barsOf([100, 100, 100]))).toMatchObject({ sharpe: null, tailRatio: null, profitFactor: null });
  });

  it('a market’s signal is that of its mean grade, and the last one is kept', () => {
    const row = (closeTimeMs: number, traderGrade: number | null, signal: -1 | 0 | 1): GradeRow => ({ seq: 1, tsMs: 1, signalReturn: null, holdReturn: null, value: { timeframeMs: 1, closeTimeMs, traderGrade, signal } as unknown as TraderGrade });
    const metrics = marketMetrics([row(1, 90, 1), row(1, 70, 1), row(2, 50, 0), row(2, null, 0), row(3, 10, -1)]);
    expect(metrics.map(({ meanGrade, graded, shareBullish, marketSignal, lastMarketSignal }) => [meanGrade, graded, shareBullish, marketSignal, lastMarketSignal])).toEqual([[80, 2, 0.5, 1, 1], [50, 1, 0, 0, 1], [10, 1, 0, -1, -1]]);
    expect(marketMetrics([row(1, null, 0)])[0]).toMatchObject({ meanGrade: null, shareBullish: null, marketSignal: null, lastMarketSignal: 0 });
  });
});
