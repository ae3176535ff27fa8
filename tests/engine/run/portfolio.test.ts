import { describe, expect, it } from 'vitest';
import {
  type Bars, DAY_MS, defineStrategy, hashBars, int, marketsFor, runBacktest, type Run, sha256, simulationConfig,
  type SimulationOptions, sliceBars,
} from '../../../engine/index.ts';
import { runPage } from '../../../reports/pages/run.ts';
import { momentumRotation } from '../../../strategies/portfolio/momentum-rotation.ts';
import { sweepStudy, topTrials, walkForwardStudy } from '../../../workbench/index.ts';
import { handMarket } from '../../support/hand-market.ts';
import { randomWalk } from '../../support/small-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FREE: SimulationOptions = { costs: { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 } };

/** The same part of every market, from its first bar on. */
const equalParts = defineStrategy({
  id: 'equal-parts',
  summary: 'Holds an equal part of every market.',
  legs: 'any',
  params: {},
  warmupBars: () => 1,
  onBar: ({ markets }) => {
    for (const market of markets) market.target(1 / markets.length);
  },
});

const run = (markets: readonly Bars[], options: SimulationOptions = FREE): Run =>
  runBacktest({ strategy: equalParts, codeHash: 'test', markets, config: simulationConfig('spot', options) });

describe('a run of a portfolio', () => {
  const old = handMarket('OLD/USD', [100, 100, null, 100, 100, 100]);
  const young = handMarket('NEW/USD', [50, 50, [50, 100], 100], { fromDay: 2 });
  const both = run([old, young]);

  it('is measured at every open time that any market has', () => {
    expect([...both.openTimeMs].map((time) => time / DAY_MS)).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...both.equity]).toEqual([10_000, 10_000, 10_000, 10_000, 15_000, 15_000]);
    expect([...both.exposure]).toEqual([0, 0.5, 0.5, 1, 1, 1]);
    expect(both.metrics.totalReturn).toBeCloseTo(0.5, 12);
    expect(both.warnings).toContain('2 positions are still open: marked in equity, outside the trade statistics');
    expect(both.openTrade).toMatchObject({ market: 0, entryTimeMs: DAY_MS });
    expect(both.engine).toEqual({ engine: 'event engine', reasons: ['the strategy places orders'] });
  });

  it('keeps the bars of each market', () => {
    expect(both.spec.markets.map(({ bars, firstTimeMs }) => [bars, firstTimeMs / DAY_MS])).toEqual([[5, 0], [4, 2]]);
    expect([...both.price.close]).toEqual([100, 100, 100, 100, 100, 100]);
    expect([...run([young, old]).price.close.subarray(0, 3)]).toEqual([Number.NaN, Number.NaN, 50]);
  });

  it('is held against equal parts of all its markets, each bought after its first bar', () => {
    expect(both.benchmark.name).toBe('equal-weight buy and hold of 2 markets');
    // 50 OLD at moment 1; NEW at moment 3 for half of 10 000: 100 units, worth 5 000 more at moment 4.
    expect([...both.benchmark.equity]).toEqual([10_000, 10_000, 10_000, 10_000, 15_000, 15_000]);
    // Half of what the account is then worth: OLD has doubled, so that cash cuts NEW to the 5 000 that are left.
    const doubled = run([handMarket('OLD/USD', [100, 100, 200, 200, 200]), handMarket('NEW/USD', [50, 50, 100], { fromDay: 2 })]);
    expect([...doubled.benchmark.equity]).toEqual([10_000, 10_000, 15_000, 15_000, 20_000]);
  });

  it('of one market is what a strategy of one market makes of it', () => {
    const alone = run([young]);
    expect(alone.benchmark.name).toBe('buy and hold NEW/USD');
    expect([...alone.equity]).toEqual([...alone.benchmark.equity]);
    expect([...alone.exposure]).toEqual([0, 1, 1, 1]);
  });

  it('has a page, with the price only where its markets share one clock', async () => {
    const page = await runPage({ kind: 'run', run: both, createdAtMs: 0 } as never);
    expect(page.sections.map(({ id }) => id)).not.toContain('price');
    const shared = await runPage({ kind: 'run', run: run([randomWalk(120, 1), randomWalk(120, 2, { symbol: 'B/USDT' })]), createdAtMs: 0 } as never);
    expect(shared.sections.map(({ id }) => id)).toContain('price');
  });

  it('refuses no markets', () => {
    expect(() => run([])).toThrow(/must have at least one market/);
  });
});

describe('a delisting', () => {
  const whole = handMarket('A/USD', [100, 100, 100, 100, 100]);
  const dying = handMarket('LUNA/USD', [50, 50, 50]);

  it('is named with its haircut and with the account under others', () => {
    const { warnings, totals, trades } = run([whole, dying]);
    expect(trades).toMatchObject([{ market: 1, exitReason: 'delisted', exitPrice: 40 }]);
    expect(totals.finalEquity).toBe(9_000);
    expect(warnings[0]).toBe('LUNA/USD was held long when its bars ended (1970-01-03T00:00:00Z): closed at its last price less 20 %');
    expect(warnings[1]).toBe('final equity is 9000.00 with delistings at a loss of 20 %; 10000.00 at 0 %, 8000.00 at 40 %, 5000.00 at 100 %');
  });

  it('leaves the run itself as it was simulated first', () => {
    const haircut = run([whole, dying], { ...FREE, execution: { delistingHaircutFrac: 0.5 } });
    expect([...haircut.equity]).toEqual([10_000, 10_000, 10_000, 7_500, 7_500]);
    expect(haircut.trades).toMatchObject([{ exitPrice: 25 }]);
    expect(haircut.warnings[1]).toMatch(/10000\.00 at 0 %, 5000\.00 at 100 %/);
  });

  it('of what was not held is nothing to say', () => {
    const idle = defineStrategy({ id: 'idle', summary: 'Holds nothing.', legs: 'any', params: {}, warmupBars: () => 1, onBar: () => undefined });
    const { warnings } = runBacktest({ strategy: idle, codeHash: 'test', markets: [whole, dying], config: simulationConfig('spot', FREE) });
    expect(warnings.join()).not.toMatch(/delist|ended/);
  });
});

describe('identity', () => {
  const luna = (fromDay: number, listing: object = {}): Bars => handMarket('LUNA/USDT', [1, 1, 1], { fromDay, ...listing });

  it('refuses one symbol twice, unless as two listings that do not overlap', () => {
    const first = { listedToMs: 3 * DAY_MS };
    const second = { listedFromMs: 5 * DAY_MS };
    expect(() => marketsFor(equalParts, [luna(0), luna(0)])).toThrow(/LUNA\/USDT on hand came twice/);
    expect(() => marketsFor(equalParts, [luna(0), luna(5)])).toThrow(/their own listing dates/);
    expect(() => marketsFor(equalParts, [luna(0, first), luna(2, second)])).toThrow(/do not overlap/);
    expect(marketsFor(equalParts, [luna(0, first), luna(5, second)])).toHaveLength(2);
    expect(marketsFor(equalParts, [luna(0), luna(0, { kind: 'perpetual' }), luna(0, { venue: 'other' })])).toHaveLength(3);
  });

  it('has the listing dates in the content hash, and the old hash without them', () => {
    const plain = luna(0);
    expect(hashBars(luna(0, { listedFromMs: 0 }))).not.toBe(plain.dataHash);
    expect(hashBars(luna(0, { listedFromMs: 5 }))).not.toBe(hashBars(luna(0, { listedToMs: 5 })));
    const { openTimeMs, open, high, low, close, volume } = plain;
    expect(plain.dataHash).toBe(sha256(`assay-bars/1\nhand\nLUNA/USDT\nspot\n24/7\ncontinuous\n${DAY_MS}\n3\n`, openTimeMs, open, high, low, close, volume));
  });
});

describe('momentum rotation', () => {
  it('holds the strongest and moves on when others lead', () => {
    // Over two bars A gains 20 %, B 10 %, C loses; from bar 4 on C leads.
    const a = handMarket('A/USD', [100, 110, 120, 120, 120, 120, 120]);
    const b = handMarket('B/USD', [100, 105, 110, 110, 110, 110, 110]);
    const c = handMarket('C/USD', [100, 95, 90, 90, 150, 150, 150]);
    const { trades, openTrade, warnings } = runBacktest({
      strategy: momentumRotation, codeHash: 'test', params: { lookbackBars: 2, rebalanceBars: 2, holdCount: 1 }, markets: [a, b, c], config: simulationConfig('spot', FREE),
    });
    expect(trades).toMatchObject([{ market: 0, entryBar: 3, exitBar: 5, exitReason: 'signal' }]);
    expect(openTrade).toMatchObject({ market: 2, entryBar: 5 });
    expect(warnings.join()).not.toMatch(/clipped/);
  });

  it('leaves the part of a market without history in cash', () => {
    const old = handMarket('A/USD', [100, 101, 102, 103, 104, 105]);
    const young = handMarket('B/USD', [10, 11], { fromDay: 4 });
    const { exposure } = runBacktest({
      strategy: momentumRotation, codeHash: 'test', params: { lookbackBars: 2, rebalanceBars: 1, holdCount: 2 }, markets: [old, young], config: simulationConfig('spot', FREE),
    });
    for (const x of exposure.subarray(3)) expect(x).toBeLessThan(0.51);
  });
});

describe('searches over a portfolio', () => {
  const walks = [1, 2, 3, 4].map((seed) => randomWalk(600, seed, { symbol: `M${seed}/USDT` }));
  // Four listings: one from the first day, one from day 100, one that ends at 450, one with a hole.
  const [, second, third, fourth] = walks;
  const markets = [
    ownMemory(walks[0], () => true), ownMemory(second, (t) => t >= 100), ownMemory(third, (t) => t < 450), ownMemory(fourth, (t) => t < 200 || t > 260),
  ];
  const axes = { lookbackBars: [10, 20], rebalanceBars: [5], holdCount: [1, 2] };
  const request = { strategy: 'momentum-rotation', data: markets, axes, workers: 1, ledger: null };

  function ownMemory(bars: Bars, isKept: (t: number) => boolean): Bars {
    const rows = Array.from({ length: 600 }, (_, t) => (isKept(t) ? ([bars.open[t], bars.close[t]] as const) : null));
    return handMarket(bars.instrument.symbol, rows);
  }

  it('sweep all markets on one account', async () => {
    const sweep = await sweepStudy({ ...request, directory: temporaryFolder() });
    expect(sweep).toMatchObject({ trials: 4, failed: 0 });
    const [best] = await topTrials(sweep.directory, 'sharpeAnn', 1);
    const config = { ...simulationConfig('spot'), firstDecisionBar: 20 };
    const again = runBacktest({ strategy: momentumRotation, codeHash: 'test', params: best.params, markets, config });
    expect(again.metrics).toEqual(best.metrics);
  });

  it('walk forward by time, with as many bars as each market has in a window', async () => {
    const walk = await walkForwardStudy({ ...request, windows: { train: '150d', test: '50d' } });
    expect(walk.windows).toHaveLength(9);
    expect(walk.equity).toHaveLength(1 + 9 * 50);
    expect(walk.benchmark.name).toBe('equal-weight buy and hold of 4 markets');
    // A window's end closes positions; only the market that ends inside a window can be delisted.
    const ends = walk.trades.filter(({ exitReason }) => exitReason === 'delisted');
    for (const { market } of ends) expect(market).toBe(2);
    const exits = walk.trades.filter(({ exitReason }) => exitReason === 'window-end').map(({ exitTimeMs }) => exitTimeMs);
    for (const exit of exits) expect(walk.windows.map(({ testToMs }) => testToMs - DAY_MS)).toContain(exit);
    expect(walk.warnings.join()).not.toMatch(/failed/);
  });

  it('choose nothing by bars to come', async () => {
    const windows = { train: '150d', test: '50d' };
    const whole = await walkForwardStudy({ ...request, windows });
    const cut = await walkForwardStudy({ ...request, data: markets.map((bars) => sliceBars(bars, 0, bars.openTimeMs.filter((time) => time < 400 * DAY_MS).length)), windows });
    expect([...cut.equity]).toEqual([...whole.equity.subarray(0, cut.equity.length)]);
    expect(cut.windows.map(({ chosen }) => chosen)).toEqual(whole.windows.slice(0, cut.windows.length).map(({ chosen }) => chosen));
  });
});

describe('a strategy of one market', () => {
  it('still refuses two', () => {
    const one = defineStrategy({ id: 'one', summary: 'One.', params: { n: int({ min: 1, max: 2, default: 1 }) }, warmupBars: () => 1, onBar: () => undefined });
    expect(() => marketsFor(one, [randomWalk(5), randomWalk(5)])).toThrow(/must have 1 market, was given 2/);
  });
});
