import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bars, barsFromColumns, DAY_MS, type Fill, HOUR_MS, type OrderEvent, sliceBars, type Trade } from '../../../engine/index.ts';
import { type BarContext, type Driver, simulateOrders } from '../../../engine/orders/index.ts';
import { SimulationBuffers, type SimulationConfig, simulationConfig, type SimulationOptions, simulateLegs, type SimulationTotals } from '../../../engine/simulate/index.ts';
import { handMarket } from '../../support/hand-market.ts';

const spot = (takerFeeBps = 0, more: SimulationOptions = {}): SimulationConfig =>
  simulationConfig('spot', { ...more, costs: { takerFeeBps, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 } });
const margin = (more: SimulationOptions = {}): SimulationConfig =>
  simulationConfig('perpetual', { ...more, costs: { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 } });

interface Walked {
  readonly out: SimulationBuffers;
  readonly totals: SimulationTotals;
  readonly fills: readonly Fill[];
  /** Moment, market and quantity of each fill. */
  readonly traded: readonly (readonly [number, number, number])[];
}

function walk(markets: readonly Bars[], config: SimulationConfig, driver: Driver): Walked {
  const out = new SimulationBuffers();
  const fills: Fill[] = [];
  const totals = simulateOrders({ markets, config, driver, onFill: (fill) => fills.push(fill) }, out);
  return { out, totals, fills, traded: fills.map(({ bar, market, qtyBase }) => [bar, market, Number(qtyBase.toFixed(9))] as const) };
}

/** One exposure a market for the whole run. */
const hold = (markets: readonly Bars[], ...x: number[]): Driver => ({
  decisions: markets.map(({ length }, m) => ({ exposure: new Float64Array(length).fill(x[m]), stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 })),
});

describe('rebalancing', () => {
  it('by a band trades back when exposure has drifted by more than it', () => {
    // 50 units at 100. At 120 they are 6 000 of 11 000, 4.5 points off; at 160 8 000 of 13 000, 11.5 points off: back to 6 500 ÷ 160 = 40.625.
    const market = [handMarket('A/USD', [100, 100, [100, 120], [120, 160], 160, 160])];
    const { traded, out } = walk(market, spot(0, { rebalance: { kind: 'band', bandFrac: 0.1 } }), hold(market, 0.5));
    expect(traded).toEqual([[1, 0, 50], [4, 0, -9.375]]);
    expect([...out.equity]).toEqual([10_000, 10_000, 11_000, 13_000, 13_000, 13_000]);
  });

  it('by a schedule trades back at the first close of a period', () => {
    // Periods of two days: closes of bars 1, 3 and 5 begin one. 50 units of 200 in 15 000 → 7 500 ÷ 200 = 37.5, at the open of bar 4.
    const market = [handMarket('A/USD', [100, 100, [100, 200], 200, 200, 200])];
    const { traded } = walk(market, spot(0, { rebalance: { kind: 'schedule', everyMs: 2 * DAY_MS } }), hold(market, 0.5));
    expect(traded).toEqual([[1, 0, 50], [4, 0, -12.5]]);
  });

  it('never trades where only a change of target does', () => {
    const market = [handMarket('A/USD', [100, 100, [100, 200], 200, 200, 200])];
    expect(walk(market, spot(), hold(market, 0.5)).traded).toEqual([[1, 0, 50]]);
  });

  it.each([
    ['band', { kind: 'band', bandFrac: 0.1 }],
    ['schedule', { kind: 'schedule', everyMs: 3 * DAY_MS }],
  ] as const)('of several instruments by %s sells before it buys', (_name, rebalance) => {
    // A doubles: 10 000 and 5 000 of 15 000. 12.5 A are sold for the 2 500 that buy 50 B, though B comes first.
    const markets = [handMarket('B/USD', [50, 50, 50, 50, 50]), handMarket('A/USD', [100, 100, [100, 200], 200, 200])];
    const { traded, out } = walk(markets, spot(0, { rebalance }), hold(markets, 0.5, 0.5));
    expect(traded).toEqual([[1, 0, 100], [1, 1, 50], [3, 1, -12.5], [3, 0, 50]]);
    expect([...out.equity]).toEqual([10_000, 10_000, 15_000, 15_000, 15_000]);
  });

  it('scales all buys by one factor where fees leave too little cash', () => {
    // Fee 1 %. Both halves and their fees: notional 10 000 ÷ 2.02 each, no cash left.
    const markets = [handMarket('B/USD', [50, 50, 50, 50, 50]), handMarket('A/USD', [100, 100, [100, 200], 200, 200])];
    const { fills, out } = walk(markets, spot(100, { rebalance: { kind: 'band', bandFrac: 0.1 } }), hold(markets, 0.5, 0.5));
    const each = 10_000 / 2.02;
    expect(fills.map(({ bar, market }) => [bar, market])).toEqual([[1, 0], [1, 1], [3, 1], [3, 0]]);
    expect(fills[0].qtyBase).toBeCloseTo(each / 50, 9);
    expect(fills[1].qtyBase).toBeCloseTo(each / 100, 9);
    // A is 2/3 of 3 × each: half the account is each/2 less; the sale pays its fee, and the buy what its proceeds allow.
    const sold = each / 2 / (1 - 0.5 * 0.01);
    expect(fills[2].qtyBase).toBeCloseTo(-sold / 200, 9);
    const bought = (sold * 0.99) / 1.01;
    expect(bought).toBeLessThan(each / 2 / 1.005);
    expect(fills[3].qtyBase).toBeCloseTo(bought / 50, 9);
    expect(fills[3].cashAfter).toBeCloseTo(0, 9);
    expect(out.equity[4]).toBeCloseTo(3 * each - 0.01 * (sold + bought), 9);
  });

  it('takes eleven elevenths for a whole', () => {
    const markets = Array.from({ length: 11 }, (_, m) => handMarket(`M${m}/USD`, [100, 100, 100]));
    const { totals } = walk(markets, margin(), hold(markets, ...markets.map(() => 1 / 11)));
    expect(totals.orders.clippedExposure).toBe(0);
  });
});

describe('a market that is listed later', () => {
  const old = handMarket('OLD/USD', [100, 100, 100, 100, 100]);
  const young = handMarket('NEW/USD', [50, [60, 80], 80], { fromDay: 2 });

  it('is first decided on at the close of its first bar', () => {
    const { traded, out } = walk([old, young], spot(), hold([old, young], 0.5, 0.5));
    expect(out.equity.length).toBe(5);
    // 5 000 ÷ 60 at the open of its second bar.
    expect(traded).toEqual([[1, 0, 50], [3, 1, 83.333333333]]);
    expect(out.equity[3]).toBeCloseTo(10_000 + (5_000 / 60) * 20, 9);
  });

  it('takes a target set before its listing after its first bar, and refuses orders until then', () => {
    const events: OrderEvent[] = [];
    const seen: (readonly [number, boolean, boolean, number])[] = [];
    const { traded, totals } = walk([young, old], spot(), {
      onBar: (context) => {
        const [market] = context.markets;
        events.push(...context.events);
        seen.push([context.timeMs / DAY_MS, market.isListed, market.isTraded, market.bars]);
        market.target(0.5);
        if (context.bar === 0) context.place({ type: 'market', side: 'buy', qtyBase: 1, market: 0 });
      },
    });
    expect(traded).toEqual([[3, 0, 83.333333333]]);
    expect(events).toMatchObject([{ type: 'ended', reason: 'rejected-not-listed' }, { type: 'fill' }]);
    expect(seen).toEqual([[1, false, false, 0], [2, false, false, 0], [3, true, true, 1], [4, true, true, 2], [5, true, true, 3]]);
    expect(totals.orders).toMatchObject({ sent: 2, filled: 1 });
  });
});

describe('a market with a gap', () => {
  it('fills at its next open, and is worth its last close until then', () => {
    const whole = handMarket('A/USD', [100, 100, 100, 100, 100]);
    const gappy = handMarket('B/USD', [50, 50, null, [80, 90], 90]);
    const decisions = hold([whole, gappy], 0, 1);
    const { traded, totals, out } = walk([whole, gappy], spot(), {
      onBar: (context) => {
        if (context.bar === 1) context.markets[1].target(1);
      },
    });
    expect(traded).toEqual([[3, 1, 125]]);
    expect(totals.orders.afterGap).toBe(1);
    expect([...out.equity]).toEqual([10_000, 10_000, 10_000, 11_250, 11_250]);
    const held = walk([whole, gappy], spot(), decisions);
    // 200 units at 50 from moment 1; nothing is known of them at moment 2.
    expect([...held.out.equity]).toEqual([10_000, 10_000, 10_000, 18_000, 18_000]);
    expect([...held.out.qty]).toEqual([0, 1, 1, 1, 1]);
  });
});

describe('a market whose bars end', () => {
  const whole = handMarket('A/USD', [100, 100, 100, 100, 100]);
  const dying = handMarket('B/USD', [50, 50, 50]);

  it('closes a long at its last price less the haircut, at the next moment', () => {
    const { out, traded, fills } = walk([whole, dying], spot(), hold([whole, dying], 0.5, 0.5));
    expect(traded).toEqual([[1, 0, 50], [1, 1, 100], [3, 1, -100]]);
    expect(fills[2]).toMatchObject({ kind: 'delisted', referencePrice: 40, cashAfter: 4_000 });
    expect([...out.equity]).toEqual([10_000, 10_000, 10_000, 9_000, 9_000]);
    expect(out.trades.toTrades(whole.openTimeMs)).toMatchObject([{ market: 1, exitBar: 3, exitPrice: 40, exitReason: 'delisted', pnlQuote: -1_000 }]);
  });

  it('closes a short at its last price', () => {
    const { out, fills } = walk([whole, dying], margin(), hold([whole, dying], 0, -0.5));
    expect(fills[1]).toMatchObject({ kind: 'delisted', referencePrice: 50 });
    expect(out.equity[4]).toBe(10_000);
  });

  it('ends its orders, tells the strategy so, and takes no more', () => {
    const events: OrderEvent[] = [];
    const { totals, traded } = walk([whole, dying], spot(), {
      onBar: (context: BarContext) => {
        events.push(...context.events);
        if (context.bar === 1) context.place({ type: 'limit', side: 'buy', limitPrice: 10, qtyBase: 1, market: 1 });
        if (context.bar === 3) context.place({ type: 'market', side: 'buy', qtyBase: 1, market: 1 });
        context.markets[1].target(context.bar === 0 ? 0.5 : context.bar / 10);
      },
    });
    expect(events.filter(({ type }) => type === 'ended')).toMatchObject([{ reason: 'cancelled' }, { reason: 'rejected-not-listed' }]);
    expect(traded.every(([moment]) => moment <= 3)).toBe(true);
    // Targets at moments 0, 1 and 2, the limit, and the refused order.
    expect(totals.orders.sent).toBe(5);
  });

  it('is not delisted at the end of a window on longer bars', () => {
    const longer = sliceBars(handMarket('B/USD', [50, 50, 50, null, null, 50]), 0, 3);
    const { out } = walk([whole, longer], spot(), hold([whole, longer], 0.5, 0.5));
    expect([...out.equity]).toEqual([10_000, 10_000, 10_000, 10_000, 10_000]);
    expect(out.trades.length).toBe(0);
  });
});

describe('market orders placed in several instruments', () => {
  it('share too little cash by one factor, after the sells', () => {
    const markets = [handMarket('A/USD', [100, 100, 100, 100]), handMarket('B/USD', [50, 50, 50, 50]), handMarket('C/USD', [10, 10, 10, 10])];
    const { traded, totals } = walk(markets, spot(), {
      onBar: (context) => {
        if (context.bar === 0) context.place({ type: 'market', side: 'buy', equityFrac: 1, market: 2 });
        if (context.bar !== 1) return;
        context.place({ type: 'market', side: 'buy', notionalQuote: 8_000, market: 0 });
        context.place({ type: 'market', side: 'buy', notionalQuote: 2_000, market: 1 });
        context.place({ type: 'market', side: 'sell', qtyBase: 500, market: 2 });
      },
    });
    // 5 000 of proceeds for 10 000 of buys: half of each.
    expect(traded).toEqual([[1, 2, 1_000], [2, 2, -500], [2, 0, 40], [2, 1, 20]]);
    expect(totals.orders).toMatchObject({ sent: 4, filled: 4, clippedExposure: 2 });
  });
});

describe('one clock', () => {
  it('refuses bars of another timeframe or grid, whose closes would be read early', () => {
    const day = handMarket('A/USD', [100, 100]);
    const shifted = (timeframeMs: number, offsetMs: number): Bars =>
      barsFromColumns({ openTimeMs: day.openTimeMs.map((time) => time + offsetMs), open: day.open, high: day.high, low: day.low, close: day.close, volume: day.volume }, timeframeMs, day.instrument);
    expect(() => walk([day, shifted(HOUR_MS, 0)], spot(), hold([day, day], 0, 0))).toThrow(/share one timeframe/);
    expect(() => walk([day, shifted(DAY_MS, 6 * HOUR_MS)], spot(), hold([day, day], 0, 0))).toThrow(/open at the same times/);
    expect(() => walk([day, shifted(DAY_MS, 18 * HOUR_MS)], spot(), hold([day, day], 0, 0))).toThrow(/open at the same times/);
  });
});

const price = fc.record({
  gap: fc.double({ min: -0.08, max: 0.08, noNaN: true }),
  move: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  above: fc.double({ min: 0, max: 0.05, noNaN: true }),
  below: fc.double({ min: 0, max: 0.05, noNaN: true }),
  volume: fc.oneof({ weight: 12, arbitrary: fc.constant(5) }, { weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
  x: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: fc.constantFrom(0, 0.3, 0.5, 1, -0.4, -1, 2) }),
});
const bps = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true }));
const aligned = fc.record({
  rows: fc.array(fc.record({ skip: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(2) }), legs: fc.array(price, { minLength: 3, maxLength: 3 }) }), { minLength: 2, maxLength: 30 }),
  count: fc.constantFrom(2, 3),
  costs: fc.record({ takerFeeBps: bps, makerFeeBps: bps, halfSpreadBps: bps, slippageBps: bps, impactBps: fc.constant(0) }),
  isMargin: fc.boolean(),
  maxLeverage: fc.constantFrom(1, 3),
  borrowAnnFrac: fc.constantFrom(0, 0.3),
  lotStep: fc.constantFrom(0, 0.01),
  flattenAtEnd: fc.boolean(),
  firstDecisionBar: fc.constantFrom(0, 2),
});

function alignedCase({ rows, count, isMargin, maxLeverage, borrowAnnFrac, lotStep, costs, flattenAtEnd, firstDecisionBar }: typeof aligned extends fc.Arbitrary<infer C> ? C : never) {
  let day = 0;
  const times = rows.map(({ skip }) => (day += 1 + skip) * DAY_MS);
  const markets = Array.from({ length: count }, (_, m) => {
    let last = 20 * (m + 1);
    const candles = rows.map(({ legs }) => {
      const { gap, move, above, below, volume } = legs[m];
      const open = last * (1 + gap);
      const close = open * (1 + move);
      last = close;
      return { open, close, high: Math.max(open, close) * (1 + above), low: Math.min(open, close) * (1 - below), volume };
    });
    const column = (name: keyof (typeof candles)[number]): number[] => candles.map((candle) => candle[name]);
    return barsFromColumns(
      { openTimeMs: times, open: column('open'), high: column('high'), low: column('low'), close: column('close'), volume: column('volume') },
      DAY_MS, { venue: 'random', symbol: `R${m}/USD`, kind: 'spot', calendar: '24/7', market: 'continuous' },
    );
  });
  const exposures = markets.map((_, m) => {
    let held = 0;
    return Float64Array.from(rows, ({ legs }) => (held = legs[m].x ?? held));
  });
  const account = isMargin ? ({ kind: 'margin', maxLeverage, borrowAnnFrac } as const) : ({ kind: 'spot' } as const);
  return { markets, exposures, config: { ...simulationConfig('spot', { costs, account, rules: { lotStep } }), flattenAtEnd, firstDecisionBar } };
}

/** What a comparison of trades keeps to the letter. */
const shapeOf = ({ market, side, entryBar, exitBar, exitReason }: Trade) => ({ market, side, entryBar, exitBar, exitReason });

describe('aligned bars', () => {
  it('give the equity and the trades of the legs kernel', () => {
    let compared = 0;
    fc.assert(
      fc.property(aligned, (c) => {
        const { markets, exposures, config } = alignedCase(c);
        const kernel = new SimulationBuffers();
        const totals = simulateLegs(markets, exposures, config, kernel);
        const { out, totals: told, fills } = walk(markets, config, { decisions: exposures.map((exposure) => ({ exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 })) });
        const lists = [kernel, out].map((buffers) => [...buffers.trades.toTrades(markets[0].openTimeMs), ...buffers.openTrades.toTrades(markets[0].openTimeMs)]);
        // Rounding decides whether the last 1e-13 of cash buys a speck; such cases say nothing.
        fc.pre(fills.every(({ qtyBase, price: at }) => Math.abs(qtyBase) * at > 1e-6) && lists[0].every(({ qtyBase, entryPrice }) => qtyBase * entryPrice > 1e-6));
        kernel.equity.forEach((equity, t) => expect(Math.abs(out.equity[t] - equity)).toBeLessThanOrEqual(1e-12 * Math.max(10_000, equity)));
        expect(lists[1].map(shapeOf)).toEqual(lists[0].map(shapeOf));
        lists[0].forEach(({ pnlQuote, qtyBase }, i) => {
          compared++;
          expect(Math.abs(lists[1][i].pnlQuote - pnlQuote)).toBeLessThanOrEqual(1e-10 * 10_000);
          expect(Math.abs(lists[1][i].qtyBase - qtyBase)).toBeLessThanOrEqual(1e-10 * qtyBase);
        });
        expect(told.liquidations).toBe(totals.liquidations);
        expect(told.ruinedAtBar).toBe(totals.ruinedAtBar);
        for (const part of Object.keys(totals.waterfall) as (keyof typeof totals.waterfall)[]) expect(Math.abs(told.waterfall[part] - totals.waterfall[part]), part).toBeLessThanOrEqual(1e-7);
      }),
      { numRuns: 3_000, seed: 20_261_125 },
    );
    expect(compared).toBeGreaterThan(3_000);
  });
});
