import { proveCausality } from '../causality/index.ts';
import { contentId, DAY_MS, DAYS_PER_YEAR, ENGINE_VERSION } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import type { MetricName, Metrics } from '../metrics/index.ts';
import { type Clock, clockOf, onClock, sliceMoments } from '../orders/index.ts';
import { type AmbiguityBand, holdOf, isItsOwnBand, marketRef, requirePrices, requireFunding, type Resolution } from '../run/index.ts';
import { type Axes, bestRow, commonWarmupBars, type ParamSpace, paramSpace, readMetrics, type Sampler, type TrialBlock } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Params, Strategy } from '../strategy/index.ts';
import { walkForwardEfficiency } from './efficiency.ts';
import type { Stitched } from './stitch.ts';
import { measureStitched, type TradedWindow } from './stitched-figures.ts';
import { idlePoint, tradeWindow } from './trade-window.ts';
import type { WalkForward, WalkForwardSpec, WalkForwardWindow, WindowBars, WindowPlan } from './types.ts';
import { walkForwardWarnings } from './warnings.ts';
import { timeAt, windowSlice, type WindowSlice } from './window-slice.ts';
import { planWindows } from './windows.ts';

export interface WalkForwardInput {
  readonly strategy: Strategy;
  readonly codeHash: string;
  /** One market, or one a leg on the bars that all have, or those of a portfolio. */
  readonly markets: readonly Bars[];
  readonly config: SimulationConfig;
  readonly axes: Axes;
  readonly sampler: Sampler;
  /** Maximised in sample; drawdown is negative, so greater is better there too. */
  readonly objective: MetricName;
  readonly plan: WindowPlan;
}

/** Evaluates every point of the space on each train slice; a pool does it in parallel, a test in place. */
export type EvaluateInSample = (slices: readonly WindowSlice[], space: ParamSpace) => Promise<readonly TrialBlock[]>;

/**
 * Optimises in each train window, trades the choice in the test window after it, and stitches the tests into one curve.
 *
 * causal  a window's choice reads bars before its test window only
 * throws  InputError `no-windows`, `space-empty`, `funding-missing`
 * source  Pardo (2008); statistics.md §5, §8
 */
export async function walkForward(input: WalkForwardInput, evaluate: EvaluateInSample): Promise<WalkForward> {
  const { strategy, markets, config, plan } = input;
  requireFunding(markets, config);
  requirePrices(markets, config);
  const space = paramSpace(strategy, input.axes, input.sampler);
  const clock = clockOf(markets);
  const windows = planWindows(clock, plan);
  const history = commonWarmupBars(strategy, space, clock.openTimeMs.length);
  const slices = windows.map(({ trainFrom, trainTo }) => windowSlice(markets, clock, trainFrom, trainTo, history, config));
  const blocks = await evaluate(slices, space);
  const outcomes = windows.map((bars, index) => traded(input, clock, space, bars, index, blocks[index], history));
  return assemble(input, clock, space, outcomes);
}

/** Everything that decides a walk-forward's bytes; its content id is the walk-forward's id. */
export function walkForwardSpec({ strategy, codeHash, markets, config, axes, sampler, objective, plan }: WalkForwardInput): WalkForwardSpec {
  return {
    engineVersion: ENGINE_VERSION, strategyId: strategy.id, codeHash, paramSpecs: strategy.params, axes, sampler, objective, plan,
    markets: markets.map(marketRef), config,
  };
}

interface Outcome extends TradedWindow {
  readonly window: WalkForwardWindow;
  /** The same choice where every ambiguous bar is taken one way. */
  readonly pessimistic: TradedWindow;
  readonly optimistic: TradedWindow;
}

function traded(input: WalkForwardInput, clock: Clock, space: ParamSpace, bars: WindowBars, index: number, block: TrialBlock, history: number): Outcome {
  const { markets, config, objective } = input;
  const row = bestRow(block.values, objective, 0, block.count);
  const chosen = row < 0 ? null : space.pointAt(row);
  const slice = windowSlice(markets, clock, bars.testFrom, bars.testTo, history, config);
  const test = tradeWindow(input.strategy, chosen, slice, bars);
  const window: WalkForwardWindow = {
    index,
    bars,
    trainFromMs: timeAt(clock, bars.trainFrom),
    trainToMs: timeAt(clock, bars.trainTo),
    testFromMs: timeAt(clock, bars.testFrom),
    testToMs: timeAt(clock, bars.testTo),
    trials: block.count,
    failedTrials: Object.keys(block.failures).length,
    chosen,
    inSample: row < 0 ? null : readMetrics(block.values, row),
    outOfSample: test.figures.metrics,
  };
  const under = (intrabar: Resolution): TradedWindow =>
    isItsOwnBand(test.totals.ambiguousBars, config.intrabar, intrabar) ? test : tradeWindow(input.strategy, chosen, { ...slice, config: { ...slice.config, intrabar } }, bars);
  return { window, result: test.result, totals: test.totals, pessimistic: under('pessimistic'), optimistic: under('optimistic') };
}

function assemble(input: WalkForwardInput, clock: Clock, space: ParamSpace, outcomes: readonly Outcome[]): WalkForward {
  const { strategy, markets, config } = input;
  const spec = walkForwardSpec(input);
  const windows = outcomes.map(({ window }) => window);
  const [first] = markets;
  const { stitched, ...account } = measureStitched(first, clock, outcomes, config.account.initialCash);
  const pick = (series: Float64Array): Float64Array => Float64Array.from(stitched.rows, (row) => series[row]);
  const { open, high, low, close } = onClock(clock, 0, first);
  const efficiency = efficiencyOf(windows, config);
  const walk = {
    id: contentId(spec),
    spec,
    windows,
    equity: stitched.equity,
    exposure: stitched.exposure,
    price: { open: pick(open), high: pick(high), low: pick(low), close: pick(close) },
    trades: stitched.trades,
    efficiency: efficiency.value,
    efficiencyReason: efficiency.reason ?? null,
    trialsEvaluated: windows.reduce((sum, window) => sum + window.trials, 0),
    benchmark: benchmarkOver(input, clock, stitched),
    ...account,
    band: bandOver(first, clock, outcomes, account.metrics, config),
    causality: proveCausality(strategy, lastChoice(strategy, windows), markets, config),
  };
  return { ...walk, warnings: walkForwardWarnings(walk, space.points) };
}

/** What would be held now. */
function lastChoice(strategy: Strategy, windows: readonly WalkForwardWindow[]): Params {
  return windows.findLast(({ chosen }) => chosen !== null)?.chosen ?? idlePoint(strategy);
}

/** The choices stay; each test window that meets an ambiguous bar is traded under both resolutions, and the curve stitched from them. */
function bandOver(bars: Bars, clock: Clock, outcomes: readonly Outcome[], own: Metrics, config: SimulationConfig): AmbiguityBand {
  const ambiguousBars = own.ambiguousBars ?? 0;
  const under = (intrabar: Resolution): Metrics =>
    isItsOwnBand(ambiguousBars, config.intrabar, intrabar) ? own : measureStitched(bars, clock, outcomes.map((outcome) => outcome[intrabar]), config.account.initialCash).metrics;
  return { ambiguousBars, pessimistic: under('pessimistic'), optimistic: under('optimistic') };
}

function efficiencyOf(windows: readonly WalkForwardWindow[], config: SimulationConfig) {
  const profit = (metrics: Metrics | null): number => (metrics?.finalEquity ?? config.account.initialCash) - config.account.initialCash;
  const years = (ms: number): number => ms / (DAYS_PER_YEAR * DAY_MS);
  return walkForwardEfficiency(
    windows.map((w) => ({ profitQuote: profit(w.inSample), years: years(w.trainToMs - w.trainFromMs) })),
    windows.map((w) => ({ profitQuote: profit(w.outOfSample), years: years(w.testToMs - w.testFromMs) })),
  );
}

function benchmarkOver({ strategy, markets, config }: WalkForwardInput, clock: Clock, { rows }: Stitched) {
  const from = rows[0];
  const held = holdOf(strategy, sliceMoments(markets, clock, from, rows[rows.length - 1] + 1), { ...config, firstDecisionBar: 0, flattenAtEnd: false }, 0);
  return { ...held, equity: Float64Array.from(rows, (row) => held.equity[row - from]) };
}
