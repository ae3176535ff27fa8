import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate, SimulationBuffers, simulationConfig, type SimulationTotals } from '../../../engine/simulate/index.ts';
import { oracle } from '../../oracle/oracle.ts';
import { type RandomCase, randomCase } from '../../support/random-case.ts';

const RUNS = { numRuns: 3_000, seed: 20_261_124 };
const CASH = 10_000;

function run(c: RandomCase, exposure = c.exposure): { out: SimulationBuffers; totals: SimulationTotals } {
  const config = { ...simulationConfig('spot', { costs: c.costs, account: { ...c.account, initialCash: CASH }, intrabar: c.intrabar }), flattenAtEnd: c.flattenAtEnd };
  const out = new SimulationBuffers();
  const { stopLossFrac, takeProfitFrac, trailFrac } = c;
  return { out, totals: simulate(c.bars, { exposure, stopLossFrac, takeProfitFrac, trailFrac }, config, out) };
}

const near = (got: number, expected: number): boolean => Math.abs(got - expected) <= 1e-9 + 1e-12 * Math.abs(expected);

describe('the simulation', () => {
  it('equals the slow oracle bar by bar', () => {
    fc.assert(
      fc.property(randomCase, (c) => {
        const { out, totals } = run(c);
        const told = oracle(c, CASH, 0.01, 0.005);
        told.equity.forEach((equity, t) => expect(near(out.equity[t], equity), `equity of bar ${t}: ${out.equity[t]} and ${equity}`).toBe(true));
        told.qty.forEach((qty, t) => expect(near(out.qty[t], qty), `quantity of bar ${t}`).toBe(true));
        expect(out.trades.toTrades(c.bars.openTimeMs).map(({ exitBar, exitReason }) => [exitBar, exitReason])).toEqual(told.exits.map(({ bar, reason }) => [bar, reason]));
        expect([totals.ambiguousBars, totals.liquidations]).toEqual([told.ambiguousBars, told.liquidations]);
      }),
      RUNS,
    );
  });

  it('accounts for every unit of money: trades, open trade and shortfall sum to the change of equity', () => {
    fc.assert(
      fc.property(randomCase, (c) => {
        const { out, totals } = run(c);
        const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
        const booked = sum(out.trades.column('pnlQuote')) + sum(out.openTrades.column('pnlQuote')) + totals.waterfall.shortfallQuote;
        const { netQuote, grossQuote, ...parts } = totals.waterfall;
        expect(Math.abs(booked - netQuote)).toBeLessThanOrEqual(1e-9 * CASH);
        expect(Math.abs(grossQuote + Object.values(parts).reduce((a, b) => a + b, 0) - netQuote)).toBeLessThanOrEqual(1e-9 * CASH);
      }),
      RUNS,
    );
  });

  it('never has negative equity on a spot account', () => {
    fc.assert(
      fc.property(randomCase.filter(({ account }) => account.kind === 'spot'), (c) => {
        const { out } = run(c);
        expect(out.equity.every((value) => value >= 0)).toBe(true);
        expect(out.qty.every((value) => value >= 0)).toBe(true);
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it('changes nothing before t + 1 when the decision at t changes', () => {
    fc.assert(
      fc.property(randomCase, fc.nat(39), (c, at) => {
        const t = at % c.bars.length;
        const other = c.exposure.slice();
        other[t] = other[t] === 1 ? 0 : 1;
        const base = { ...c, flattenAtEnd: false };
        expect(run(base, other).out.equity.subarray(0, t + 1)).toEqual(run(base).out.equity.subarray(0, t + 1));
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it('earns exactly zero when nothing is ever wanted', () => {
    fc.assert(
      fc.property(randomCase, (c) => {
        const { out, totals } = run(c, new Float64Array(c.bars.length));
        expect(out.equity.every((value) => value === CASH)).toBe(true);
        expect(totals.waterfall.netQuote).toBe(0);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });
});
