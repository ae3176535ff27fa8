import { barsPerYear, contentId, DAY_MS, DAYS_PER_YEAR, ENGINE_VERSION } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { createMetricsScratch, type MetricName, type Metrics, summarise } from '../metrics/index.ts';
import { type Clock, clockOf, onClock } from '../orders/index.ts';
import { createTrialArena, exposureOf, type Figures, holdOf, marketRef, measureTrial, simulateTrial } from '../run/index.ts';
import { type Axes, bestRow, commonWarmupBars, type ParamSpace, paramSpace, readMetrics, type Sampler, type TrialBlock } from '../search/index.ts';
import type { CostWaterfall, SimulationConfig, SimulationTotals } from '../simulate/index.ts';
import { TradeLog } from '../simulate/index.ts';
import type { Params, Strategy } from '../strategy/index.ts';
import { walkForwardEfficiency } from './efficiency.ts';
import { stitch, type Stitched, type WindowResult } from './stitch.ts';
import type { WalkForward, WalkForwardSpec, WalkForwardWindow, WindowBars, WindowPlan } from './types.ts';
import { walkForwardWarnings } from './warnings.ts';
import { sliceMoments, windowSlice, type WindowSlice } from './window-slice.ts';
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
 * throws  InputError `no-windows`, `space-empty`
 * source  Pardo (2008); statistics.md §5, §8
 */
export async function walkForward(input: WalkForwardInput, evaluate: EvaluateInSample): Promise<WalkForward> {
  const { strategy, markets, config, plan } = input;
  const space = paramSpace(strategy, input.axes, input.sampler);
  const clock = clockOf(markets);
  const windows = planWindows(clock, plan);
  const history = commonWarmupBars(strategy, space, clock.openTimeMs.length);
  const slices = windows.map(({ trainFrom, trainTo }) => windowSlice(markets, clock, trainFrom, trainTo, history, config));
  const blocks = await evaluate(slices, space);
  const outcomes = windows.map((bars, index) => traded(input, clock, space, bars, index, blocks[index], history));
  return assemble(input, clock, space, outcomes);
}

interface Outcome {
  readonly window: WalkForwardWindow;
  readonly result: WindowResult;
  readonly totals: SimulationTotals | null;
}

function traded(input: WalkForwardInput, clock: Clock, space: ParamSpace, bars: WindowBars, index: number, block: TrialBlock, history: number): Outcome {
  const { markets, config, objective } = input;
  const row = bestRow(block.values, objective, 0, block.count);
  const chosen = row < 0 ? null : space.pointAt(row);
  const slice = windowSlice(markets, clock, bars.testFrom, bars.testTo, history, config);
  const test = tradeWindow(input.strategy, chosen, slice, bars);
  const { openTimeMs, timeframeMs } = clock;
  const timeAt = (bar: number): number => (bar < openTimeMs.length ? openTimeMs[bar] : openTimeMs[openTimeMs.length - 1] + timeframeMs);
  const window: WalkForwardWindow = {
    index,
    bars,
    trainFromMs: timeAt(bars.trainFrom),
    trainToMs: timeAt(bars.trainTo),
    testFromMs: timeAt(bars.testFrom),
    testToMs: timeAt(bars.testTo),
    trials: block.count,
    failedTrials: Object.keys(block.failures).length,
    chosen,
    inSample: row < 0 ? null : readMetrics(block.values, row),
    outOfSample: test.figures.metrics,
  };
  return { window, result: test.result, totals: test.totals };
}

/** The test window under its chosen parameters, or flat where there was no choice. */
function tradeWindow(strategy: Strategy, chosen: Params | null, slice: WindowSlice, { testFrom }: WindowBars) {
  const arena = createTrialArena(slice.bars);
  const choice = chosen ?? idlePoint(strategy);
  const config = chosen === null ? { ...slice.config, firstDecisionBar: arena.clock.openTimeMs.length } : slice.config;
  const totals = simulateTrial(strategy, choice, config, arena);
  const figures: Figures = measureTrial(totals, slice.config, arena);
  const from = slice.config.firstDecisionBar;
  const { equity, trades } = arena.buffers;
  const exposure = exposureOf(arena).subarray(from);
  const inWholeSeries = trades.toTrades(arena.clock.openTimeMs).map((trade) => ({
    ...trade,
    entryBar: trade.entryBar + slice.from,
    exitBar: trade.exitBar + slice.from,
  }));
  const result: WindowResult = { testFrom, equity: equity.slice(from), exposure, trades: inWholeSeries };
  return { result, figures, totals };
}

function idlePoint(strategy: Strategy): Params {
  return Object.fromEntries(Object.entries(strategy.params).map(([name, spec]) => [name, spec.default]));
}

function assemble(input: WalkForwardInput, clock: Clock, space: ParamSpace, outcomes: readonly Outcome[]): WalkForward {
  const { strategy, codeHash, markets, config, axes, sampler, objective, plan } = input;
  const spec: WalkForwardSpec = {
    engineVersion: ENGINE_VERSION, strategyId: strategy.id, codeHash, paramSpecs: strategy.params, axes, sampler, objective, plan,
    markets: markets.map(marketRef), config,
  };
  const windows = outcomes.map(({ window }) => window);
  const stitched = stitch(outcomes.map(({ result }) => result), config.account.initialCash);
  const [first] = markets;
  const pick = (series: Float64Array): Float64Array => Float64Array.from(stitched.rows, (row) => series[row]);
  const openTimeMs = pick(clock.openTimeMs);
  const { open, high, low, close } = onClock(clock, 0, first);
  const efficiency = efficiencyOf(windows, config);
  const sums = new Totals(config.account.initialCash);
  for (const { result, totals } of outcomes) sums.add(result, totals);
  const waterfall = sums.waterfall(stitched.equity[stitched.equity.length - 1]);
  const walk = {
    id: contentId(spec),
    spec,
    windows,
    openTimeMs,
    equity: stitched.equity,
    exposure: stitched.exposure,
    price: { open: pick(open), high: pick(high), low: pick(low), close: pick(close) },
    trades: stitched.trades,
    efficiency: efficiency.value,
    efficiencyReason: efficiency.reason ?? null,
    trialsEvaluated: windows.reduce((sum, window) => sum + window.trials, 0),
    waterfall,
    tradedNotionalQuote: sums.traded,
    benchmark: benchmarkOver(input, clock, stitched),
    ...stitchedFigures(first, openTimeMs, stitched, sums, waterfall),
  };
  return { ...walk, warnings: walkForwardWarnings(walk, space.points) };
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

function stitchedFigures(bars: Bars, openTimeMs: Float64Array, stitched: Stitched, sums: Totals, waterfall: CostWaterfall): Figures {
  let heldBars = 0;
  for (const x of stitched.exposure) if (x !== 0) heldBars++;
  return summarise(
    {
      equity: stitched.equity,
      openTimeMs,
      timeframeMs: bars.timeframeMs,
      barsPerYear: barsPerYear(bars.timeframeMs, bars.instrument.calendar),
      heldBars,
      trades: TradeLog.from(stitched.trades),
      tradedNotionalQuote: sums.traded,
      waterfall,
      ambiguousBars: sums.ambiguousBars,
      liquidations: sums.liquidations,
      ruinedAtBar: stitched.equity.findIndex((value) => value <= 0),
    },
    createMetricsScratch(),
  );
}

/** Money totals of all windows, each scaled with the equity at which its window began. */
class Totals {
  traded = 0;
  ambiguousBars = 0;
  liquidations = 0;
  private scale = 1;
  private readonly parts: Record<string, number> = {};
  private readonly initialCash: number;

  constructor(initialCash: number) {
    this.initialCash = initialCash;
  }

  add(result: WindowResult, totals: SimulationTotals | null): void {
    if (totals !== null) {
      this.traded += totals.tradedNotionalQuote * this.scale;
      this.ambiguousBars += totals.ambiguousBars;
      this.liquidations += totals.liquidations;
      for (const [part, amount] of Object.entries(totals.waterfall)) this.parts[part] = (this.parts[part] ?? 0) + amount * this.scale;
    }
    this.scale *= result.equity[result.equity.length - 1] / result.equity[0];
  }

  waterfall(finalEquity: number): CostWaterfall {
    return { ...(this.parts as unknown as CostWaterfall), netQuote: finalEquity - this.initialCash };
  }
}
