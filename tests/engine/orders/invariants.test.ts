import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarContext, Bars, Fill, OrderRequest } from '../../../engine/index.ts';
import { simulateOrders } from '../../../engine/orders/index.ts';
import { SimulationBuffers, type SimulationConfig, simulationConfig, type SimulationTotals } from '../../../engine/simulate/index.ts';
import { barsOf, configOf } from '../../oracle/plain-case.ts';
import { hourly } from '../../support/order-market.ts';
import { actOn, orderCase, type OrderCase } from '../../support/order-case.ts';

const RUNS = { numRuns: 600, seed: 20_261_125 };

interface Result {
  readonly fills: readonly Fill[];
  /** Bar at whose close each order was placed. */
  readonly placedAt: ReadonlyMap<number, number>;
  readonly out: SimulationBuffers;
  readonly totals: SimulationTotals;
}

function run(c: OrderCase, more: { readonly bars?: Bars; readonly config?: Partial<SimulationConfig>; readonly onBar?: (context: BarContext) => void } = {}): Result {
  const fills: Fill[] = [];
  const placedAt = new Map<number, number>();
  const out = new SimulationBuffers();
  const onBar = more.onBar ?? ((context: BarContext) => actOn(context, c.script[context.bar], (id) => placedAt.set(id, context.bar)));
  const markets = [more.bars ?? barsOf(c.candles, c.terms.isAuction)];
  const totals = simulateOrders({ markets, config: { ...configOf(c.terms), ...c.more, ...more.config }, driver: { onBar }, onFill: (fill) => fills.push(fill) }, out);
  return { fills, placedAt, out, totals };
}

const always = (holds: (c: OrderCase) => void): void => fc.assert(fc.property(orderCase, holds), RUNS);

describe('orders on a random market', () => {
  it('are of every type and fill in every way', () => {
    const kinds = new Set<string>();
    let fills = 0;
    always((c) => {
      for (const { kind } of run(c).fills) {
        kinds.add(kind);
        fills++;
      }
    });
    expect([...kinds].toSorted()).toEqual([
      'bracket-stop', 'bracket-target', 'bracket-trail', 'limit', 'liquidation', 'market', 'stop', 'stop-loss', 'take-profit', 'trailing', 'trailing-stop', 'window-end',
    ]);
    expect(fills).toBeGreaterThan(2 * RUNS.numRuns);
  });

  it('leave cash and position that follow from the fills alone, at every bar', () => {
    always((c) => {
      const { fills, out, totals } = run(c);
      fc.pre(totals.waterfall.shortfallQuote === 0);
      let cash = c.terms.initialCash;
      let qty = 0;
      let peak = 0;
      let next = 0;
      c.candles.forEach(({ close }, t) => {
        for (; next < fills.length && fills[next].bar === t; next++) {
          const { qtyBase, price, feeQuote, cashAfter, qtyAfter } = fills[next];
          cash -= qtyBase * price + feeQuote;
          qty += qtyBase;
          peak = Math.max(peak, Math.abs(qty) * price);
          const scale = 1e-9 * Math.max(c.terms.initialCash, peak);
          expect(Math.abs(cash - cashAfter)).toBeLessThanOrEqual(scale);
          expect(Math.abs(qty - qtyAfter) * price).toBeLessThanOrEqual(scale);
        }
        expect(Math.abs(cash + qty * close - out.equity[t])).toBeLessThanOrEqual(1e-9 * Math.max(c.terms.initialCash, peak));
      });
      expect(next).toBe(fills.length);
    });
  });

  it('are all in the trades: closed and open together are the change of equity, less what the venue bore', () => {
    always((c) => {
      const { out, totals } = run(c);
      const pnl = [...out.trades.column('pnlQuote'), ...out.openTrades.column('pnlQuote')].reduce((a, b) => a + b, 0);
      expect(Math.abs(pnl + totals.waterfall.shortfallQuote - (totals.finalEquity - c.terms.initialCash))).toBeLessThanOrEqual(1e-8 * Math.max(c.terms.initialCash, totals.tradedNotionalQuote));
    });
  });

  it('never leave an account in debt without a liquidation, where a closing fill costs less than the maintenance margin', () => {
    // Dearer closes can cost more than the margin that a stop left; the account then ends below zero without a liquidation.
    always((c) => {
      const { taker, halfSpread, slippage, maintenance, isMargin, tick } = c.terms;
      fc.pre(tick === 0 && (!isMargin || halfSpread + slippage + 2 * taker < maintenance));
      const { out, totals } = run(c);
      if (totals.liquidations === 0) for (const equity of out.equity) expect(equity).toBeGreaterThan(-1e-9 * c.terms.initialCash);
    });
  });

  it('never borrow and never sell short on spot', () => {
    always((c) => {
      fc.pre(!c.terms.isMargin);
      for (const { qtyAfter, cashAfter } of run(c).fills) {
        expect(qtyAfter).toBeGreaterThanOrEqual(0);
        expect(cashAfter).toBeGreaterThanOrEqual(-1e-9 * c.terms.initialCash);
      }
    });
  });

  it('scale: all prices and all cash times two give the same fills, twice the equity and twice the profit, to the bit', () => {
    always((c) => {
      const once = run(c);
      const twice = run({
        ...c,
        candles: c.candles.map((candle) => ({ ...candle, open: 2 * candle.open, high: 2 * candle.high, low: 2 * candle.low, close: 2 * candle.close })),
        terms: { ...c.terms, initialCash: 2 * c.terms.initialCash, tick: 2 * c.terms.tick, minNotional: 2 * c.terms.minNotional },
      });
      expect(twice.fills).toEqual(once.fills.map((fill) => ({
        ...fill, referencePrice: 2 * fill.referencePrice, price: 2 * fill.price, feeQuote: 2 * fill.feeQuote, cashAfter: 2 * fill.cashAfter,
      })));
      expect(twice.out.equity).toEqual(once.out.equity.map((equity) => 2 * equity));
      expect(twice.totals.waterfall.netQuote).toBe(2 * once.totals.waterfall.netQuote);
    });
  });

  it('have no fill before the bar after the one that placed them', () => {
    always((c) => {
      const { fills, placedAt } = run(c);
      for (const { orderId, bar } of fills) if (placedAt.has(orderId)) expect(bar).toBeGreaterThan(placedAt.get(orderId) as number);
    });
  });

  it('have no fill and no equity up to a bar changed by the bars after it', () => {
    fc.assert(
      fc.property(orderCase, fc.nat(29), fc.double({ min: 0.5, max: 2, noNaN: true }), (c, at, factor) => {
        const t = at % c.candles.length;
        const candles = c.candles.map((candle, i) => (i <= t ? candle : { ...candle, open: candle.open * factor, high: candle.high * factor, low: candle.low * factor, close: candle.close * factor }));
        const open = { config: { flattenAtEnd: false } };
        const [a, b] = [run(c, open), run({ ...c, candles }, open)];
        expect(b.fills.filter(({ bar }) => bar <= t)).toEqual(a.fills.filter(({ bar }) => bar <= t));
        expect(b.out.equity.subarray(0, t + 1)).toEqual(a.out.equity.subarray(0, t + 1));
      }),
      RUNS,
    );
  });

  it('earn exactly nothing where none are placed', () => {
    always((c) => {
      const { fills, out, totals } = run(c, { onBar: () => undefined });
      expect(fills).toEqual([]);
      expect(out.equity.every((equity) => equity === c.terms.initialCash)).toBe(true);
      expect(totals.waterfall.netQuote).toBe(0);
    });
  });
});

describe('a cost', () => {
  /** Small fixed quantities that the account can always carry, so that the same orders fill whatever they cost. */
  const sameFills = (c: OrderCase): OrderCase => ({
    ...c,
    script: c.script.map((step) => ({ ...step, target: null, requests: step.requests.map((request) => fixedLevels(request)) })),
    terms: { ...c.terms, initialCash: 1e7, isMargin: true, maxLeverage: 5, tick: 0, minNotional: 0, lot: 0 },
  });

  it('never raises the result of the same fills, whatever they are', () => {
    let compared = 0;
    always((c) => {
      const cheap = sameFills(c);
      // Path decides an undecidable bar by its prices alone, so that a cost cannot choose the other path.
      const config = { intrabar: 'path' as const };
      const base = run(cheap, { config });
      for (const cost of ['taker', 'maker', 'halfSpread', 'slippage'] as const) {
        const dear = run({ ...cheap, terms: { ...cheap.terms, [cost]: cheap.terms[cost] + 0.002 } }, { config });
        expect(dear.fills.map(({ bar, kind, qtyBase }) => [bar, kind, qtyBase])).toEqual(base.fills.map(({ bar, kind, qtyBase }) => [bar, kind, qtyBase]));
        expect(dear.totals.finalEquity).toBeLessThanOrEqual(base.totals.finalEquity);
        compared += base.fills.length;
      }
    });
    expect(compared).toBeGreaterThan(4 * RUNS.numRuns);
  });

  /** Without brackets, whose fractions count from a price that costs have moved, and without sizes by equity. */
  function fixedLevels(request: OrderRequest): OrderRequest {
    const { notionalQuote: _n, equityFrac: _e, qtyBase: _q, bracket: _b, ...rest } = request;
    return { ...rest, qtyBase: 3 };
  }
});

describe('a position that is sold in parts', () => {
  it('is closed when all of its parts are: rounding leaves nothing behind', () => {
    // 0.1 + 0.2 − 0.1 − 0.2 is not 0 in binary.
    const orders: Record<number, OrderRequest[]> = {
      0: [{ type: 'market', side: 'buy', qtyBase: 0.1 }, { type: 'market', side: 'buy', qtyBase: 0.2 }],
      1: [{ type: 'market', side: 'sell', qtyBase: 0.1 }],
      2: [{ type: 'limit', side: 'sell', qtyBase: 0.2, limitPrice: 101 }],
    };
    for (const kind of ['spot', 'margin'] as const) {
      const fills: Fill[] = [];
      const out = new SimulationBuffers();
      const onBar = (context: BarContext): void => orders[context.bar]?.forEach((order) => context.place(order));
      const bars = hourly(Array.from({ length: 5 }, () => [100, 102, 99, 100] as const));
      simulateOrders({ markets: [bars], config: simulationConfig('perpetual', { account: { kind } }), driver: { onBar }, onFill: (fill) => fills.push(fill) }, out);
      expect(fills.at(-1)).toMatchObject({ bar: 3, qtyAfter: 0 });
      expect(out.trades.length).toBe(1);
    }
  });
});
