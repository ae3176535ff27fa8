import { describe, expect, it } from 'vitest';
import { defineStrategy, type Protection, runBacktest, type Run, type SimulationOptions, simulationConfig, type Strategy } from '../../../engine/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { randomWalk } from '../../support/small-market.ts';

const bars = randomWalk(400, 5);
const COSTS = { takerFeeBps: 10, halfSpreadBps: 1, slippageBps: 4 };

/** Long, flat and (where asked) short in turns of some bars. */
function inTurns(turns: readonly number[], protection: Partial<Protection> = {}): Strategy {
  return defineStrategy({
    id: 'in-turns', summary: 'For tests.', params: {}, warmupBars: () => 1, protection: () => protection,
    targetExposure: ({ close }) => close.map((_, t) => turns[Math.floor(t / 20) % turns.length]),
  });
}

function run(strategy: Strategy, options: SimulationOptions): Run {
  return runBacktest({ strategy, codeHash: 'x', markets: [bars], config: simulationConfig('spot', { costs: COSTS, ...options }) });
}

describe('a run filled by vectorbt’s rules', () => {
  it('is Assay’s own where neither stops nor shorts differ: signals shifted one bar, price at the open', () => {
    const ours = run(inTurns([0, 1]), {});
    const theirs = run(inTurns([0, 1]), { profile: 'vectorbt' });
    expect(theirs.trades.length).toBeGreaterThan(5);
    expect(theirs.trades.map((t) => [t.entryBar, t.exitBar])).toEqual(ours.trades.map((t) => [t.entryBar, t.exitBar]));
    ours.equity.forEach((value, t) => expect(theirs.equity[t]).toBeCloseTo(value, 6));
    expect(theirs.totals.waterfall.feesQuote).toBeCloseTo(ours.totals.waterfall.feesQuote, 6);
    expect(theirs.totals.waterfall.spreadQuote).toBeCloseTo(ours.totals.waterfall.spreadQuote, 6);
  });

  it('refuses a size that is reversed in percent, as vectorbt does', () => {
    expect(() => run(inTurns([0.5, -0.5]), { profile: 'vectorbt', account: { kind: 'margin' } })).toThrow('reverses the position');
  });

  it('says how many changes of size it ignored', () => {
    expect(run(inTurns([0.5, 0.8, 0]), { profile: 'vectorbt' }).warnings.join()).toMatch(/orders not filled by the rules of vectorbt/);
  });
});

describe.each(['vectorbt', 'backtesting.py'] as const)('a run under %s', (profile) => {
  it('keeps its books: trades, open trade and waterfall sum to the equity', () => {
    const { trades, openTrade, totals } = run(inTurns([1, -1, 0]), { profile, account: { kind: 'margin' } });
    const booked = trades.reduce((sum, trade) => sum + trade.pnlQuote, openTrade?.pnlQuote ?? 0);
    expect(booked).toBeCloseTo(totals.finalEquity - 10_000, 6);
    expect(totals.waterfall.netQuote).toBeCloseTo(totals.finalEquity - 10_000, 6);
  });

  it('closes the window of a walk-forward at the last close and at the taker fee', () => {
    const config = { ...simulationConfig('spot', { costs: COSTS, profile }), flattenAtEnd: true };
    const { trades, openTrade } = runBacktest({ strategy: inTurns([1]), codeHash: 'x', markets: [bars], config });
    expect(openTrade).toBeNull();
    expect(trades.at(-1)).toMatchObject({ exitReason: 'window-end', exitBar: 399 });
  });

  it('says in its warnings and in its report whose rules filled it', async () => {
    const one = run(inTurns([0, 1]), { profile });
    expect(one.warnings[0]).toContain(`filled by the rules of ${profile}`);
    expect(await renderReport({ kind: 'run', run: one }, { script: '' })).toContain(`profile ${profile}:`);
  });

  it('has stops: they end trades for that reason', () => {
    const reasons = (protection: Partial<Protection>): Set<string> => new Set(run(inTurns([0, 1], protection), { profile }).trades.map(({ exitReason }) => exitReason));
    expect(reasons({ stopLossFrac: 0.02 })).toContain('stop-loss');
    expect(reasons({ takeProfitFrac: 0.02 })).toContain('take-profit');
    expect(reasons({ trailFrac: 0.02 })).toContain('trailing-stop');
  });

  it('refuses what the peer has not: other sizing, scheduled rebalancing', () => {
    expect(() => run(inTurns([0, 1]), { profile, sizing: { kind: 'fixed-quantity', qtyBase: 1 } })).toThrow('must size by exposure');
    expect(() => run(inTurns([0, 1]), { profile, rebalance: { kind: 'band', bandFrac: 0.1 } })).toThrow('must rebalance on change only');
  });
});

describe('a run filled by backtesting.py’s rules', () => {
  it('buys whole units, or lots where the instrument has a step', () => {
    for (const { qtyBase } of run(inTurns([0, 1]), { profile: 'backtesting.py' }).trades) expect(qtyBase % 1).toBe(0);
    for (const { qtyBase } of run(inTurns([0, 1]), { profile: 'backtesting.py', rules: { lotStep: 0.25 } }).trades) expect(qtyBase % 0.25).toBe(0);
  });
});
