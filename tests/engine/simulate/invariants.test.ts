import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate, SimulationBuffers, type SimulationConfig, type SimulationTotals } from '../../../engine/simulate/index.ts';
import { plainAccount } from '../../oracle/plain-account.ts';
import { barsOf, configOf, decisionsOf, plainCase, type PlainCase } from '../../oracle/plain-case.ts';

const RUNS = { numRuns: 1_000, seed: 20_240_613 };

function run({ candles, wishes, terms }: PlainCase, more: Partial<SimulationConfig> = {}): { out: SimulationBuffers; totals: SimulationTotals } {
  const out = new SimulationBuffers();
  return { out, totals: simulate(barsOf(candles, terms.isAuction, terms.funding), decisionsOf(wishes), { ...configOf(terms), ...more }, out) };
}

const always = (holds: (c: PlainCase) => void): void => fc.assert(fc.property(plainCase, holds), RUNS);
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

/** All in at the first close, long, once and for good: the fills are the same whatever a cost is, but for their size. */
const once = (c: PlainCase, x = 1): PlainCase => ({ ...c, wishes: c.wishes.map((wish) => ({ ...wish, x })), terms: { ...c.terms, firstDecisionBar: 0 } });

describe('money', () => {
  it('balances at every bar: cash and position, from the fills and payments alone', () => {
    always((c) => {
      const { out } = run(c, { flattenAtEnd: false });
      const books = plainAccount(c.candles, c.wishes, { ...c.terms, flattenAtEnd: false });
      let cash = c.terms.initialCash;
      let qty = 0;
      c.candles.forEach((candle, t) => {
        for (const entry of books.entries.filter(({ bar }) => bar === t)) {
          if ('amount' in entry) cash += entry.amount;
          else {
            cash -= entry.d * entry.price + entry.fee;
            qty += entry.d;
          }
        }
        expect(Math.abs(cash + qty * candle.close - out.equity[t])).toBeLessThanOrEqual(1e-9 * Math.max(c.terms.initialCash, out.equity[t]));
      });
    });
  });

  it('is all in the trades: closed and open together are the change of equity, less what the venue bore', () => {
    always((c) => {
      const { out, totals } = run(c);
      const pnl = sum(out.trades.column('pnlQuote')) + sum(out.openTrades.column('pnlQuote'));
      expect(Math.abs(pnl + totals.waterfall.shortfallQuote - (totals.finalEquity - c.terms.initialCash))).toBeLessThanOrEqual(1e-9 * c.terms.initialCash);
    });
  });

  it('is never owed without a liquidation, where a closing fill costs less than the maintenance margin', () => {
    // Dearer closes can cost more than the margin that a stop left; the account then ends below zero without a liquidation.
    always((c) => {
      const { taker, halfSpread, slippage, maintenance, isMargin, tick } = c.terms;
      fc.pre(tick === 0 && (!isMargin || halfSpread + slippage + 2 * taker < maintenance));
      const { out, totals } = run(c);
      if (totals.liquidations === 0) for (const equity of out.equity) expect(equity).toBeGreaterThan(-1e-9 * c.terms.initialCash);
    });
  });

  it('is never borrowed on spot, with ticks and lots too', () => {
    always((c) => {
      fc.pre(!c.terms.isMargin);
      const { out } = run({ ...c, terms: { ...c.terms, funding: [] } }, { flattenAtEnd: false });
      out.qty.forEach((qty, t) => {
        expect(qty).toBeGreaterThanOrEqual(0);
        expect(out.equity[t] - qty * c.candles[t].close).toBeGreaterThanOrEqual(-1e-9 * Math.max(out.equity[t], c.terms.initialCash));
      });
    });
  });

  it('earns exactly nothing where nothing is wanted', () => {
    always((c) => {
      const { out, totals } = run(once(c, 0));
      expect(out.equity.every((equity) => equity === c.terms.initialCash)).toBe(true);
      expect(totals.waterfall.netQuote).toBe(0);
      expect(totals.orders.sent).toBe(0);
    });
  });

  it('scales: all prices and all cash times two give all profits times two, to the bit', () => {
    always((c) => {
      const scaled: PlainCase = {
        ...c,
        candles: c.candles.map((candle) => ({ ...candle, open: 2 * candle.open, high: 2 * candle.high, low: 2 * candle.low, close: 2 * candle.close })),
        terms: {
          ...c.terms, initialCash: 2 * c.terms.initialCash, tick: 2 * c.terms.tick, minNotional: 2 * c.terms.minNotional,
          funding: c.terms.funding.map((payment) => (payment.mark === undefined ? payment : { ...payment, mark: 2 * payment.mark })),
        },
      };
      const { out } = run(c);
      const { out: twice } = run(scaled);
      expect(twice.equity).toEqual(out.equity.map((equity) => 2 * equity));
      expect(twice.qty).toEqual(out.qty);
    });
  });
});

describe('a cost', () => {
  it('never raises the result of one long all-in trade on spot', () => {
    // Held to the end without protection, the quantity can only shrink with costs; elsewhere another size or level may by chance do better.
    always((c) => {
      const held = once({ ...c, wishes: c.wishes.map((wish) => ({ ...wish, stop: 0, target: 0, trail: 0 })), terms: { ...c.terms, isMargin: false, maxLeverage: 1, lot: 0, tick: 0, minNotional: 0, borrow: 0, funding: [] } });
      const { totals } = run(held);
      for (const cost of ['taker', 'halfSpread', 'slippage'] as const) {
        const dearer = run({ ...held, terms: { ...held.terms, [cost]: held.terms[cost] + 0.001 } });
        expect(dearer.totals.finalEquity).toBeLessThanOrEqual(totals.finalEquity);
      }
    });
  });
});

describe('time', () => {
  it('runs one way: a decision changed at bar t changes nothing before t + 1', () => {
    fc.assert(
      fc.property(plainCase, fc.nat(29), (c, at) => {
        const t = at % c.candles.length;
        const other = { ...c, wishes: c.wishes.map((wish, i) => (i === t ? { x: wish.x === 1 ? -1 : 1, stop: 0.07, target: 0.01, trail: 0.2 } : wish)) };
        const [a, b] = [run(c, { flattenAtEnd: false }), run(other, { flattenAtEnd: false })];
        expect(b.out.equity.subarray(0, t + 1)).toEqual(a.out.equity.subarray(0, t + 1));
        expect(b.out.qty.subarray(0, t + 1)).toEqual(a.out.qty.subarray(0, t + 1));
      }),
      RUNS,
    );
  });

  it('runs one way: bars to come change no past equity', () => {
    fc.assert(
      fc.property(plainCase, fc.nat(29), (c, at) => {
        const length = 1 + (at % c.candles.length);
        const whole = run(c, { flattenAtEnd: false });
        const cut = run({ ...c, candles: c.candles.slice(0, length), wishes: c.wishes.slice(0, length) }, { flattenAtEnd: false });
        expect(cut.out.equity).toEqual(whole.out.equity.subarray(0, length));
      }),
      RUNS,
    );
  });

  it('begins at the first decision bar', () => {
    always((c) => {
      const { out } = run(c);
      expect([...out.equity.subarray(0, c.terms.firstDecisionBar + 1)].every((equity) => equity === c.terms.initialCash)).toBe(true);
    });
  });

  it('leaves no trace in buffers that are used again', () => {
    const out = new SimulationBuffers();
    always((c) => {
      simulate(barsOf(c.candles, c.terms.isAuction, c.terms.funding), decisionsOf(c.wishes), configOf(c.terms), out);
      const fresh = run(c).out;
      expect(out.equity).toEqual(fresh.equity);
      expect(out.trades.column('pnlQuote')).toEqual(fresh.trades.column('pnlQuote'));
      expect(out.openTrades.length).toBe(fresh.openTrades.length);
    });
  });
});

describe('a bar that candles cannot decide', () => {
  it('gives one trade no less when it is taken at its best than at its worst, and the nearer extreme one of the two', () => {
    // For one trade only: later trades start from another account, and may make the better exit the worse run.
    always((c) => {
      const single = once(c, c.terms.isMargin ? -1 : 1);
      const [worst, best, nearer] = (['pessimistic', 'optimistic', 'path'] as const).map((intrabar) => run(single, { intrabar }).totals);
      expect(worst.finalEquity).toBeLessThanOrEqual(best.finalEquity);
      expect([worst.finalEquity, best.finalEquity]).toContain(nearer.finalEquity);
      expect(worst.ambiguousBars).toBe(best.ambiguousBars);
    });
  });
});
