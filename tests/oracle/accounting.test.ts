import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plainAccount } from './plain-account.ts';
import type { Candle, Terms, Wish } from './plain-books.ts';
import { plainOrders } from './plain-orders.ts';
import type { OrderTerms } from './plain-orders-types.ts';

interface Rates { readonly initialCash: number; readonly takerFee: number; readonly makerFee?: number; readonly halfSpread: number; readonly slippage: number; readonly maintenance: number; readonly liquidationFee: number; readonly maxLeverage: number }
interface Result { readonly mode: Terms['policy']; readonly ambiguousBars: number; readonly finalEquity: number }
interface MicroCase {
  readonly id: string;
  readonly bars: readonly (readonly number[])[];
  readonly decisions: readonly { readonly bar: number; readonly x: number; readonly sl?: number; readonly tp?: number }[];
  readonly entryOrder: { readonly stop: number; readonly qty: number; readonly sl: number; readonly tp: number } | null;
  readonly market: 'continuous' | 'session';
  readonly results: readonly Result[];
}

const golden = JSON.parse(readFileSync(new URL('../golden/accounting.json', import.meta.url), 'utf8')) as {
  readonly parameters: Rates;
  readonly bars: readonly { readonly open: number; readonly high: number; readonly low: number; readonly close: number }[];
  readonly decisions: readonly { readonly bar: number; readonly targetExposure: number; readonly stopFrac: number | null }[];
  readonly funding: readonly { readonly bar: number; readonly rate: number }[];
  readonly perBar: readonly { readonly equity: number; readonly qty: number }[];
  readonly microCases: { readonly parameters: Rates; readonly cases: readonly MicroCase[] };
};

function termsOf(p: Rates, policy: Terms['policy'], more: Partial<Terms> = {}): Terms {
  return {
    isMargin: true, initialCash: p.initialCash, maxLeverage: p.maxLeverage, maintenance: p.maintenance, liquidationFee: p.liquidationFee, borrow: 0,
    taker: p.takerFee, maker: p.makerFee ?? 0, halfSpread: p.halfSpread, slippage: p.slippage, lot: 0, tick: 0, minNotional: 0, policy, isAuction: false,
    barMs: 3_600_000, firstDecisionBar: 0, flattenAtEnd: false, funding: [], ...more,
  };
}

function candlesOf(rows: readonly (readonly number[])[]): Candle[] {
  return rows.map(([open, high, low, close], t) => ({ timeMs: t * 3_600_000, open, high, low, close, volume: null }));
}

function wishesOf(bars: number, decisions: MicroCase['decisions']): Wish[] {
  let wish: Wish = { x: 0, stop: 0, target: 0, trail: 0 };
  return Array.from({ length: bars }, (_, t) => {
    const decision = decisions.find(({ bar }) => bar === t);
    if (decision !== undefined) wish = { x: decision.x, stop: decision.sl ?? 0, target: decision.tp ?? 0, trail: 0 };
    return wish;
  });
}

const near = (got: number, expected: number): void => expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-12 * 10_000);

describe('the oracle on the accounting’s cases', () => {
  it('gives the worked example bar by bar', () => {
    const decisions = golden.decisions.map(({ bar, targetExposure, stopFrac }) => ({ bar, x: targetExposure, sl: stopFrac ?? 0 }));
    const candles = candlesOf(golden.bars.map(({ open, high, low, close }) => [open, high, low, close]));
    const books = plainAccount(candles, wishesOf(candles.length, decisions), termsOf(golden.parameters, 'pessimistic', { funding: golden.funding }));
    golden.perBar.forEach(({ equity, qty }, t) => {
      near(books.equity[t], equity);
      near(books.qty[t], qty);
    });
  });

  const { parameters, cases } = golden.microCases;
  it.each(cases.flatMap((one) => one.results.map((result) => [one.id, result.mode, one, result] as const)))('%s, %s', (_id, mode, one, result) => {
    const candles = candlesOf(one.bars);
    const terms = termsOf(parameters, mode, { isAuction: one.market === 'session' });
    const told = one.entryOrder === null ? plainAccount(candles, wishesOf(candles.length, one.decisions), terms) : bracketed(candles, one.entryOrder, terms);
    near(told.equity.at(-1) ?? Number.NaN, result.finalEquity);
    expect('counts' in told ? told.counts.ambiguousBars : told.ambiguousBars).toBe(result.ambiguousBars);
  });
});

function bracketed(candles: readonly Candle[], { stop, qty, sl, tp }: NonNullable<MicroCase['entryOrder']>, terms: Terms) {
  const orderTerms: OrderTerms = { ...terms, limitFill: 'through', volumeCapFrac: 0, volumeRest: 'carry' };
  const entry = { type: 'stop', side: 'buy', qtyBase: qty, stopPrice: stop, bracket: { stopLossFrac: sl, takeProfitFrac: tp } } as const;
  return plainOrders(candles, candles.map(() => []), orderTerms, [entry]);
}
