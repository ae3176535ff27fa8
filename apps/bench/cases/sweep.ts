import {
  type Axes, barsPerYear, type Bars, createScreener, type Params, paramSpace, type ParamSpace, type ScreenBlock, SCREEN_COLUMNS, type ScreenColumn, type SimulationConfig,
  simulationConfig, type Strategy, ZERO_COSTS,
} from '../../../engine/index.ts';
import type { Prepared, Proof } from '../case.ts';
import { goldenValues } from '../data/peer-values.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import type { ReferenceFigures, ReferenceRules } from '../reference/all-in.ts';

export const FEE_FRAC = 0.001;
/** What a worker of a sweep may keep of indicators and tables. */
export const MEMORY_BYTES = 256 * 1024 * 1024;
const TOLERANCE = 1e-9;

/** vectorbt's rules: all in or flat, filled at the close of the signal, 0.1 % a side. */
export const CLOSE_FILLS: SimulationConfig = simulationConfig('spot', {
  profile: 'vectorbt', execution: { fill: 'close' }, costs: { ...ZERO_COSTS, takerFeeBps: 1e4 * FEE_FRAC }, account: { initialCash: 100 },
});

/** The same fills by the rules of Assay: levels met on touch, and at the open where it has passed them (a session market). */
export const RULE_FILLS: SimulationConfig = simulationConfig('spot', {
  execution: { fill: 'close', limitFill: 'touch' }, costs: { ...ZERO_COSTS, takerFeeBps: 1e4 * FEE_FRAC, makerFeeBps: 1e4 * FEE_FRAC }, account: { initialCash: 100 },
});

/** A grid on markets one after the other. */
export interface SweepWorkload {
  readonly strategy: Strategy;
  readonly axes: Axes;
  readonly markets: readonly Bars[];
  /** The plain loop's figures of one point. */
  readonly reference: (bars: Bars, params: Params, rules: ReferenceRules) => ReferenceFigures;
  readonly stops: Pick<ReferenceRules, 'stopFrac' | 'targetFrac'>;
  /** Values of peers for some of the points; null without them. */
  readonly golden: { readonly folder: string; readonly workload: string } | null;
}

export const NO_STOPS = { stopFrac: 0, targetFrac: 0 } as const;

/** Every point of every market from nothing: indicators, conditions and tables are part of a run; the memory is that of the run before. */
export function runSweep({ strategy, markets }: SweepWorkload, space: ParamSpace): ScreenBlock[] {
  return markets.map((bars) => {
    const screener = createScreener({ strategy, space, markets: [bars], config: RULE_FILLS, memoryBytes: MEMORY_BYTES });
    const block = screener.evaluate(0, space.points, 0);
    screener.close();
    return block;
  });
}

export function prepareSweep(workload: SweepWorkload): Prepared {
  const { strategy, axes, markets } = workload;
  const space = paramSpace(strategy, axes, { kind: 'grid' });
  const [first] = markets;
  const assets = markets.length === 1 ? '' : `${markets.length} assets × `;
  return {
    shape: `${assets}${space.points} combinations × ${first.length} bars`,
    units: markets.reduce((sum, { length }) => sum + length, 0) * space.points,
    prove: () => proveSweep(workload, space),
    run: () => void runSweep(workload, space),
  };
}

/** Every point against the plain loop, and the plain loop against what a peer computed. */
export function proveSweep(workload: SweepWorkload, space: ParamSpace): Proof {
  const meter = new DifferenceMeter(TOLERANCE);
  const blocks = runSweep(workload, space);
  blocks.forEach((block, m) => {
    for (let i = 0; i < space.points; i++) compareRow(workload, block, m, space.pointAt(i), i, meter);
  });
  const peer = workload.golden === null ? '' : `; that loop with vectorbt on ${compareGolden(workload, workload.golden, meter)} points`;
  return meter.proof(`a plain loop on all ${space.points * blocks.length} points${peer}`);
}

export function rulesOf({ stops }: SweepWorkload, bars: Bars): ReferenceRules {
  return { feeFrac: FEE_FRAC, barsPerYear: barsPerYear(bars.timeframeMs, bars.instrument.calendar), ...stops };
}

function compareRow(workload: SweepWorkload, block: ScreenBlock, market: number, params: Params, row: number, meter: DifferenceMeter): void {
  const bars = workload.markets[market];
  const expected = workload.reference(bars, params, rulesOf(workload, bars));
  const where = `market ${market}, ${JSON.stringify(params)}`;
  const failure = block.failures[row];
  if (failure !== undefined) meter.failed(where, failure);
  const value = (name: ScreenColumn): number => block.values[SCREEN_COLUMNS.indexOf(name) * block.count + row];
  meter.compare(`total return of ${where}`, value('totalReturn'), expected.totalReturn);
  meter.compare(`Sharpe ratio of ${where}`, value('sharpeAnn'), expected.sharpeAnn);
  meter.compare(`drawdown of ${where}`, value('maxDrawdown'), expected.maxDrawdown);
  meter.compare(`trades of ${where}`, value('trades'), expected.trades);
  meter.compare(`win rate of ${where}`, value('winRate'), expected.wins / expected.trades);
}

function compareGolden(workload: SweepWorkload, { folder, workload: name }: { readonly folder: string; readonly workload: string }, meter: DifferenceMeter): number {
  const values = goldenValues(folder, name);
  for (const value of values) {
    const bars = workload.markets[value.asset ?? 0];
    const params = Object.fromEntries(Object.keys(workload.axes).map((axis) => [axis, value[axis]]));
    const ours = workload.reference(bars, params, rulesOf(workload, bars));
    const trades = ours.trades + ours.openTrades;
    const where = JSON.stringify(params);
    meter.compare(`vectorbt's total return of ${where}`, ours.totalReturn, value.total_return);
    meter.compare(`vectorbt's Sharpe ratio of ${where}`, ours.sharpeWithFirst, value.sharpe);
    meter.compare(`vectorbt's drawdown of ${where}`, ours.maxDrawdown, value.max_drawdown);
    meter.compare(`vectorbt's trades of ${where}`, trades, value.trades);
    meter.compare(`vectorbt's win rate of ${where}`, (ours.wins + ours.openWins) / trades, value.win_rate);
  }
  return values.length;
}
