import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from '../../../engine/index.ts';
import { simulateOrders } from '../../../engine/orders/index.ts';
import { simulate, SimulationBuffers } from '../../../engine/simulate/index.ts';
import { plainAccount } from '../../oracle/plain-account.ts';
import { barsOf, configOf, decisionsOf, plainCase } from '../../oracle/plain-case.ts';

const RUNS = 3_000;
const SEED = 20_261_124;

describe('target exposures: oracle, event engine and vector kernel', () => {
  it('give the same fills, equity, counts, trades and waterfall on every random market', () => {
    let fillsCompared = 0;
    fc.assert(
      fc.property(plainCase, (c) => {
        const books = plainAccount(c.candles, c.wishes, c.terms);
        fc.pre(!books.isDust);
        const bars = barsOf(c.candles, c.terms.isAuction, c.terms.funding);
        const kernel = new SimulationBuffers();
        const totals = simulate(bars, decisionsOf(c.wishes), configOf(c.terms), kernel);
        const events = new SimulationBuffers();
        const fills: Fill[] = [];
        const told = simulateOrders({ markets: [bars], config: configOf(c.terms), driver: { decisions: [decisionsOf(c.wishes)] }, onFill: (fill) => fills.push(fill) }, events);

        const plain = books.entries.filter((entry) => 'reference' in entry);
        const scale = Math.max(...plain.map(({ d }) => Math.abs(d)), 0);
        expect(fills.map(({ bar, kind }) => [bar, kind])).toEqual(plain.map(({ bar, kind }) => [bar, kind]));
        fills.forEach((fill, i) => {
          fillsCompared++;
          expect(Math.abs(fill.qtyBase - plain[i].d)).toBeLessThanOrEqual(1e-9 * scale);
          expect(Math.abs(fill.price - plain[i].price)).toBeLessThanOrEqual(1e-12 * fill.price);
        });
        expect([...events.equity]).toEqual([...kernel.equity]);
        expect([...events.qty]).toEqual([...kernel.qty]);
        expect(told).toEqual(totals);
        expect(events.trades.toTrades(bars.openTimeMs)).toEqual(kernel.trades.toTrades(bars.openTimeMs));
        expect(events.openTrades.toTrades(bars.openTimeMs)).toEqual(kernel.openTrades.toTrades(bars.openTimeMs));
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(fillsCompared).toBeGreaterThan(RUNS);
  });
});
