import { describe, expect, it } from 'vitest';
import { type Bars, DAY_MS, sliceBars } from '../../../engine/index.ts';
import {
  closesByDay, createIndex, INDEX_PRESETS, indexHistoryDays, type IndexRule, indexRuleSchema, indexStatistics, isWeeklyUpdate, type Member, type Processor, survivorshipWarning, targetWeights,
} from '../../../grading/index.ts';
import { marketOfReturns, normals } from '../../support/market-of-returns.ts';
import { type Arrival, arrivalsOf, createTestBook, drive, expectRestorable, payloadsOf } from '../../support/processors.ts';
import { withGrades } from '../../support/trader-grade.ts';

const rule: IndexRule = {
  id: 'small', name: 'Small',
  universe: { fromRank: 1, toRank: 3, volumeDays: 5, minMedianDollarVolume: 1000, minHistoryDays: 10, excludeBases: ['USDC'] },
  capacity: { sizeQuote: 1000, maxParticipation: 0.01 },
  weights: { grade: 'trader', minGrade: 40, volatilityDays: 8, maxWeight: 0.5 },
  cash: { whenMarketGradeBelow: 30, share: 0.8 },
  rebalance: { kind: 'weekly' }, costBps: 20, delisting: { afterDays: 3, haircutFrac: 0.5 },
};

const HISTORY = 15;
const market = (symbol: string, seed: number, volume: number, days = 60): Bars => marketOfReturns(normals(days, seed), { symbol: `${symbol}/USDT`, volume });
const markets = [market('BTC', 1, 1e6), market('ETH', 2, 1e5), market('SOL', 3, 1e4), market('DOGE', 4, 2000), market('DUST', 5, 1), market('USDC', 6, 1e7)];

function service(own: readonly Bars[], grade: (symbol: string, timeMs: number) => number | null, stated: Partial<IndexRule> = {}): { assemble: () => Processor[]; arrivals: Arrival[] } {
  const { book, arrivals } = createTestBook(own.map((bars, m) => ({ ...sliceBars(bars, 0, HISTORY), dataHash: `history-${m}` })), 100);
  return {
    arrivals: [...arrivals, ...withGrades(arrivalsOf(own.map((bars) => sliceBars(bars, HISTORY, bars.length))), (bar) => ({ traderGrade: grade(bar.symbol.split('/')[0], bar.openTimeMs + DAY_MS) }))],
    assemble: () => {
      const bars = book();
      return [bars, createIndex({ bars, timeframeMs: DAY_MS, rule: { ...rule, ...stated } })];
    },
  };
}

const member = (symbol: string, volatilityAnn: number, dollarVolume = 1e9): Member => ({ symbol, price: 1, dollarVolume, volatilityAnn });

describe('target weights', () => {
  const grades = (table: Record<string, number | null>) => (symbol: string) => table[symbol] ?? null;

  it('are grade over volatility, and what a cap cuts goes to the others', () => {
    // 80 ÷ 0.2 : 60 ÷ 0.6 : 50 ÷ 1 = 400 : 100 : 50. The first is capped at 0.5; the rest share 0.5 as 2 : 1.
    const { weights, reason } = targetWeights([member('A', 0.2), member('B', 0.6), member('C', 1)], grades({ A: 80, B: 60, C: 50 }), rule);
    expect(Object.fromEntries(weights)).toEqual({ A: 0.5, B: expect.closeTo(1 / 3, 12), C: expect.closeTo(1 / 6, 12) });
    expect(reason).toBe('market grade 63.3');
  });

  it('stay in cash where all are capped, a market is too small, or the market is bearish', () => {
    expect(Object.fromEntries(targetWeights([member('A', 0.2), member('B', 0.2, 20_000)], grades({ A: 80, B: 80 }), rule).weights)).toEqual({ A: 0.5, B: 0.2 });
    const bearish = targetWeights([member('A', 0.2), member('B', 0.2)], grades({ A: 41, B: 5 }), rule);
    expect(Object.fromEntries(bearish.weights)).toEqual({ A: expect.closeTo(0.2, 12) });
    expect(bearish).toMatchObject({ reason: 'market grade 23.0 below 30: 80 % in cash', excluded: { B: 'grade 5.0 below 40' } });
  });

  it('leave out what has no grade', () => {
    expect(targetWeights([member('A', 0.2)], grades({}), rule)).toMatchObject({ excluded: { A: 'has no grade' }, reason: 'no market has a grade: all in cash' });
  });
});

describe('an index', () => {
  it('admits by volume at the time, and says why not', () => {
    const { assemble, arrivals } = service(markets, () => 60);
    const [first] = payloadsOf(drive(assemble, arrivals), 'index_rebalanced');
    expect(first.universe).toEqual(['test:BTC/USDT', 'test:ETH/USDT', 'test:SOL/USDT']);
    expect(first.excluded).toMatchObject({
      'test:DOGE/USDT': 'rank 4 by dollar volume', 'test:USDC/USDT': 'USDC is excluded by the rule', 'test:DUST/USDT': expect.stringMatching(/^median dollar volume \d+ below 1000$/),
    });
    expect(first.holdings.every(({ traderGrade, price }) => traderGrade === 60 && price > 0)).toBe(true);
    expect(first).toMatchObject({ turnover: expect.closeTo(1, 9), cost: expect.closeTo(0.002, 9) });
  });

  it('grows by its weights from the next open on, less the costs', () => {
    const { assemble, arrivals } = service(markets, (symbol) => (symbol === 'BTC' ? 90 : 60));
    const batches = drive(assemble, arrivals);
    const [values, rebalances] = [payloadsOf(batches, 'index_valued'), payloadsOf(batches, 'index_rebalanced')];
    expect(values).toHaveLength(45);
    expect(rebalances.slice(1).every(({ atMs }) => isWeeklyUpdate(atMs))).toBe(true);
    expect(rebalances.length).toBeGreaterThan(6);
    // The next open is the close: what was decided there grows by the returns from close to close.
    const growth = new Map(markets.map(({ instrument, openTimeMs, close }) => [`test:${instrument.symbol}`, new Map([...openTimeMs].map((time, t) => [time + DAY_MS, close[t]]))]));
    let [value, gross, base] = [100, 100, 100];
    let units = new Map<string, number>();
    let baseUnits = new Map<string, number>();
    let [cash, baseCash] = [100, 100];
    const price = (symbol: string, time: number): number => growth.get(symbol)?.get(time) ?? Number.NaN;
    for (const { atMs, value: actual, grossValue, baselineValue } of values) {
      value = cash + [...units].reduce((sum, [symbol, count]) => sum + count * price(symbol, atMs), 0);
      base = baseCash + [...baseUnits].reduce((sum, [symbol, count]) => sum + count * price(symbol, atMs), 0);
      expect(actual).toBeCloseTo(value, 9);
      expect(baselineValue).toBeCloseTo(base, 9);
      expect(grossValue).toBeCloseTo(value / (gross / 100), 9);
      const order = rebalances.find((one) => one.atMs === atMs);
      if (order === undefined) continue;
      const before = new Map([...baseUnits].map(([symbol, count]) => [symbol, (count * price(symbol, atMs)) / base]));
      const baseCost = order.universe.reduce((sum, symbol) => sum + Math.abs(1 / 3 - (before.get(symbol) ?? 0)), 0) * 0.002;
      value *= 1 - order.cost;
      gross *= 1 - order.cost;
      base *= 1 - baseCost;
      units = new Map(order.holdings.map(({ symbol, weight }) => [symbol, (weight * value) / price(symbol, atMs)]));
      baseUnits = new Map(order.universe.map((symbol) => [symbol, base / 3 / price(symbol, atMs)]));
      cash = value * (1 - order.holdings.reduce((sum, { weight }) => sum + weight, 0));
      baseCash = 0;
    }
    const statistics = indexStatistics(values, rebalances, (symbol) => closesByDay(markets.find(({ instrument }) => `test:${instrument.symbol}` === symbol) ?? markets[0], DAY_MS), 'test:BTC/USDT');
    expect(statistics.totalReturn).toBeCloseTo((values.at(-1)?.value ?? 0) / 100 - 1, 9);
    expect(statistics.diversificationRatio).toBeGreaterThan(1.2);
    expect(statistics.leaderCorrelation).toBeGreaterThan(0.3);
    expect(statistics.leaderCorrelation).toBeLessThan(1);
  });

  it('trades on drift alone where its rule says so', () => {
    const { assemble, arrivals } = service(markets, () => 60, { rebalance: { kind: 'threshold', drift: 0.08 } });
    const rebalances = payloadsOf(drive(assemble, arrivals), 'index_rebalanced');
    expect(rebalances.length).toBeGreaterThan(1);
    expect(rebalances.slice(1).every(({ turnover }) => turnover > 0.08)).toBe(true);
  });

  it('goes to cash in a bear market and waits there', () => {
    const turn = markets[0].openTimeMs[30];
    const { assemble, arrivals } = service(markets, (_, time) => (time < turn ? 60 : 20), { cash: { whenMarketGradeBelow: 30, share: 1 } });
    const batches = drive(assemble, arrivals);
    expect(payloadsOf(batches, 'index_rebalanced').at(-1)).toMatchObject({ holdings: [], reason: 'market grade 20.0 below 30: 100 % in cash' });
    const values = payloadsOf(batches, 'index_valued').map(({ value }) => value);
    expect(values.at(-1)).toBe(values.at(-10));
  });

  it('sells what has ended at its last price less the haircut', () => {
    const dead = { ...markets[2], ...sliceBars(markets[2], 0, 25) };
    const { assemble, arrivals } = service([markets[0], markets[1], dead], () => 60, { rebalance: { kind: 'threshold', drift: 1 } });
    const batches = drive(assemble, arrivals);
    const values = payloadsOf(batches, 'index_valued');
    const [{ holdings, cost }] = payloadsOf(batches, 'index_rebalanced');
    const weight = holdings.find(({ symbol }) => symbol.includes('SOL'))?.weight ?? 0;
    const own = (100 * (1 - cost) * weight * markets[2].close[24]) / markets[2].close[15];
    const at = (day: number): number => values.find(({ atMs }) => atMs === markets[0].openTimeMs[day] + DAY_MS)?.value ?? 0;
    const others = (day: number): number => holdings.filter(({ symbol }) => !symbol.includes('SOL')).reduce((sum, { symbol, weight: w }) => {
      const { close } = symbol.includes('BTC') ? markets[0] : markets[1];
      return sum + (100 * (1 - cost) * w * close[day]) / close[15];
    }, 100 * (1 - cost) * (1 - holdings.reduce((sum, { weight: w }) => sum + w, 0)));
    expect(at(26)).toBeCloseTo(others(26) + own, 9);
    expect(at(27)).toBeCloseTo(others(27) + own / 2, 9);
    expect(at(50)).toBeCloseTo(others(50) + own / 2, 9);
  });

  it('warns where no market of the past has ended', () => {
    const { assemble, arrivals } = service(markets, () => 60);
    const processors = assemble();
    drive(() => processors, arrivals);
    const [bars] = processors as unknown as [Parameters<typeof survivorshipWarning>[0]];
    expect(survivorshipWarning(bars, DAY_MS, markets[0].openTimeMs[59] + DAY_MS)).toMatch(/^all 6 markets still trade/);
    expect(survivorshipWarning(bars, DAY_MS, markets[0].openTimeMs[59] + 9 * DAY_MS)).toBeNull();
  });

  it('has presets that hold to the schema', () => {
    for (const preset of Object.values(INDEX_PRESETS)) expect(indexRuleSchema.parse(preset)).toEqual(preset);
    expect(indexHistoryDays(INDEX_PRESETS['blue-chip'])).toBe(365);
    expect(() => indexRuleSchema.parse({ ...rule, costBps: -1 })).toThrow();
  });

  it('is the same after a restart at any entry', () => {
    const { assemble, arrivals } = service(markets.slice(0, 4), (symbol, time) => (symbol.charCodeAt(0) * (time / DAY_MS)) % 100);
    expect(payloadsOf(expectRestorable(assemble, arrivals, { every: 23, batches: 90 }), 'index_rebalanced').length).toBeGreaterThan(4);
  });
});
