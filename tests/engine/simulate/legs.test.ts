import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bars, barsFromColumns, DAY_MS } from '../../../engine/index.ts';
import { simulate, SimulationBuffers, type SimulationConfig, simulationConfig, simulateLegs, type SimulationTotals } from '../../../engine/simulate/index.ts';
import { plainAccount } from '../../oracle/plain-account.ts';
import { barsOf, configOf, decisionsOf, plainCase } from '../../oracle/plain-case.ts';

type Row = readonly [open: number, high: number, low: number, close: number];

function market(rows: readonly Row[], volume: readonly number[] = rows.map(() => 1)): Bars {
  const column = (c: number): number[] => rows.map((row) => row[c]);
  return barsFromColumns(
    { openTimeMs: rows.map((_, t) => t * DAY_MS), open: column(0), high: column(1), low: column(2), close: column(3), volume },
    DAY_MS,
    { venue: 'hand', symbol: 'H/USD', kind: 'spot', calendar: '24/7', market: 'continuous' },
  );
}

const flat = (price: number): Row => [price, price, price, price];
const exposures = (...series: number[][]): Float64Array[] => series.map((x) => Float64Array.from(x));

function walk(legs: readonly Bars[], x: readonly Float64Array[], config: SimulationConfig): { out: SimulationBuffers; totals: SimulationTotals } {
  const out = new SimulationBuffers();
  return { out, totals: simulateLegs(legs, x, config, out) };
}

const spot = (takerFeeBps = 100): SimulationConfig => simulationConfig('spot', { costs: { takerFeeBps, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 } });
const margin = (account: object = {}): SimulationConfig =>
  simulationConfig('perpetual', { costs: { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 }, account: { maxLeverage: 2, maintenanceFrac: 0.1, liquidationFeeFrac: 0.05, ...account } });

describe('two legs on spot', () => {
  // Bar 1: all 10 000 into A at 100. Bar 2: A at 100 → half, B at 50 → half; fee 1 %.
  const a = market([flat(100), flat(100), flat(100)]);
  const b = market([flat(50), flat(50), flat(50)]);
  const { out, totals } = walk([a, b], exposures([1, 0.5, 0.5], [0, 0.5, 0.5]), spot());

  it('sell before they buy, and buy what the cash pays for', () => {
    const held = 10_000 / 1.01;
    const afterEntry = held; // all cash went into 99.0099 A and their fee
    expect(out.equity[1]).toBeCloseTo(afterEntry, 9);
    // A is sold to 0.5·(E − fee): d = −E/2 ÷ (100·(1 − 0.5·0.01)); B is bought for d = E/2 ÷ (50·(1 + 0.5·0.01)), cut to the cash.
    const sold = afterEntry / 2 / 0.995;
    const cash = sold * 0.99;
    const wanted = (afterEntry / 2 / 1.005) * 1.01;
    expect(wanted).toBeGreaterThan(cash);
    const spent = cash / 1.01;
    expect(out.equity[2]).toBeCloseTo(held - sold + spent, 9);
    expect(totals.orders).toMatchObject({ sent: 3, filled: 3 });
    expect(totals.waterfall.feesQuote).toBeCloseTo(-0.01 * (held + sold + spent), 9);
  });

  it('never owe cash', () => {
    const gross = out.qty[2] * out.equity[2];
    expect(out.equity[2] - gross).toBeGreaterThanOrEqual(-1e-9 * out.equity[2]);
    expect(out.equity[2] - gross).toBeLessThanOrEqual(1e-9 * out.equity[2]);
  });

  it('cut all buys by one factor, whichever leg comes first', () => {
    // A holds everything; C doubles its share of equity. B and C want 0.5 each while A gives up only what the drift left it.
    const rising = market([flat(100), flat(100), flat(300), flat(300)]);
    const still = market([flat(10), flat(10), flat(10), flat(10)]);
    const other = market([flat(20), flat(20), flat(20), flat(20)]);
    const x = exposures([0.5, 0.5, 0.5, 0.5], [0, 0, 0.3, 0.3], [0, 0, 0.2, 0.2]);
    const { out: first } = walk([rising, still, other], x, spot(0));
    const { out: turned } = walk([other, rising, still], [x[2], x[0], x[1]], spot(0));
    // A: 50 units worth 15 000 of 20 000; cash 5 000 against buys of 6 000 and 4 000: each is halved.
    expect([...first.openTrades.column('qtyBase')].map((q) => Number(q.toFixed(9)))).toEqual([50, 300, 100]);
    expect([...turned.openTrades.column('qtyBase')].map((q) => Number(q.toFixed(9)))).toEqual([100, 50, 300]);
    expect(first.equity).toEqual(turned.equity);
  });

  it('buy whole lots even when the cash cuts them', () => {
    const rising = market([flat(100), flat(100), flat(300), flat(300)]);
    const still = market([flat(10), flat(10), flat(10), flat(10)]);
    const config = { ...spot(0), rules: { lotStep: 7, tickSize: 0, minNotionalQuote: 0 } };
    const { out: cut } = walk([rising, still], exposures([0.5, 0.5, 0.5, 0.5], [0, 0, 0.5, 0.5]), config);
    for (const qty of cut.openTrades.column('qtyBase')) expect(qty % 7).toBe(0);
  });
});

describe('two legs on margin', () => {
  it('are liquidated together at their adverse extremes', () => {
    // Long A and short B, 1 × equity each; A falls to 60 while B rises to 150: 10 000 − 4 000 − 5 000 = 1 000 ≤ 10 % of 6 000 + 15 000.
    const a = market([flat(100), [100, 100, 60, 90], flat(90)]);
    const b = market([flat(100), [100, 150, 100, 110], flat(110)]);
    const { out, totals } = walk([a, b], exposures([1, 1, 1], [-1, -1, -1]), margin());
    expect(totals.liquidations).toBe(1);
    expect([...out.trades.column('exitPrice')]).toEqual([60, 150]);
    expect(totals.waterfall.liquidationFeesQuote).toBeCloseTo(-0.05 * (6_000 + 15_000), 9);
    // 1 000 − 1 050 is below nothing: the venue bears it.
    expect(totals.waterfall.shortfallQuote).toBeCloseTo(50, 9);
    expect([...out.equity.subarray(1)]).toEqual([0, 0]);
    expect([...out.qty.subarray(1)]).toEqual([0, 0]);
    expect(totals.ruinedAtBar).toBe(1);
  });

  it('are left alone where both extremes together keep the margin', () => {
    const a = market([flat(100), [100, 100, 80, 90]]);
    const b = market([flat(100), [100, 120, 100, 110]]);
    const { out, totals } = walk([a, b], exposures([1, 1], [-1, -1]), margin());
    expect(totals.liquidations).toBe(0);
    expect(out.equity[1]).toBe(8_000);
  });

  it('are cut to the gross leverage, each by one factor', () => {
    const a = market([flat(100), flat(100)]);
    const { out, totals } = walk([a, a], exposures([3, 3], [-1, -1]), margin());
    expect(out.qty[1]).toBeCloseTo(2, 12);
    expect([...out.openTrades.column('qtyBase')]).toEqual([150, 50]);
    expect(totals.orders.clippedExposure).toBe(2);
  });

  it('are cut again when another leg joins them', () => {
    const a = market([flat(100), flat(100), flat(100)]);
    const { out } = walk([a, a], exposures([2, 2, 2], [0, -2, -2]), margin());
    expect(out.qty[1]).toBeCloseTo(2, 12);
    expect(out.qty[2]).toBeCloseTo(2, 12);
    expect([...out.openTrades.column('qtyBase')]).toEqual([200, 100]);
  });

  it('pay borrow on the short and on negative cash', () => {
    const a = market([flat(100), flat(100), flat(100)]);
    // +1.5 and −0.5: cash 10 000 − 15 000 + 5 000 = 0, so the short alone pays; then +2 alone owes 10 000.
    const both = walk([a, a], exposures([1.5, 1.5, 1.5], [-0.5, -0.5, -0.5]), margin({ borrowAnnFrac: 0.365 }));
    expect(both.totals.waterfall.borrowQuote).toBeCloseTo(-5 - 5.005, 9);
    const alone = walk([a, a], exposures([2, 2, 2], [0, 0, 0]), margin({ borrowAnnFrac: 0.365 }));
    expect(alone.totals.waterfall.borrowQuote).toBeCloseTo(-10 - 10.01, 9);
  });

  it('keep an order that waits for volume and fill the other leg', () => {
    const a = market([flat(100), flat(100), flat(100)], [1, 0, 1]);
    const b = market([flat(100), flat(100), flat(100)]);
    const { out, totals } = walk([a, b], exposures([1, 1, 1], [-1, -1, -1]), margin());
    expect([...out.openTrades.column('entryBar')]).toEqual([2, 1]);
    expect(totals.orders).toMatchObject({ waitedForVolume: 1, filled: 2, afterGap: 0 });
  });
});

describe('several legs', () => {
  it('refuse different lengths', () => {
    const a = market([flat(100), flat(100)]);
    const b = market([flat(100)]);
    expect(() => walk([a, b], exposures([1, 1], [1]), spot())).toThrow(/legs must have the same bars/);
  });

  it('are one leg what simulate() makes of it, without protection, funding or liquidation inside a bar', () => {
    let compared = 0;
    fc.assert(
      fc.property(plainCase, (c) => {
        const bare = c.wishes.map(({ x }) => ({ x, stop: 0, target: 0, trail: 0 }));
        fc.pre(!plainAccount(c.candles, bare, { ...c.terms, funding: [] }).isDust);
        const bars = barsOf(c.candles, c.terms.isAuction);
        const config = configOf(c.terms);
        const decisions = decisionsOf(bare);
        const one = new SimulationBuffers();
        const alone = simulate(bars, decisions, config, one);
        fc.pre(alone.liquidations === 0);
        const { out, totals } = walk([bars], [Float64Array.from(decisions.exposure)], config);
        fc.pre(totals.liquidations === 0);
        compared++;
        const cash = c.terms.initialCash;
        one.equity.forEach((equity, t) => expect(Math.abs(out.equity[t] - equity)).toBeLessThanOrEqual(1e-12 * Math.max(cash, equity)));
        expect(totals.orders).toEqual(alone.orders);
        const told = one.trades.toTrades(bars.openTimeMs);
        out.trades.toTrades(bars.openTimeMs).forEach((trade, i) => {
          expect([trade.side, trade.entryBar, trade.exitBar, trade.exitReason]).toEqual([told[i].side, told[i].entryBar, told[i].exitBar, told[i].exitReason]);
          for (const key of ['pnlQuote', 'feesQuote', 'spreadQuote', 'slippageQuote', 'fundingQuote'] as const) expect(Math.abs(trade[key] - told[i][key])).toBeLessThanOrEqual(1e-9 * cash);
          for (const key of ['maeFrac', 'mfeFrac'] as const) expect(trade[key]).toBeCloseTo(told[i][key], 12);
        });
        expect(out.trades.length).toBe(one.trades.length);
      }),
      { numRuns: 1_500, seed: 20_240_611 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });
});
