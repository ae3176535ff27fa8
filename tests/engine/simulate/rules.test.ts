import { describe, expect, it } from 'vitest';
import { type Bars, barsFromColumns, DAY_MS, HOUR_MS } from '../../../engine/index.ts';
import { type Decisions, liquidationPrice, simulate, SimulationBuffers, simulationConfig, type SimulationOptions, type SimulationTotals, type Trade } from '../../../engine/simulate/index.ts';
import { withFundingAt } from '../../support/funding.ts';

type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

interface Market {
  readonly hours?: readonly number[];
  readonly session?: boolean;
}

const FREE = { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 };
const LEVERED = { maxLeverage: 5, maintenanceFrac: 0.1, liquidationFeeFrac: 0.05 };
const flat = (price: number, volume?: number): Row => (volume === undefined ? [price, price, price, price] : [price, price, price, price, volume]);

function market(rows: readonly Row[], { hours = rows.map((_, t) => t), session = false }: Market = {}): Bars {
  return barsFromColumns(
    {
      openTimeMs: hours.map((hour) => hour * HOUR_MS), open: rows.map((r) => r[0]), high: rows.map((r) => r[1]), low: rows.map((r) => r[2]),
      close: rows.map((r) => r[3]), volume: rows.map((r) => r[4] ?? Number.NaN),
    },
    HOUR_MS,
    { venue: 'hand', symbol: 'H/USD', kind: 'perpetual', calendar: '24/7', market: session ? 'session' : 'continuous' },
  );
}

interface Told {
  readonly equity: number[];
  readonly qty: number[];
  readonly trades: Trade[];
  readonly exits: [bar: number, reason: string, price: number][];
  readonly totals: SimulationTotals;
}

/** A margin account without costs unless said otherwise. */
function tell(bars: Bars, x: readonly number[], protection: Partial<Decisions> = {}, options: SimulationOptions = {}): Told {
  const out = new SimulationBuffers();
  const config = simulationConfig('perpetual', { ...options, costs: { ...FREE, ...options.costs } });
  const totals = simulate(bars, { exposure: Float64Array.from(x), stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0, ...protection }, config, out);
  const trades = out.trades.toTrades(bars.openTimeMs);
  return { equity: [...out.equity], qty: [...out.qty], trades, exits: trades.map((t) => [t.exitBar, t.exitReason, t.exitPrice]), totals };
}

describe('levels', () => {
  it('stop on touch, take profit only through', () => {
    const rows = (low: number, high: number): Row[] => [flat(100), flat(100), [100, high, low, 100], flat(100)];
    const protection = { stopLossFrac: 0.05, takeProfitFrac: 0.05 };
    expect(tell(market(rows(95, 101)), [1, 1, 1, 1], protection).exits).toEqual([[2, 'stop-loss', 95]]);
    expect(tell(market(rows(95.01, 101)), [1, 1, 1, 1], protection).exits).toEqual([]);
    expect(tell(market(rows(99, 105)), [1, 1, 1, 1], protection).exits).toEqual([]);
    expect(tell(market(rows(99, 105.01)), [1, 1, 1, 1], protection).exits).toEqual([[2, 'take-profit', 105]]);
  });

  it('mirror for a short', () => {
    const rows = (low: number, high: number): Row[] => [flat(100), flat(100), [100, high, low, 100], flat(100)];
    const protection = { stopLossFrac: 0.05, takeProfitFrac: 0.05 };
    expect(tell(market(rows(99, 105)), [-1, -1, -1, -1], protection).exits).toEqual([[2, 'stop-loss', 105]]);
    expect(tell(market(rows(95, 101)), [-1, -1, -1, -1], protection).exits).toEqual([]);
    expect(tell(market(rows(94.99, 101)), [-1, -1, -1, -1], protection).exits).toEqual([[2, 'take-profit', 95]]);
  });

  it('follow the average entry after an addition, and stay where they are after a reduction', () => {
    const more = tell(market([flat(100), flat(100), flat(110), [110, 110, 100, 100]]), [1, 2, 2, 2], { stopLossFrac: 0.05 }, { account: { ...LEVERED, maintenanceFrac: 0.01, liquidationFeeFrac: 0 } });
    // 100 units at 100 and 100 more at 110: average 105, stop 99.75.
    expect(more.exits).toEqual([]);
    const touched = tell(market([flat(100), flat(100), flat(110), [110, 110, 99.75, 100]]), [1, 2, 2, 2], { stopLossFrac: 0.05 }, { account: { ...LEVERED, maintenanceFrac: 0.01, liquidationFeeFrac: 0 } });
    expect(touched.exits).toEqual([[3, 'stop-loss', 99.75]]);
    const less = tell(market([flat(100), flat(100), flat(110), [110, 110, 95, 100]]), [1, 0.5, 0.5, 0.5], { stopLossFrac: 0.05 });
    expect(less.exits[0].slice(0, 2)).toEqual([3, 'stop-loss']);
  });

  it('come from the order that is filled, not from later bars', () => {
    const stopLossFrac = Float64Array.of(0.05, 0.01, 0.01, 0.01);
    expect(tell(market([flat(100), flat(100), [100, 100, 98, 98], [98, 98, 95, 96]]), [1, 1, 1, 1], { stopLossFrac }).exits).toEqual([[3, 'stop-loss', 95]]);
  });

  it('trail from the best price since entry, from the next bar on', () => {
    // Entry bar: high 110 counts, for the position is held since its open; its own low of 90 does not meet the level that the high makes.
    const entry: Row[] = [flat(100), [100, 110, 90, 100]];
    expect(tell(market([...entry, [100, 100, 99.5, 100]]), [1, 1, 1], { trailFrac: 0.1 }).exits).toEqual([]);
    expect(tell(market([...entry, [100, 100, 99, 100]]), [1, 1, 1], { trailFrac: 0.1 }).exits).toEqual([[2, 'trailing-stop', 99]]);
  });

  it('trail no longer once an order brings no trailing stop', () => {
    const rows: Row[] = [flat(100), [100, 120, 100, 118], flat(118), [118, 118, 105, 106], flat(106)];
    const trailFrac = Float64Array.of(0.1, 0, 0, 0, 0);
    expect(tell(market(rows), [1, 0.5, 0.5, 0.5, 0.5], { trailFrac }).exits).toEqual([]);
    expect(tell(market(rows), [1, 0.5, 0.5, 0.5, 0.5], { trailFrac: 0.1 }).exits[0].slice(0, 2)).toEqual([3, 'trailing-stop']);
  });

  it('trail from the highs before the order that brings the trailing stop, too', () => {
    const rows: Row[] = [flat(100), [100, 120, 100, 118], flat(118), [118, 118, 107, 110], flat(110)];
    const trailFrac = Float64Array.of(0, 0.1, 0, 0, 0);
    expect(tell(market(rows), [1, 0.5, 0.5, 0.5, 0.5], { trailFrac }).exits[0].slice(0, 2)).toEqual([3, 'trailing-stop']);
  });

  it('are met nearest first', () => {
    const rows: Row[] = [flat(100), flat(100), [100, 100, 50, 60], flat(60)];
    expect(tell(market(rows), [5, 5, 5, 5], { stopLossFrac: 0.05 }, { account: LEVERED }).exits).toEqual([[2, 'stop-loss', 95]]);
    expect(tell(market(rows), [5, 5, 5, 5], { stopLossFrac: 0.15 }, { account: LEVERED }).exits[0].slice(0, 2)).toEqual([2, 'liquidation']);
  });
});

describe('the open', () => {
  it('settles what it has passed: the stop there, the target at its level or at an auction’s price', () => {
    const protection = { stopLossFrac: 0.05, takeProfitFrac: 0.05 };
    const to = (price: number): Row[] => [flat(100), flat(100), flat(price), flat(price)];
    expect(tell(market(to(90)), [1, 1, 1, 1], protection).exits).toEqual([[2, 'stop-loss', 90]]);
    expect(tell(market(to(110)), [1, 1, 1, 1], protection).exits).toEqual([[2, 'take-profit', 105]]);
    expect(tell(market(to(110), { session: true }), [1, 1, 1, 1], protection).exits).toEqual([[2, 'take-profit', 110]]);
    expect(tell(market(to(105), { session: true }), [1, 1, 1, 1], protection).exits).toEqual([]);
  });

  it('fills the market order before the stop that the open has passed as well', () => {
    const told = tell(market([flat(100), flat(100), flat(100), flat(90)]), [1, 1, -1, -1], { stopLossFrac: 0.05 });
    expect(told.exits).toEqual([[3, 'signal', 90]]);
    expect(told.qty[3]).toBeLessThan(0);
  });

  it('liquidates first; the waiting order dies, and there is no re-entry until the target changes', () => {
    const told = tell(market([flat(100), flat(100), flat(100), flat(85), flat(85), flat(85)]), [5, 5, -1, -1, 1, 1], {}, { account: LEVERED });
    expect(told.exits).toEqual([[3, 'liquidation', 85]]);
    expect(told.qty.slice(3)).toEqual([0, 0, expect.closeTo(told.equity[4] / 85, 12)]);
  });

  it('liquidates a position whose own fill has used up its margin', () => {
    // Leverage drifts from 5 to 9.8; at 15 % a unit no sale leaves 4, and what is left after it is beyond its margin at the open already.
    const rows: Row[] = [flat(100), flat(100), flat(89.1), flat(89.1)];
    const told = tell(market(rows), [5, 4, 4, 4], {}, { costs: { slippageBps: 1_500 }, account: LEVERED });
    expect(told.exits.map(([bar, reason]) => [bar, reason])).toEqual([[2, 'signal'], [2, 'liquidation']]);
    expect(told.exits[1][2]).toBe(89.1);
    expect(told.equity[2]).toBe(0);
    expect(told.totals.waterfall.shortfallQuote).toBeGreaterThan(0);
  });

  it('pays funding on what is carried in, at the mark where there is one', () => {
    const bars = market([flat(100), flat(100), flat(110), flat(110)]);
    expect(tell(withFundingAt(bars, [{ bar: 1, rate: 0.01 }]), [1, 1, 1, 1]).totals.waterfall.fundingQuote).toBe(0);
    expect(tell(withFundingAt(bars, [{ bar: 2, rate: 0.01 }]), [1, 1, 1, 1]).totals.waterfall.fundingQuote).toBeCloseTo(-110, 12);
    expect(tell(withFundingAt(bars, [{ bar: 2, rate: 0.01, markPrice: 105 }, { bar: 2, rate: 0.01, markPrice: 100 }]), [-1, -1, -1, -1]).totals.waterfall.fundingQuote).toBeCloseTo(205, 12);
  });
});

describe('orders', () => {
  it('are sent when the target changes, so that a stopped position stays out until then', () => {
    const rows: Row[] = [flat(100), flat(100), [100, 100, 94, 96], flat(96), flat(96), flat(96)];
    const told = tell(market(rows), [1, 1, 1, 1, 0.5, 0.5], { stopLossFrac: 0.05 });
    expect(told.qty.map((q) => q !== 0)).toEqual([false, true, false, false, false, true]);
    expect(told.totals.orders.sent).toBe(2);
  });

  it('clip the target to the account, and do not send it again while it is clipped to the same', () => {
    const told = tell(market([flat(100), flat(100), flat(110), flat(120)]), [3, 4, 7, 7], {}, { account: { maxLeverage: 2 } });
    expect(told.qty).toEqual([0, 200, 200, 200]);
    expect(told.totals.orders).toMatchObject({ sent: 1, filled: 1, clippedExposure: 1 });
    const spot = tell(market([flat(100), flat(100), flat(100)]), [-1, 2, 2], {}, { account: { kind: 'spot', maxLeverage: 1 } });
    expect(spot.qty).toEqual([0, 0, 100]);
    expect(spot.totals.orders.sent).toBe(1);
  });

  it('read an unknown target as flat', () => {
    expect(tell(market([flat(100), flat(100), flat(100), flat(100)]), [Number.NaN, 1, Number.NaN, 0]).qty).toEqual([0, 0, 100, 0]);
  });

  it('are counted after a gap only where bars are missing, not where they waited for volume', () => {
    const rows: Row[] = [flat(100, 1), flat(100, 1), flat(100, 1)];
    expect(tell(market(rows, { hours: [0, 3, 4] }), [1, 1, 1]).totals.orders).toMatchObject({ afterGap: 1, filled: 1 });
    expect(tell(market([flat(100, 1), flat(100, 0), flat(100, 0), flat(100, 1)]), [1, 1, 1, 1]).totals.orders).toMatchObject({ afterGap: 0, waitedForVolume: 2, filled: 1 });
    expect(tell(market([flat(100, 1), flat(100, 0), flat(100, 1)], { hours: [0, 1, 5] }), [1, 1, 1]).totals.orders).toMatchObject({ afterGap: 1, waitedForVolume: 1 });
    const rejected = tell(market(rows, { hours: [0, 3, 4] }), [1, 1, 1], {}, { rules: { minNotionalQuote: 20_000 } });
    expect(rejected.totals.orders).toMatchObject({ afterGap: 0, filled: 0, rejectedMinNotional: 1 });
  });

  it('wait where nothing trades, but a liquidation does not', () => {
    const told = tell(market([flat(100, 1), flat(100, 1), flat(85, 0), flat(85, 1)]), [5, 5, 5, 5], { stopLossFrac: 0.05 }, { account: LEVERED });
    expect(told.exits).toEqual([[2, 'liquidation', 85]]);
    const stop = tell(market([flat(100, 1), flat(100, 1), flat(90, 0), flat(93, 1)]), [1, 1, 1, 1], { stopLossFrac: 0.05 });
    expect(stop.exits).toEqual([[3, 'stop-loss', 93]]);
  });

  it('are cut to whole lots, but never when they close', () => {
    const rules = { lotStep: 7, tickSize: 0, minNotionalQuote: 0 };
    expect(tell(market([flat(100), flat(100), flat(100)]), [1, 1, 1], {}, { rules }).qty).toEqual([0, 98, 98]);
    // 98 − reversal to −98: the closing 98 whole, the opening 100 cut to 98.
    expect(tell(market([flat(100), flat(100), flat(100), flat(100)]), [1, -1, 0, 0], {}, { rules }).qty).toEqual([0, 98, -98, 0]);
    expect(tell(market([flat(100), flat(100), flat(100)]), [0.05, 0.05, 0.05], {}, { rules }).totals.orders).toMatchObject({ rejectedLot: 1, filled: 0 });
    // At 100.7 one lot of 0.1 is whole although 10 070 ÷ 100.7 ÷ 0.1 is a hair below 1000.
    expect(tell(market([flat(100.7), flat(100.7)]), [1, 1], {}, { rules: { ...rules, lotStep: 0.1 }, account: { initialCash: 10_070 } }).qty[1]).toBeCloseTo(100, 9);
  });

  it('round ticks against the trader and still fit into spot cash', () => {
    const spot = { kind: 'spot' as const };
    const told = tell(market([flat(100), flat(100.2), flat(100.2)]), [1, 0, 0], {}, { account: spot, rules: { lotStep: 0, tickSize: 0.5, minNotionalQuote: 0 } });
    // Bought at 100.5, not 100.2; sold at 100.0.
    expect(told.qty[1]).toBeCloseTo(10_000 / 100.5, 12);
    expect(told.equity[2]).toBeCloseTo((10_000 / 100.5) * 100, 9);
    expect(told.totals.waterfall.slippageQuote).toBeCloseTo(-(10_000 / 100.5) * 0.5, 9);
  });

  it('open nothing on an account that has lost everything', () => {
    // A stop whose costs are greater than what was left: the account is below zero and sends no more.
    const account = { maxLeverage: 5, maintenanceFrac: 0.001, liquidationFeeFrac: 0 };
    const rows: Row[] = [flat(100), flat(100), flat(80.2), flat(80), flat(80)];
    const told = tell(market(rows), [5, 5, 5, -1, -1], { stopLossFrac: 0.05 }, { account, costs: { takerFeeBps: 100 } });
    expect(told.equity[2]).toBeLessThan(0);
    expect(told.qty.slice(2)).toEqual([0, 0, 0]);
    expect(told.equity[4]).toBe(told.equity[2]);
    expect(told.totals).toMatchObject({ ruinedAtBar: 2, liquidations: 0 });
  });
});

describe('the end', () => {
  it('leaves a position open unless it is to be flat, then closes it at the last close at taker cost', () => {
    const bars = market([flat(100), flat(100), [100, 110, 100, 110]]);
    const out = new SimulationBuffers();
    const config = simulationConfig('perpetual', { costs: { ...FREE, takerFeeBps: 10 } });
    const decisions: Decisions = { exposure: Float64Array.of(1, 1, 1), stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
    const open = simulate(bars, decisions, config, out);
    expect([out.trades.length, out.openTrades.length]).toEqual([0, 1]);
    const q = out.qty[2];
    const flatOut = simulate(bars, decisions, { ...config, flattenAtEnd: true }, out);
    expect([out.trades.length, out.openTrades.length]).toEqual([1, 0]);
    expect(out.trades.toTrades(bars.openTimeMs)[0]).toMatchObject({ exitReason: 'window-end', exitBar: 2, exitPrice: 110 });
    expect(flatOut.finalEquity).toBeCloseTo(open.finalEquity - 0.001 * q * 110, 9);
  });
});

describe('liquidation', () => {
  it('has a price only where a price can take the margin', () => {
    expect(liquidationPrice(-40_000, 500, 0.01, 100)).toBeCloseTo(40_000 / 495, 12);
    expect(liquidationPrice(20_000, -100, 0.01, 100)).toBeCloseTo(20_000 / 101, 12);
    expect(liquidationPrice(0, 100, 0.01, 100)).toBeNaN();
    expect(liquidationPrice(-1e-9, 100, 0.01, 100)).toBeNaN();
    expect(liquidationPrice(-40_000, 0, 0.01, 100)).toBeNaN();
  });

  it('leaves the margin less its fee, and nothing below zero', () => {
    const inside = tell(market([flat(100), flat(100), [100, 100, 80, 100]]), [5, 5, 5], {}, { account: LEVERED });
    // P* = 40 000 ÷ (500 − 50); margin 10 % less fee 5 % of the notional remain.
    expect(inside.equity[2]).toBeCloseTo(0.05 * 500 * (40_000 / 450), 8);
    const gap = tell(market([flat(100), flat(100), flat(70)]), [5, 5, 5], {}, { account: LEVERED });
    expect(gap.equity[2]).toBe(0);
    expect(gap.totals.waterfall.shortfallQuote).toBeCloseTo(40_000 - 35_000 + 0.05 * 35_000, 9);
  });
});

describe('a configuration', () => {
  it('is refused where an assumption cannot be', () => {
    expect(() => simulationConfig('spot', { costs: { takerFeeBps: -1 } })).toThrow('takerFeeBps must be in 0 … 10000 bps, was -1');
    expect(() => simulationConfig('spot', { account: { maxLeverage: 2 } })).toThrow(/maxLeverage must be 1 on spot/);
    expect(() => simulationConfig('perpetual', { account: { maxLeverage: 100, maintenanceFrac: 0.01 } })).toThrow(/maintenanceFrac must be above 0 and below 1 ÷ leverage/);
    expect(() => simulationConfig('perpetual', { account: { liquidationFeeFrac: 0.02 } })).toThrow(/liquidationFeeFrac must be in 0 … maintenanceFrac/);
    expect(() => simulationConfig('spot', { account: { initialCash: 0 } })).toThrow(/initialCash must be above 0/);
    expect(() => simulationConfig('spot', { rules: { lotStep: Number.NaN } })).toThrow(/lotStep must be at least 0/);
    expect(() => simulationConfig('perpetual', { account: { maxLeverage: 20, maintenanceFrac: 0.01 }, costs: { slippageBps: 600 } })).toThrow(/costs of a unit traded must be below 1 ÷ leverage/);
  });

  it('states every default', () => {
    expect(simulationConfig('spot')).toMatchObject({ costs: { takerFeeBps: 10, makerFeeBps: 10, halfSpreadBps: 1, slippageBps: 4 }, account: { kind: 'spot' }, intrabar: 'pessimistic' });
    expect(simulationConfig('perpetual')).toMatchObject({ costs: { takerFeeBps: 5, makerFeeBps: 2 }, account: { kind: 'margin', maintenanceFrac: 0.01 } });
    expect(simulationConfig('spot', { account: { initialCash: undefined as never } }).account.initialCash).toBe(10_000);
  });
});

describe('borrow', () => {
  it('is paid on a short’s value and on negative cash for the bar’s length', () => {
    const day = barsFromColumns(
      { openTimeMs: [0, DAY_MS], open: [100, 100], high: [100, 100], low: [100, 100], close: [100, 100], volume: [1, 1] },
      DAY_MS,
      { venue: 'hand', symbol: 'H/USD', kind: 'spot', calendar: '24/7', market: 'continuous' },
    );
    const account = { kind: 'margin' as const, maxLeverage: 3, borrowAnnFrac: 0.365 };
    expect(tell(day, [-2, -2], {}, { account }).totals.waterfall.borrowQuote).toBeCloseTo(-20, 9);
    expect(tell(day, [3, 3], {}, { account }).totals.waterfall.borrowQuote).toBeCloseTo(-20, 9);
    expect(tell(day, [1, 1], {}, { account }).totals.waterfall.borrowQuote).toBeCloseTo(0, 9);
  });
});
