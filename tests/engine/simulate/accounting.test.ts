import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Bars, barsFromColumns, HOUR_MS } from '../../../engine/index.ts';
import { type IntrabarPolicy, simulate, SimulationBuffers, simulationConfig } from '../../../engine/simulate/index.ts';
import { withFundingAt } from '../../support/funding.ts';

interface Parameters {
  readonly initialCash: number;
  readonly takerFee: number;
  readonly makerFee?: number;
  readonly halfSpread: number;
  readonly slippage: number;
  readonly maintenance: number;
  readonly liquidationFee: number;
  readonly maxLeverage: number;
}

interface MicroCase {
  readonly id: string;
  readonly bars: readonly (readonly number[])[];
  readonly decisions: readonly { readonly bar: number; readonly x: number; readonly sl?: number; readonly tp?: number }[];
  readonly entryOrder: object | null;
  readonly market: 'continuous' | 'session';
  readonly results: readonly { readonly mode: IntrabarPolicy; readonly ambiguousBars: number; readonly finalEquity: number; readonly events: readonly { readonly kind: string; readonly fillPrice?: number }[] }[];
}

/** The worked example and micro-cases of the accounting, as two independent programs computed them. */
const golden = JSON.parse(readFileSync(new URL('../../golden/accounting.json', import.meta.url), 'utf8')) as {
  readonly parameters: Parameters;
  readonly bars: readonly { readonly open: number; readonly high: number; readonly low: number; readonly close: number }[];
  readonly decisions: readonly { readonly bar: number; readonly targetExposure: number; readonly stopFrac: number | null }[];
  readonly funding: readonly { readonly bar: number; readonly rate: number }[];
  readonly perBar: readonly { readonly equity: number; readonly qty: number }[];
  readonly waterfall: Readonly<Record<string, number>>;
  readonly microCases: { readonly parameters: Parameters; readonly cases: readonly MicroCase[] };
};

function barsOf(rows: readonly (readonly number[])[], market: 'continuous' | 'session'): Bars {
  const column = (c: number): number[] => rows.map((row) => row[c]);
  return barsFromColumns(
    { openTimeMs: rows.map((_, t) => t * HOUR_MS), open: column(0), high: column(1), low: column(2), close: column(3), volume: rows.map(() => Number.NaN) },
    HOUR_MS,
    { venue: 'golden', symbol: 'X/USD', kind: 'perpetual', calendar: '24/7', market },
  );
}

function configOf(p: Parameters, more: Parameters_ = {}) {
  return simulationConfig('perpetual', {
    costs: { takerFeeBps: 1e4 * p.takerFee, makerFeeBps: 1e4 * (p.makerFee ?? 0), halfSpreadBps: 1e4 * p.halfSpread, slippageBps: 1e4 * p.slippage },
    account: { kind: 'margin', initialCash: p.initialCash, maxLeverage: p.maxLeverage, maintenanceFrac: p.maintenance, liquidationFeeFrac: p.liquidationFee },
    ...more,
  });
}
type Parameters_ = { readonly intrabar?: IntrabarPolicy };

const close = (got: number, expected: number, scale: number): void => expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-12 * scale);

describe('the accounting’s worked example', () => {
  const rows = golden.bars.map(({ open, high, low, close: c }) => [open, high, low, c]);
  const exposure = new Float64Array(rows.length);
  const stopLossFrac = new Float64Array(rows.length);
  for (const { bar, targetExposure, stopFrac } of golden.decisions) {
    exposure.fill(targetExposure, bar);
    stopLossFrac[bar] = stopFrac ?? 0;
  }
  const out = new SimulationBuffers();
  const totals = simulate(withFundingAt(barsOf(rows, 'continuous'), golden.funding), { exposure, stopLossFrac, takeProfitFrac: 0, trailFrac: 0 }, configOf(golden.parameters), out);

  it('gives equity and quantity of every bar to 1e-12 of equity', () => {
    golden.perBar.forEach((bar, t) => {
      close(out.equity[t], bar.equity, 10_000);
      close(out.qty[t], bar.qty, 10_000);
    });
  });

  it('gives the cost waterfall, which sums to the net', () => {
    const { waterfall } = totals;
    close(waterfall.grossQuote, golden.waterfall.grossProfit, 10_000);
    close(waterfall.feesQuote, golden.waterfall.fees, 10_000);
    close(waterfall.spreadQuote, golden.waterfall.spread, 10_000);
    close(waterfall.slippageQuote, golden.waterfall.slippage, 10_000);
    close(waterfall.fundingQuote, golden.waterfall.funding, 10_000);
    close(waterfall.liquidationFeesQuote, golden.waterfall.liquidationFees, 10_000);
  });

  it('ends three trades by stop, reversal and liquidation', () => {
    const trades = out.trades.toTrades(new Float64Array(rows.length));
    expect(trades.map(({ side, exitReason }) => [side, exitReason])).toEqual([['long', 'stop-loss'], ['long', 'signal'], ['short', 'liquidation']]);
  });
});

describe('the accounting’s micro-cases', () => {
  const { parameters, cases } = golden.microCases;
  const byTarget = cases.filter(({ entryOrder }) => entryOrder === null);

  it('are all expressible by a target exposure but the resting stop entry', () => {
    expect(cases.filter(({ entryOrder }) => entryOrder !== null).map(({ id }) => id)).toEqual(['bracketed-stop-entry']);
  });

  it.each(byTarget.flatMap((one) => one.results.map((result) => [one.id, result.mode, one, result] as const)))('%s, %s', (_id, mode, one, result) => {
    const exposure = new Float64Array(one.bars.length);
    for (const { bar, x } of one.decisions) exposure.fill(x, bar);
    const { sl = 0, tp = 0 } = one.decisions[0];
    const out = new SimulationBuffers();
    const totals = simulate(barsOf(one.bars, one.market), { exposure, stopLossFrac: sl, takeProfitFrac: tp, trailFrac: 0 }, configOf(parameters, { intrabar: mode }), out);
    close(totals.finalEquity, result.finalEquity, 10_000);
    expect(totals.ambiguousBars).toBe(result.ambiguousBars);
    const exit = result.events.find(({ kind }) => ['stop', 'target', 'liquidation'].includes(kind));
    close(out.trades.column('exitPrice')[0], exit?.fillPrice ?? Number.NaN, 10_000);
  });
});
