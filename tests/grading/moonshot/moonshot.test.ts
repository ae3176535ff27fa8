import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../datasets/index.ts';
import { type Bars, DAY_MS, sliceBars } from '../../../engine/index.ts';
import {
  createMoonshot, isWeeklyUpdate, MOONSHOT_RULE, moonshotHistoryDays, type MoonshotOutcome, type MoonshotRule, moonshotRuleHash, moonshotRuleSchema, moonshotSummary, type Processor,
} from '../../../grading/index.ts';
import { marketOfReturns } from '../../support/market-of-returns.ts';
import { type Arrival, arrivalsOf, createTestBook, drive, expectRestorable, payloadsOf } from '../../support/processors.ts';

const rule: MoonshotRule = {
  id: 'test-rule',
  gate: { volumeDays: 3, minMedianDollarVolume: 1000, maxMedianDollarVolume: null, minHistoryDays: 5, excludeBases: ['USDC'] },
  score: { momentum: 1, volumeSurge: 0, nearHigh: 0, momentumDays: 3, surgeDays: 2, highDays: 5 },
  minScore: 99, maxOpen: 1, every: 'day', horizonDays: 4, winRoi: 0.1, roundTripCostBps: 100,
};

/** Six days of a small daily return, then what is stated. */
const coin = (symbol: string, before: number, after: readonly number[], volume = 1e4): Bars =>
  marketOfReturns([...Array.from({ length: 6 }, () => before), ...after], { symbol: `${symbol}/USDT`, volume });

const HISTORY = 5;

function service(markets: readonly Bars[], own: MoonshotRule = rule, history = HISTORY): { assemble: () => Processor[]; arrivals: Arrival[] } {
  const { book, arrivals } = createTestBook(markets.map((bars, m) => ({ ...sliceBars(bars, 0, history), dataHash: `history-${m}` })), 200);
  return {
    arrivals: [...arrivals, ...arrivalsOf(markets.map((bars) => sliceBars(bars, history, bars.length)))],
    assemble: () => {
      const bars = book();
      return [bars, createMoonshot({ bars, timeframeMs: DAY_MS, rule: own })];
    },
  };
}

const flat = [0, 0, 0, 0, 0];

describe('a moonshot pick', () => {
  const markets = [coin('UP', 0.02, [0.1, 0.3, -0.1, 0.1, 0]), coin('MID', 0.01, [0.2, 0, 0, 0.05, 0]), coin('LOW', 0, flat), coin('DUST', 0.5, flat, 0.001), coin('USDC', 0.6, flat)];
  const batches = drive(service(markets).assemble, service(markets).arrivals);
  const [pick, ...later] = payloadsOf(batches, 'moonshot_picked');

  it('is the best of those that can be bought, with the hash of its rule', () => {
    expect(pick).toMatchObject({
      symbol: 'test:UP/USDT', score: 100, candidates: 3, among: ['test:LOW/USDT', 'test:MID/USDT', 'test:UP/USDT'], ruleId: 'test-rule', ruleSha256: moonshotRuleHash(rule),
      why: expect.stringMatching(/^\+6\.1 % in 3 days/),
    });
    expect(pick.atMs).toBe(markets[0].openTimeMs[5] + DAY_MS);
    expect(pick.endMs).toBe(pick.atMs + 4 * DAY_MS);
    expect(pick.price).toBeCloseTo(markets[0].close[5], 12);
    expect(later.every(({ atMs }) => atMs >= pick.endMs)).toBe(true);
    expect(moonshotRuleHash({ ...rule, minScore: 98 })).not.toBe(pick.ruleSha256);
  });

  it('is resolved by hand: 1.1 · 1.3 · 0.9 · 1.1 less 1 %, against 1.2 · 1.05 and 1', () => {
    const [outcome] = payloadsOf(batches, 'moonshot_resolved');
    const own = 1.1 * 1.3 * 0.9 * 1.1 - 1.01;
    expect(outcome).toMatchObject({ pickId: pick.pickId, endMs: pick.endMs, isWin: true, beats: 1, exitPrice: expect.closeTo(markets[0].close[9], 9) });
    expect(outcome.roi).toBeCloseTo(own, 9);
    expect(outcome.maxRoi).toBeCloseTo(1.1 * 1.3 - 1.01, 9);
    expect(outcome.baseRoi).toBeCloseTo(1.2 * 1.05 - 1.01, 9);
    expect(outcome.baseWinRate).toBeCloseTo(2 / 3, 12);
  });

  it('is a total loss where the market stops', () => {
    const ends = [{ ...markets[0], ...sliceBars(markets[0], 0, 7) }, markets[1], markets[2]];
    const { assemble, arrivals } = service(ends);
    const [outcome] = payloadsOf(drive(assemble, arrivals), 'moonshot_resolved');
    expect(outcome).toMatchObject({ exitPrice: null, roi: -1, isWin: false, beats: 0, baseWinRate: 1 / 3 });
    expect(outcome.reason).toMatch(/taken for delisted$/);
  });

  it('is not made where there is nothing to compare with', () => {
    const { assemble, arrivals } = service([markets[0]], { ...rule, minScore: 0 });
    expect(payloadsOf(drive(assemble, arrivals), 'moonshot_picked')).toEqual([]);
  });
});

describe('picks of noise', () => {
  it('beat half of the others and win as often as random ones', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 8, bars: 500, coins: 12, correlation: 0.3, timeframeMs: DAY_MS });
    const { assemble, arrivals } = service(markets, { ...rule, gate: { ...rule.gate, minMedianDollarVolume: 0 }, minScore: 70, maxOpen: 3, horizonDays: 5, winRoi: 0.05 }, 20);
    const { picks, meanBeats, winRateInterval, baseWinRate } = moonshotSummary(payloadsOf(drive(assemble, arrivals), 'moonshot_resolved'));
    expect(picks).toBeGreaterThan(200);
    expect(Math.abs((meanBeats ?? 0) - 0.5)).toBeLessThan(3.5 * Math.sqrt(1 / 12 / picks));
    expect(baseWinRate).toBeGreaterThan(winRateInterval?.low ?? 1);
    expect(baseWinRate).toBeLessThan(winRateInterval?.high ?? 0);
  });

  it('are the same after a restart at any entry', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 3, bars: 50, coins: 6, timeframeMs: DAY_MS });
    const { assemble, arrivals } = service(markets, { ...rule, minScore: 60, maxOpen: 2, gate: { ...rule.gate, minMedianDollarVolume: 0 } }, 15);
    expect(payloadsOf(expectRestorable(assemble, arrivals, { every: 19, batches: 80 }), 'moonshot_resolved').length).toBeGreaterThan(5);
  });
});

describe('the summary', () => {
  it('takes every outcome and gives a Wilson interval', () => {
    const outcome = (roi: number, beats: number | null, exitPrice: number | null = 1): MoonshotOutcome => ({ pickId: '', endMs: 0, exitPrice, roi, maxRoi: roi, isWin: roi >= 0.5, baseWinRate: 0.25, baseRoi: 0.1, beats, reason: '' });
    expect(moonshotSummary([outcome(1, 1), outcome(-1, 0, null), outcome(0.2, null), outcome(0.4, 0.5)])).toEqual({
      picks: 4, wins: 1, winRate: 0.25, winRateInterval: { low: expect.closeTo(0.0456, 4), high: expect.closeTo(0.6994, 4) }, baseWinRate: 0.25, meanRoi: expect.closeTo(0.15, 12), medianRoi: expect.closeTo(0.3, 12),
      worstRoi: -1, meanBaseRoi: expect.closeTo(0.1, 12), meanBeats: 0.5, delisted: 1,
    });
    expect(moonshotSummary([])).toMatchObject({ picks: 0, winRate: null, winRateInterval: null, baseWinRate: null, meanBeats: null });
  });

  it('comes with a rule that holds to its schema and picks on Mondays', () => {
    expect(moonshotRuleSchema.parse(MOONSHOT_RULE)).toEqual(MOONSHOT_RULE);
    expect(moonshotHistoryDays(MOONSHOT_RULE)).toBe(90);
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 3, bars: 40, coins: 6, timeframeMs: DAY_MS });
    const { assemble, arrivals } = service(markets, { ...rule, minScore: 50, maxOpen: 9, every: 'week', gate: { ...rule.gate, minMedianDollarVolume: 0 } }, 15);
    const picks = payloadsOf(drive(assemble, arrivals), 'moonshot_picked');
    expect(picks.length).toBeGreaterThan(3);
    expect(picks.every(({ atMs }) => isWeeklyUpdate(atMs))).toBe(true);
  });
});
