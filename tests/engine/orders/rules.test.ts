import { describe, expect, it } from 'vitest';
import { type Bars, barsFromColumns, type Decisions, type Fill, HOUR_MS, MINUTE_MS, withFunding, withMark } from '../../../engine/index.ts';
import { kellyFraction, type OrderRun, simulateOrders } from '../../../engine/orders/index.ts';
import { SimulationBuffers, simulationConfig, type SimulationOptions, type SimulationTotals, TradeLog } from '../../../engine/simulate/index.ts';

type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

const FREE = { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 };
const MARGIN = { maxLeverage: 5, maintenanceFrac: 0.1, liquidationFeeFrac: 0.05 };
const flat = (price: number, volume = 10): Row => [price, price, price, price, volume];

function market(rows: readonly Row[], hours = rows.map((_, t) => t)): Bars {
  const pick = (c: number): number[] => rows.map((row) => row[c] ?? 10);
  return barsFromColumns(
    { openTimeMs: hours.map((hour) => hour * HOUR_MS), open: pick(0), high: pick(1), low: pick(2), close: pick(3), volume: pick(4) },
    HOUR_MS,
    { venue: 'hand', symbol: 'H/USD', kind: 'perpetual', calendar: '24/7', market: 'continuous' },
  );
}

interface Told {
  readonly fills: Fill[];
  readonly equity: number[];
  readonly qty: number[];
  readonly totals: SimulationTotals;
}

function tell(bars: Bars, driver: OrderRun['driver'], options: SimulationOptions = {}): Told {
  const out = new SimulationBuffers();
  const fills: Fill[] = [];
  const config = simulationConfig('perpetual', { ...options, costs: { ...FREE, ...options.costs }, account: { ...MARGIN, ...options.account } });
  const totals = simulateOrders({ markets: [bars], config, driver, onFill: (fill) => fills.push(fill) }, out);
  return { fills, equity: [...out.equity], qty: [...out.qty], totals };
}

function holding(x: readonly number[], protection: Partial<Decisions> = {}): OrderRun['driver'] {
  return { decisions: [{ exposure: Float64Array.from(x), stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0, ...protection }] };
}

describe('funding inside a bar', () => {
  const rows = [flat(100), flat(100), [100, 110, 90, 100], flat(100)] as const;
  const at = 2 * HOUR_MS + 30 * MINUTE_MS;
  const paying = (rate: number): Bars => withFunding(market(rows), { timeMs: [at], rate: [rate], markPrice: [102] });

  it('is paid on what is held after the open, at the mark', () => {
    expect(tell(paying(0.01), holding([1, 1, 1, 1])).totals.waterfall.fundingQuote).toBeCloseTo(-102, 9);
    expect(tell(paying(0.01), holding([0, 0, 1, 1])).totals.waterfall.fundingQuote).toBe(0);
  });

  it('makes the bar ambiguous when a fill inside it changes the quantity: payments are kept, receipts dropped, and the reverse', () => {
    const stopped = holding([1, 1, 1, 1], { stopLossFrac: 0.05 });
    const funding = (rate: number, intrabar: 'pessimistic' | 'optimistic' | 'path'): number => {
      const { totals } = tell(paying(rate), stopped, { intrabar });
      expect(totals.ambiguousBars).toBe(1);
      return totals.waterfall.fundingQuote;
    };
    expect(funding(0.01, 'pessimistic')).toBeCloseTo(-102, 9);
    expect(funding(0.01, 'optimistic')).toBe(0);
    expect(funding(0.01, 'path')).toBeCloseTo(-102, 9);
    expect(funding(-0.01, 'pessimistic')).toBe(0);
    expect(funding(-0.01, 'optimistic')).toBeCloseTo(102, 9);
  });

  it('is paid in full when nothing fills inside', () => {
    for (const intrabar of ['pessimistic', 'optimistic', 'path'] as const) {
      const { totals } = tell(paying(-0.01), holding([1, 1, 1, 1]), { intrabar });
      expect([totals.ambiguousBars, totals.waterfall.fundingQuote]).toEqual([0, expect.closeTo(102, 9)]);
    }
  });

  it('of a gap is paid at the next open', () => {
    const bars = withFunding(market([flat(100), flat(100), flat(100), flat(100)], [0, 1, 2, 9]), { timeMs: [5 * HOUR_MS], rate: [0.01] });
    expect(tell(bars, holding([1, 1, 1, 1])).totals.waterfall.fundingQuote).toBeCloseTo(-100, 9);
  });
});

describe('the mark price', () => {
  const rows = [flat(100), flat(100), [100, 101, 95, 99], flat(99)] as const;
  const marked = (low: number): Bars => withMark(market(rows), { open: [100, 100, 100, 99], high: [100, 100, 101, 99], low: [100, 100, low, 99], close: [100, 100, 99, 99] });

  it('liquidates, and the last price does not', () => {
    // 5x long from 100: K = −40000, q = 500, P* = 40000 ÷ 450 = 88.9
    expect(tell(marked(88), holding([5, 5, 5, 5])).totals.liquidations).toBe(1);
    expect(tell(marked(90), holding([5, 5, 5, 5])).totals.liquidations).toBe(0);
    expect(tell(marked(88), holding([5, 5, 5, 5]), { execution: { liquidateOn: 'last' } }).totals.liquidations).toBe(0);
  });

  it('triggers stops where asked, which fill no further than the bar traded', () => {
    const stop = holding([1, 1, 1, 1], { stopLossFrac: 0.08 });
    expect(tell(marked(91), stop).fills.length).toBe(1);
    expect(tell(marked(91), stop, { execution: { triggerOn: 'mark' } }).fills[1]).toMatchObject({ bar: 2, kind: 'stop-loss', referencePrice: 95 });
  });
});

describe('the volume cap', () => {
  const rows = [flat(100), flat(100, 100), flat(100, 300), flat(100, 10_000)] as const;

  it('fills a share of each bar’s volume and carries the rest', () => {
    const { fills } = tell(market(rows), holding([1, 1, 1, 1]), { execution: { volumeCapFrac: 0.1 } });
    expect(fills.map(({ bar, qtyBase }) => [bar, qtyBase])).toEqual([[1, 10], [2, 30], [3, expect.closeTo(60, 9)]]);
  });

  it('or cancels it', () => {
    const { fills } = tell(market(rows), holding([1, 1, 1, 1]), { execution: { volumeCapFrac: 0.1, volumeCapRemainder: 'cancel' } });
    expect(fills.map(({ bar, qtyBase }) => [bar, qtyBase])).toEqual([[1, 10]]);
  });

  it('is refused where volume is absent', () => {
    const rowsWithout = [flat(100), [100, 100, 100, 100, Number.NaN]] as const;
    expect(() => tell(market(rowsWithout), holding([1, 1]), { execution: { volumeCapFrac: 0.1 } })).toThrow(/volume cap needs the volume of every bar; H\/USD has none at bar 1/);
  });
});

describe('square-root impact', () => {
  it('moves the price by impact × √(order ÷ volume)', () => {
    // 100 units of a bar of 10,000: √0.01 = 0.1 of 50 bps
    const { fills } = tell(market([flat(100), flat(100, 10_000)]), holding([1, 1]), { costs: { impactBps: 50 } });
    expect(fills[0].price).toBeCloseTo(100 * 1.0005, 12);
  });
});

describe('sizing', () => {
  const bars = market([flat(100), [100, 104, 100, 100], [100, 104, 100, 100], [100, 104, 100, 100], flat(100), flat(50)]);

  it('by quote and by quantity scales with x, and is cut to what leverage allows', () => {
    expect(tell(bars, holding([1, 1, 1, 1, 1, 1]), { sizing: { kind: 'fixed-quote', notionalQuote: 2_000 } }).fills[0].qtyBase).toBeCloseTo(20, 12);
    expect(tell(bars, holding([-0.5, 0, 0, 0, 0, 0]), { sizing: { kind: 'fixed-quantity', qtyBase: 8 } }).fills.map(({ qtyBase }) => qtyBase)).toEqual([-4, 4]);
    expect(tell(bars, holding([1, 1, 1, 1, 1, 1]), { sizing: { kind: 'fixed-quantity', qtyBase: 1_000 } }).fills[0].qtyBase).toBeCloseTo(500, 9);
  });

  it('by ATR risks its share of equity over the multiple of the decision bar’s ATR', () => {
    // ATR of bars 1–3 is 4: 1 % of 10,000 ÷ (2 × 4) = 12.5
    const { fills } = tell(bars, holding([0, 0, 0, 1, 1, 1]), { sizing: { kind: 'atr-risk', riskFrac: 0.01, atrMultiple: 2, windowBars: 2 } });
    expect(fills[0].qtyBase).toBeCloseTo(12.5, 9);
  });

  it('by volatility scales exposure to the target, frozen at the decision', () => {
    const wild = market([flat(100), flat(110), flat(100), flat(110), flat(100), flat(100)]);
    const { fills } = tell(wild, holding([0, 0, 0, 1, 1, 1]), { sizing: { kind: 'volatility-target', annualVolFrac: 0.5, windowBars: 3 } });
    const returns = [Math.log(1.1), -Math.log(1.1), Math.log(1.1)];
    const mean = returns.reduce((sum, r) => sum + r, 0) / 3;
    const sd = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 2);
    expect(fills.length).toBe(1);
    expect(fills[0].qtyBase * 100).toBeCloseTo((10_000 * 0.5) / (sd * Math.sqrt(365 * 24)), 6);
  });

  it('by Kelly follows mean ÷ variance of the last trades, capped', () => {
    const log = (returns: readonly number[]): TradeLog => {
      const trades = new TradeLog();
      for (const r of returns) trades.append([1, 0, 1, 1, 1, 1, r, r, 0, 0, 0, 0, 0, 0, 0, 0]);
      return trades;
    };
    const kelly = { kind: 'kelly', fraction: 0.5, capFrac: 2, lastTrades: 4, minTrades: 3 } as const;
    expect(kellyFraction(kelly, log([0.1, 0.2]))).toBe(1);
    // mean 0.1, sample variance of (0.3, −0.1, 0.3, −0.1) = 0.16 ÷ 3
    expect(kellyFraction(kelly, log([9, 0.3, -0.1, 0.3, -0.1]))).toBeCloseTo((0.5 * 0.1) / (0.16 / 3), 12);
    expect(kellyFraction(kelly, log([0.1, 0.1, 0.1]))).toBe(2);
    expect(kellyFraction(kelly, log([-0.1, -0.2, -0.1]))).toBe(0);
  });
});

describe('caps and rebalancing', () => {
  const rising = market([flat(100), flat(100), flat(150), flat(150), flat(150)]);

  it('caps one instrument and the whole account', () => {
    expect(tell(rising, holding([3, 3, 3, 3, 3]), { caps: { perInstrument: 0.5 } }).fills[0].qtyBase).toBeCloseTo(50, 12);
    expect(tell(rising, holding([3, 3, 3, 3, 3]), { caps: { gross: 2 } }).fills[0].qtyBase).toBeCloseTo(200, 12);
  });

  it('does not trade a constant target unless asked', () => {
    expect(tell(rising, holding([0.5, 0.5, 0.5, 0.5, 0.5])).fills.length).toBe(1);
  });

  it('trades back when exposure leaves a band', () => {
    // 50 units: at 150 value 7,500 of 12,500 = 0.6; back to 0.5 = 41.67 units at the next open
    const { fills } = tell(rising, holding([0.5, 0.5, 0.5, 0.5, 0.5]), { rebalance: { kind: 'band', bandFrac: 0.05 } });
    expect(fills.map(({ bar, qtyBase }) => [bar, qtyBase])).toEqual([[1, 50], [3, expect.closeTo(6_250 / 150 - 50, 9)]]);
    expect(tell(rising, holding([0.5, 0.5, 0.5, 0.5, 0.5]), { rebalance: { kind: 'band', bandFrac: 0.2 } }).fills.length).toBe(1);
  });

  it('trades back on a schedule', () => {
    const { fills } = tell(rising, holding([0.5, 0.5, 0.5, 0.5, 0.5]), { rebalance: { kind: 'schedule', everyMs: 4 * HOUR_MS } });
    expect(fills.map(({ bar }) => bar)).toEqual([1, 4]);
  });

  it('does not re-enter what a stop has closed', () => {
    const falling = market([flat(100), flat(100), [100, 100, 80, 80], flat(80), flat(80)]);
    const { fills } = tell(falling, holding([1, 1, 1, 1, 1], { stopLossFrac: 0.1 }), { rebalance: { kind: 'band', bandFrac: 0.05 } });
    expect(fills.map(({ kind }) => kind)).toEqual(['market', 'stop-loss']);
  });
});

describe('stress', () => {
  it('delays a stop by bars, to an open', () => {
    const rows = [flat(100), flat(100), [100, 100, 90, 92], flat(91), flat(85)] as const;
    const { fills } = tell(market(rows), holding([1, 1, 1, 1, 1], { stopLossFrac: 0.05 }), { execution: { stopDelayBars: 2 } });
    expect(fills.map(({ bar, kind, referencePrice }) => [bar, kind, referencePrice])).toEqual([[1, 'market', 100], [4, 'stop-loss', 85]]);
  });

  it('drops the bars after a gap', () => {
    const bars = market([flat(100), flat(100), flat(101), flat(102), flat(103)], [0, 5, 6, 7, 8]);
    expect(tell(bars, holding([1, 1, 1, 1, 1]), { execution: { dropBarsAfterGap: 2 } }).fills.map(({ bar }) => bar)).toEqual([3]);
  });

  it('fills at the close that decided, by name', () => {
    const rows = [flat(100), [100, 105, 100, 104], [106, 106, 106, 106]] as const;
    const { fills, equity } = tell(market(rows), holding([0, 1, 1]), { execution: { fill: 'close' }, costs: { takerFeeBps: 10 } });
    expect(fills).toMatchObject([{ bar: 1, referencePrice: 104 }]);
    expect(equity[1]).toBeCloseTo(10_000 / 1.001, 9);
  });
});

describe('a fee schedule', () => {
  it('charges by date and by what was traded in the 30 days before', () => {
    const days = Array.from({ length: 6 }, (_, t) => t * 24);
    const bars = market(days.map(() => flat(100)), days);
    const tier = (fromVolumeQuote: number, takerFeeBps: number) => ({ fromVolumeQuote, takerFeeBps, makerFeeBps: 1 });
    const fees = { name: 'hand', tables: [{ fromMs: 0, tiers: [tier(0, 10), tier(15_000, 8)] }, { fromMs: 4 * 24 * HOUR_MS, tiers: [tier(0, 4)] }] };
    const { fills } = tell(bars, { onBar: (context) => void context.place({ type: 'market', side: context.bar % 2 === 0 ? 'buy' : 'sell', qtyBase: 80 }) }, { fees });
    // 8,000 a fill: 0 and 8,000 traded before the first two, 16,000 and 24,000 before the next; then the new table
    expect(fills.map(({ feeQuote }) => feeQuote)).toEqual([8, 8, 6.4, 3.2, 3.2].map((fee) => expect.closeTo(fee, 9)));
  });
});
