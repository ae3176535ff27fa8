import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate, SimulationBuffers, type SimulationTotals, type Trade } from '../../../engine/simulate/index.ts';
import { plainAccount } from '../../oracle/plain-account.ts';
import { type Books, type Entry, grossOf, sumOf, tradesOf } from '../../oracle/plain-books.ts';
import { barsOf, configOf, decisionsOf, plainCase, type PlainCase } from '../../oracle/plain-case.ts';

const RUNS = { numRuns: 4_000, seed: 20_240_607 };

interface Both {
  readonly books: Books;
  readonly out: SimulationBuffers;
  readonly totals: SimulationTotals;
  readonly trades: readonly Trade[];
}

function both({ candles, wishes, terms }: PlainCase): Both {
  const bars = barsOf(candles, terms.isAuction, terms.funding);
  const out = new SimulationBuffers();
  const totals = simulate(bars, decisionsOf(wishes), configOf(terms), out);
  return { books: plainAccount(candles, wishes, terms), out, totals, trades: [...out.trades.toTrades(bars.openTimeMs), ...out.openTrades.toTrades(bars.openTimeMs)] };
}

/** Within 1e-12 of the greater of the two and the account's size. */
function same(what: string, got: number, told: number, scale: number): void {
  if (!(Math.abs(got - told) <= 1e-12 * Math.max(scale, Math.abs(got), Math.abs(told)))) expect(got, what).toBe(told);
}

const fee = (kinds: readonly string[]) => (entry: Entry): number => ('fee' in entry && kinds.includes(entry.kind) ? entry.fee : 0);
const amount = (kind: string) => (entry: Entry): number => ('amount' in entry && entry.kind === kind ? entry.amount : 0);
const PAID_ORDERS = ['market', 'stop-loss', 'trailing-stop', 'take-profit', 'window-end'];

describe('the simulation tells what the plain account tells', () => {
  it('of every random market: equity, quantity, counts, trades and the waterfall', () => {
    fc.assert(
      fc.property(plainCase, (c) => {
        const { books, out, totals, trades } = both(c);
        fc.pre(!books.isDust);
        const cash = c.terms.initialCash;
        books.equity.forEach((equity, t) => same(`equity of bar ${t}`, out.equity[t], equity, cash));
        const units = cash / c.candles[0].open;
        books.qty.forEach((qty, t) => same(`quantity of bar ${t}`, out.qty[t], qty, units));
        expect({ ...totals.orders, ambiguousBars: totals.ambiguousBars, liquidations: totals.liquidations }).toEqual(books.counts);
        expect(totals.ruinedAtBar).toBe(books.equity.findIndex((equity) => equity <= 0));

        const told = tradesOf(books, c.candles);
        expect(trades.map((trade) => [trade.side, trade.entryBar, trade.exitBar, trade.exitReason])).toEqual(told.map((trade) => [trade.side, trade.entryBar, trade.exitBar, trade.reason]));
        told.forEach((plain, i) => {
          const trade = trades[i];
          const price = c.candles[0].open;
          const side = plain.side === 'long' ? 1 : -1;
          const entry = plain.boughtFor / plain.bought;
          same(`entry price of trade ${i}`, trade.entryPrice, entry, price);
          same(`exit price of trade ${i}`, trade.exitPrice, plain.soldFor / plain.sold, price);
          same(`quantity of trade ${i}`, trade.qtyBase, plain.largest, units);
          same(`pnl of trade ${i}`, trade.pnlQuote, plain.pnl, cash);
          same(`return of trade ${i}`, trade.returnFrac * plain.boughtFor, plain.pnl, cash);
          same(`fees of trade ${i}`, trade.feesQuote, plain.fees, cash);
          same(`spread of trade ${i}`, trade.spreadQuote, plain.spread, cash);
          same(`slippage of trade ${i}`, trade.slippageQuote, plain.slippage, cash);
          same(`funding and borrow of trade ${i}`, trade.fundingQuote, plain.carried, cash);
          const [low, high] = [plain.lowest, plain.highest].map((seen) => side * (seen / entry - 1));
          same(`mae of trade ${i}`, trade.maeFrac, Math.min(0, low, high), 1);
          same(`mfe of trade ${i}`, trade.mfeFrac, Math.max(0, low, high), 1);
        });

        const { waterfall } = totals;
        same('gross', waterfall.grossQuote, grossOf(books, c.candles), 10 * cash);
        same('fees', waterfall.feesQuote, -sumOf(books, fee(PAID_ORDERS)), cash);
        same('liquidation fees', waterfall.liquidationFeesQuote, -sumOf(books, fee(['liquidation'])), cash);
        same('spread', waterfall.spreadQuote, -sumOf(books, (entry) => ('spread' in entry ? entry.spread : 0)), cash);
        same('slippage', waterfall.slippageQuote, -sumOf(books, (entry) => ('slippage' in entry ? entry.slippage : 0)), cash);
        same('funding', waterfall.fundingQuote, sumOf(books, amount('funding')), cash);
        same('borrow', waterfall.borrowQuote, sumOf(books, amount('borrow')), cash);
        same('shortfall', waterfall.shortfallQuote, sumOf(books, amount('shortfall')), cash);
      }),
      RUNS,
    );
  });

  it('of markets in which everything happens', () => {
    const seen = new Set<string>();
    for (const c of fc.sample(plainCase, { numRuns: 1_500, seed: RUNS.seed })) {
      const { books } = both(c);
      for (const entry of books.entries) seen.add(entry.kind);
      for (const [name, count] of Object.entries(books.counts)) if (count > 0) seen.add(name);
    }
    expect([...seen].toSorted()).toEqual([
      'afterGap', 'ambiguousBars', 'borrow', 'clippedExposure', 'filled', 'funding', 'liquidation', 'liquidations', 'market', 'rejectedLot',
      'rejectedMinNotional', 'sent', 'shortfall', 'stop-loss', 'take-profit', 'trailing-stop', 'waitedForVolume', 'window-end',
    ]);
  });
});
