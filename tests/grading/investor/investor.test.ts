import { describe, expect, it } from 'vitest';
import { type Bars, DAY_MS, sliceBars } from '../../../engine/index.ts';
import {
  componentEvidence, componentWeights, createInvestor, crossPercentiles, givenAt, INVESTOR_COMPONENTS, type InvestorComponent, type InvestorGrade, type InvestorOptions, isWeeklyUpdate,
  parseGivenGrades, type Processor, tokenClassOf, weekEvidence, type WeekEvidence,
} from '../../../grading/index.ts';
import { marketOfReturns, normals } from '../../support/market-of-returns.ts';
import { type Arrival, arrivalsOf, createTestBook, drive, expectRestorable, payloadsOf } from '../../support/processors.ts';

/** Six coins: the later, the stronger the drift, the smaller the volume and the wilder the moves. */
const coins = Array.from({ length: 6 }, (_, c) => marketOfReturns(normals(520, c + 1, { mean: 0.001 * c, sd: 0.01 + 0.004 * c }), { symbol: `${['BTC', 'ETH', 'SOL', 'ADA', 'DOT', 'XYZ'][c]}/USDT`, volume: 1e6 / (c + 1) ** 3 }));
const DAYS = 380;

function service(markets: readonly Bars[], options: Partial<InvestorOptions> = {}, to = markets[0].length): { assemble: () => Processor[]; arrivals: Arrival[] } {
  const { book, arrivals } = createTestBook(markets.map((bars, m) => ({ ...sliceBars(bars, 0, DAYS), dataHash: `history-${m}` })), 600);
  return {
    arrivals: [...arrivals, ...arrivalsOf(markets.map((bars) => sliceBars(bars, DAYS, to)))],
    assemble: () => {
      const bars = book();
      return [bars, createInvestor({ bars, timeframeMs: DAY_MS, horizonDays: 14, ...options })];
    },
  };
}

const latest = (grades: readonly InvestorGrade[], base: string): InvestorGrade => grades.filter(({ symbol }) => symbol.startsWith(base)).at(-1) as InvestorGrade;
const row = (value: number | null, others: number | null = null): Record<InvestorComponent, number | null> =>
  Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [name, name === 'trend' ? value : others])) as Record<InvestorComponent, number | null>;

describe('a cross-section', () => {
  it('gives percentiles with ties in the middle', () => {
    expect(crossPercentiles([3, 1, 2])).toEqual([100, 0, 50]);
    expect(crossPercentiles([5, 5, null, 1])).toEqual([75, 75, null, 0]);
    expect(crossPercentiles([5, null])).toEqual([null, null]);
  });
});

describe('the weights of the components', () => {
  const right: WeekEvidence = weekEvidence([row(0), row(50), row(100)], [-0.1, 0, 0.2]);
  const wrong: WeekEvidence = weekEvidence([row(100), row(50), row(0)], [-0.1, 0, 0.2]);

  it('are equal before anything was seen', () => {
    const { weights, ic, weeks } = componentWeights([], 90);
    expect(Object.values(weights)).toEqual(Array.from({ length: 6 }, () => 1 / 6));
    expect([weeks, ...Object.values(ic)]).toEqual([0, null, null, null, null, null, null]);
  });

  it('follow the ridge by hand where one component is present', () => {
    // z = ∓√3, 0: mean of z² is 2, and of z·y too. λ = 8 ÷ (4·7 ÷ 14) = 4: (2 + 4 · 0.05) ÷ (2 + 4) for it, 0.05 for each of the five others.
    const beta = 2.2 / 6;
    expect(componentWeights([right, right, right, right], 14).weights.trend).toBeCloseTo(beta / (beta + 0.25), 9);
    expect(right.ic).toEqual({ trend: expect.closeTo(1, 12), risk: null, liquidity: null, value: null, resilience: null, maturity: null });
  });

  it('never become negative and sum to one', () => {
    const { weights, ic } = componentWeights(Array.from({ length: 40 }, () => wrong), 14);
    expect(weights.trend).toBe(0);
    expect(Object.values(weights).reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 12);
    expect(ic.trend).toBeCloseTo(-1, 12);
    expect(componentEvidence([right, wrong, right], 'trend', 14)).toMatchObject({ observations: 3, mean: expect.closeTo(1 / 3, 12) });
  });
});

describe('the investor grade', () => {
  it('ranks planted coins by what they are', () => {
    const { assemble, arrivals } = service(coins, {}, DAYS + 9);
    const grades = payloadsOf(drive(assemble, arrivals), 'investor_published');
    const [btc, xyz] = [latest(grades, 'BTC'), latest(grades, 'XYZ')];
    expect(btc.components.liquidity).toBe(100);
    expect(xyz.components.liquidity).toBe(0);
    expect(btc.components.resilience).not.toBeNull();
    expect(Object.values(btc.components)).not.toContain(null);
    const mean = Object.values(btc.components).reduce<number>((sum, value) => sum + (value ?? 0), 0) / 6;
    expect(btc.investorGrade).toBeCloseTo(mean, 9);
    expect(btc).toMatchObject({ coverage: expect.closeTo(1, 12), reason: null, horizonDays: 14, venue: 'test', weighting: { weeks: 0 } });
    const before = grades.find(({ symbol, closeTimeMs }) => symbol.startsWith('BTC') && closeTimeMs === btc.closeTimeMs - 7 * DAY_MS) as InvestorGrade;
    expect(btc.change7d).toBeCloseTo((btc.investorGrade as number) - (before.investorGrade as number), 9);
    expect(grades[0].change7d).toBeNull();
  });

  it('learns from outcomes on Mondays alone, after their horizon', () => {
    const { assemble, arrivals } = service(coins, {}, DAYS + 80);
    const btc = payloadsOf(drive(assemble, arrivals), 'investor_published').filter(({ symbol }) => symbol.startsWith('BTC'));
    btc.forEach((grade, i) => {
      if (i > 0 && !isWeeklyUpdate(grade.closeTimeMs)) expect(grade.weighting).toEqual(btc[i - 1].weighting);
    });
    const first = btc.find(({ weighting }) => weighting.weeks === 1) as InvestorGrade;
    const firstMonday = btc.find(({ closeTimeMs }) => isWeeklyUpdate(closeTimeMs)) as InvestorGrade;
    expect(first.closeTimeMs).toBe(firstMonday.closeTimeMs + 14 * DAY_MS);
    const mondays = btc.filter(({ closeTimeMs }) => isWeeklyUpdate(closeTimeMs));
    expect(btc.at(-1)?.weighting.weeks).toBe(mondays.length - 2);
    expect(Object.values(btc.at(-1)?.weighting.weights ?? {}).every((weight) => weight >= 0)).toBe(true);
  });

  it('is missing with the reason where too little can be compared', () => {
    const few = service(coins.slice(0, 3), {}, DAYS + 1);
    expect(payloadsOf(drive(few.assemble, few.arrivals), 'investor_published')[0]).toMatchObject({ investorGrade: null, reason: 'needs at least 5 markets to compare, has 3' });
    const young = { ...coins[5], ...sliceBars(coins[5], DAYS - 40, coins[5].length) };
    const { book, arrivals } = createTestBook([...coins.slice(0, 5).map((bars, m) => ({ ...sliceBars(bars, 0, DAYS), dataHash: `history-${m}` })), { ...sliceBars(young, 0, 40), dataHash: 'young' }], 600);
    const assemble = (): Processor[] => {
      const bars = book();
      return [bars, createInvestor({ bars, timeframeMs: DAY_MS })];
    };
    const grades = payloadsOf(drive(assemble, [...arrivals, ...arrivalsOf([...coins.slice(0, 5), coins[5]].map((bars) => sliceBars(bars, DAYS, DAYS + 1)))]), 'investor_published');
    expect(latest(grades, 'XYZ')).toMatchObject({ investorGrade: null, tokenClass: 'highRisk', reason: expect.stringMatching(/^only \d+ % of the weight/), components: { trend: null, risk: null, value: null } });
    expect(latest(grades, 'BTC').investorGrade).not.toBeNull();
  });

  it('takes given grades from when they were available', () => {
    const given = parseGivenGrades(`symbol,available_at,fundamental,valuation\ntest:BTC/USDT,${new Date(coins[0].openTimeMs[DAYS + 2]).toISOString()},90,\n`, 'given.csv');
    const { assemble, arrivals } = service(coins, { given }, DAYS + 3);
    const btc = payloadsOf(drive(assemble, arrivals), 'investor_published').filter(({ symbol }) => symbol.startsWith('BTC'));
    expect(btc.map(({ fundamentalGrade }) => fundamentalGrade)).toEqual([null, 90, 90]);
    const mean = Object.values(btc[1].components).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(btc[1].investorGrade).toBeCloseTo((mean + 90) / 7, 9);
    expect(btc[1].technologyGrade).toBeNull();
    expect(givenAt(given, 'test:ETH/USDT', Infinity).fundamental).toBeNull();
    expect(() => parseGivenGrades('symbol,available_at,fundamental\nA,2024-01-01,120', 'given.csv')).toThrow('given.csv line 2: fundamental must be in 0 … 100, was "120"');
    expect(() => parseGivenGrades('symbol,score\n', 'given.csv')).toThrow(/line 1: header/);
  });

  it('names a class by a documented rule', () => {
    const daily = (sd: number) => ({ dayMs: [], high: [], dollarVolume: [], close: [...marketOfReturns(normals(400, 1, { sd })).close] });
    const percentiles = { trend: 60, risk: 50, liquidity: 90, value: 50, resilience: 50, maturity: 90 };
    expect(tokenClassOf(daily(0.02), percentiles)).toBe('storeOfValue');
    expect(tokenClassOf(daily(0.045), { ...percentiles, liquidity: 70 })).toBe('core');
    expect(tokenClassOf(daily(0.045), { ...percentiles, liquidity: 30 })).toBe('growth');
    expect(tokenClassOf(daily(0.045), { ...percentiles, liquidity: 30, trend: 20 })).toBe('speculative');
    expect(tokenClassOf(daily(0.1), percentiles)).toBe('highRisk');
    expect(tokenClassOf({ dayMs: [], high: [], dollarVolume: [], close: [1, 2, 3] }, percentiles)).toBeNull();
  });

  it('is the same after a restart at any entry', () => {
    const { assemble, arrivals } = service(coins.slice(0, 5), {}, DAYS + 40);
    expect(payloadsOf(expectRestorable(assemble, arrivals, { every: 41, batches: 60 }), 'investor_published')).toHaveLength(5 * 40);
  });
});
