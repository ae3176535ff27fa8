import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainOrdersCase } from '../../oracle/plain-orders-case.ts';
import type { PlainFill } from '../../oracle/plain-orders-types.ts';
import { plainOrders } from '../../oracle/plain-orders.ts';
import { BY_HAND } from './by-hand.ts';
import { type ByHand, candlesOfByHand, type ExpectedFill, scriptOfByHand, termsOfByHand } from './by-hand-types.ts';

const run = (one: ByHand): ReturnType<typeof plainOrders> => plainOrders(candlesOfByHand(one), scriptOfByHand(one), termsOfByHand(one), one.opening);

/** Equal to 1e-12, relative. */
function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${actual} for ${expected}`).toBe(true);
}

function expectFill({ bar, kind, d, reference, price, fee }: PlainFill, expected: ExpectedFill): void {
  expect([bar, kind]).toEqual(expected.slice(0, 2));
  [d, reference, price, fee].forEach((figure, i) => expectClose(figure, Number(expected[i + 2])));
}

describe('the oracle of orders, by hand', () => {
  it.each(BY_HAND.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const result = run(one);
    expect(result.fills.map(({ bar, kind }) => [bar, kind])).toEqual(one.fills.map(([bar, kind]) => [bar, kind]));
    result.fills.forEach((fill, i) => expectFill(fill, one.fills[i]));
    expect(result.ambiguousBars).toBe(one.ambiguousBars ?? 0);
    if (one.ended !== undefined) expect(result.ended.map(({ bar, nth, why }) => [bar, nth, why])).toEqual(one.ended);
    if (one.finalEquity !== undefined) expectClose(result.equity.at(-1), one.finalEquity);
  });

  it('says each thing once', () => {
    expect(new Set(BY_HAND.map(({ name }) => name)).size).toBe(BY_HAND.length);
  });
});

describe('the oracle of orders, on random scripts', () => {
  it('keeps its books: cash and quantity are the sum of the fills where nothing else is paid', () => {
    fc.assert(
      fc.property(plainOrdersCase, ({ candles, script, openingOrders, terms }) => {
        const result = plainOrders(candles, script, { ...terms, borrow: 0, funding: [], liquidationFee: 0 }, openingOrders);
        fc.pre(!result.isDust && !result.fills.some(({ kind }) => kind === 'liquidation'));
        let [cash, qty] = [terms.initialCash, 0];
        for (const { d, price, fee } of result.fills) [cash, qty] = [cash - d * price - fee, qty + d];
        const { close } = candles[candles.length - 1];
        expect(Math.abs((result.qty.at(-1) ?? Number.NaN) - qty) * close).toBeLessThan(1e-9 * terms.initialCash);
        expect(Math.abs((result.equity.at(-1) ?? Number.NaN) - cash - qty * close)).toBeLessThan(1e-9 * terms.initialCash);
      }),
      { numRuns: 500 },
    );
  });

  it('fills every kind of order somewhere, and few cases by rounding alone', () => {
    const results = fc.sample(plainOrdersCase, { numRuns: 1000, seed: 7 }).map(({ candles, script, openingOrders, terms }) => plainOrders(candles, script, terms, openingOrders));
    const kinds = new Set(results.flatMap(({ fills }) => fills.map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual(['bracket-stop', 'bracket-target', 'bracket-trail', 'limit', 'liquidation', 'market', 'stop', 'trailing']);
    expect(results.filter(({ isDust }) => isDust).length).toBeLessThan(100);
    expect(results.filter(({ ambiguousBars }) => ambiguousBars > 0).length).toBeGreaterThan(30);
  });
});
