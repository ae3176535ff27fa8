import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainOrders } from '../../oracle/plain-orders.ts';
import { plainOrdersCase } from '../../oracle/plain-orders-case.ts';
import { runScript } from './engine-case.ts';

const RUNS = 4_000;
const SEED = 20_261_125;

describe('orders: oracle and event engine', () => {
  it('give the same fills, equity and ambiguous bars for every random script on every random market', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(plainOrdersCase, (c) => {
        fc.pre(c.terms.volumeCapFrac === 0 || c.candles.every(({ volume }) => volume !== null));
        const plain = plainOrders(c.candles, c.script, c.terms, c.openingOrders);
        fc.pre(!plain.isDust);
        const engine = runScript({ candles: c.candles, script: c.script, terms: c.terms, opening: c.openingOrders });
        const scale = c.terms.initialCash;
        expect(engine.fills.map(({ bar, kind }) => [bar, kind])).toEqual(plain.fills.map(({ bar, kind }) => [bar, kind]));
        engine.fills.forEach((fill, i) => {
          const { d, reference, price, fee, kind } = plain.fills[i];
          seen.set(kind, (seen.get(kind) ?? 0) + 1);
          expect(Math.abs(fill.referencePrice - reference)).toBeLessThanOrEqual(1e-12 * reference);
          expect(Math.abs(fill.price - price)).toBeLessThanOrEqual(1e-12 * price);
          expect(Math.abs(fill.qtyBase - d) * price).toBeLessThanOrEqual(1e-9 * scale);
          expect(Math.abs(fill.feeQuote - fee)).toBeLessThanOrEqual(1e-9 * scale);
        });
        engine.equity.forEach((equity, t) => expect(Math.abs(equity - plain.equity[t])).toBeLessThanOrEqual(1e-12 * Math.max(scale, Math.abs(equity)) * 10));
        expect(engine.totals.ambiguousBars).toBe(plain.ambiguousBars);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect([...seen.keys()].toSorted()).toEqual(['bracket-stop', 'bracket-target', 'bracket-trail', 'limit', 'liquidation', 'market', 'stop', 'trailing']);
  });
});
