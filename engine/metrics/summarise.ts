import { DAY_MS, DAYS_PER_YEAR, formatTime } from '../core/index.ts';
import type { CostWaterfall, TradeLog } from '../simulate/index.ts';
import { METRIC_NAMES, type MetricName, type MetricReasons, type Metrics } from './names.ts';
import { kurtosisExcessOf, type Moments, momentsOf, skewnessOf, spreadOf } from './series-moments.ts';
import { tailsInPlace } from './tails.ts';
import { kellyOfTrades, profitFactor, systemQuality, tradeSums, winRate } from './trade-statistics.ts';
import { worstDrawdown } from './worst-drawdown.ts';

export interface SummaryInput {
  /** Account value at each close; the first is the initial cash. */
  readonly equity: Float64Array;
  readonly openTimeMs: Float64Array;
  readonly timeframeMs: number;
  readonly barsPerYear: number;
  /** Bars with a position at the close. */
  readonly heldBars: number;
  /** Closed trades. */
  readonly trades: TradeLog;
  /** Buys plus sells. */
  readonly tradedNotionalQuote: number;
  readonly waterfall: CostWaterfall;
  readonly ambiguousBars: number;
  readonly liquidations: number;
  /** First bar at which equity was gone; −1 if never. */
  readonly ruinedAtBar: number;
}

/** Buffers that a caller keeps between summaries; they grow to the longest curve and stay, so that windows of several lengths share them. */
export interface MetricsScratch {
  returns: Float64Array;
  reordered: Float64Array;
}

export function createMetricsScratch(): MetricsScratch {
  return { returns: new Float64Array(0), reordered: new Float64Array(0) };
}

/** Below this no growth rate a year is stated. */
const SHORTEST_YEARLY_MS = 90 * DAY_MS;

type Draft = { [M in MetricName]: number | null };
type DraftReasons = { [M in MetricName]?: string };

/**
 * Every figure of a run from its equity curve and closed trades; undefined ones are null with the reason.
 *
 * Returns are r_t = E_t / E_{t-1} − 1. Growth is by calendar years of 365.25 days, ratios by bars a year.
 *
 * source  statistics.md §1; docs/metrics.md
 */
export function summarise(input: SummaryInput, scratch: MetricsScratch): { metrics: Metrics; reasons: MetricReasons } {
  const metrics = Object.fromEntries(METRIC_NAMES.map((name) => [name, null])) as Draft;
  const reasons: DraftReasons = {};
  fillMoney(metrics, input);
  fillBreakEven(metrics, reasons, input);
  fillTrades(metrics, reasons, input);
  const { equity, ruinedAtBar } = input;
  if (equity.length < 2) {
    giveReason(metrics, reasons, 'fewer than two bars');
    return { metrics, reasons };
  }
  const drawdown = worstDrawdown(equity, input.openTimeMs);
  metrics.maxDrawdown = ruinedAtBar >= 0 ? -1 : drawdown.depth;
  if (ruinedAtBar >= 0) {
    giveReason(metrics, reasons, `ruined at ${formatTime(input.openTimeMs[ruinedAtBar])}`);
    return { metrics, reasons };
  }
  metrics.maxDrawdownBars = drawdown.longestBars;
  metrics.maxDrawdownDays = drawdown.longestMs / DAY_MS;
  metrics.ulcerIndex = drawdown.ulcerIndex;
  const returns = returnsOf(equity, scratch);
  const moments = momentsOf(returns);
  fillGrowth(metrics, reasons, input);
  fillRatios(metrics, reasons, moments, returns, input.barsPerYear);
  fillTails(metrics, reasons, returns, scratch);
  giveReason(metrics, reasons, 'not defined for this curve');
  return { metrics, reasons };
}

function fillMoney(metrics: Draft, { equity, waterfall, heldBars, ambiguousBars, liquidations }: SummaryInput): void {
  const first = equity[0] ?? Number.NaN;
  const last = equity[equity.length - 1] ?? Number.NaN;
  metrics.finalEquity = Number.isNaN(last) ? null : last;
  metrics.totalReturn = equity.length > 0 ? last / first - 1 : null;
  metrics.feesQuote = positive(waterfall.feesQuote);
  metrics.spreadQuote = positive(waterfall.spreadQuote);
  metrics.slippageQuote = positive(waterfall.slippageQuote);
  metrics.fundingQuote = waterfall.fundingQuote + waterfall.borrowQuote;
  metrics.ambiguousBars = ambiguousBars;
  metrics.liquidations = liquidations;
  metrics.exposure = equity.length > 0 ? heldBars / equity.length : null;
}

/** Costs of trading that would leave a net profit of zero: what the other parts of the waterfall sum to, over what was traded. */
function fillBreakEven(metrics: Draft, reasons: DraftReasons, { waterfall, tradedNotionalQuote }: SummaryInput): void {
  const { netQuote, feesQuote, spreadQuote, slippageQuote } = waterfall;
  if (tradedNotionalQuote > 0) metrics.breakEvenCostBps = ((netQuote - feesQuote - spreadQuote - slippageQuote) / tradedNotionalQuote) * 10_000;
  else reasons.breakEvenCostBps = 'nothing traded';
}

function fillTrades(metrics: Draft, reasons: DraftReasons, { trades }: SummaryInput): void {
  metrics.trades = trades.length;
  if (trades.length === 0) {
    for (const name of ['winRate', 'profitFactor', 'expectancyQuote', 'expectancyFrac', 'sqn', 'kellyFrac', 'avgTradeBars'] as const) reasons[name] = 'no closed trade';
    return;
  }
  const sums = tradeSums(trades.column('pnlQuote'));
  metrics.winRate = winRate(sums);
  metrics.profitFactor = profitFactor(sums);
  metrics.expectancyQuote = sums.mean;
  metrics.expectancyFrac = meanOf(trades.column('returnFrac'));
  metrics.sqn = systemQuality(sums);
  metrics.kellyFrac = kellyOfTrades(sums);
  metrics.avgTradeBars = meanOf(trades.column('exitBar')) - meanOf(trades.column('entryBar'));
  if (metrics.profitFactor === null) reasons.profitFactor = 'no losing trade';
  if (metrics.sqn === null) reasons.sqn = 'needs two trades that differ';
  if (metrics.kellyFrac === null) reasons.kellyFrac = 'needs a winning and a losing trade';
}

function fillGrowth(metrics: Draft, reasons: DraftReasons, { equity, openTimeMs, tradedNotionalQuote }: SummaryInput): void {
  const n = equity.length;
  const spanMs = openTimeMs[n - 1] - openTimeMs[0];
  const years = spanMs / (DAYS_PER_YEAR * DAY_MS);
  metrics.turnover = tradedNotionalQuote / meanOf(equity) / years;
  if (spanMs < SHORTEST_YEARLY_MS) {
    reasons.cagr = reasons.calmar = 'shorter than 90 days';
    return;
  }
  metrics.cagr = (equity[n - 1] / equity[0]) ** (1 / years) - 1;
  if (metrics.maxDrawdown === null || metrics.maxDrawdown >= 0) reasons.calmar = 'no drawdown';
  else metrics.calmar = metrics.cagr / -metrics.maxDrawdown;
}

function fillRatios(metrics: Draft, reasons: DraftReasons, moments: Moments, returns: Float64Array, barsPerYear: number): void {
  const { count, mean } = moments;
  const spread = spreadOf(moments);
  const root = Math.sqrt(barsPerYear);
  metrics.volatilityAnn = count > 1 ? (spread ?? 0) * root : null;
  metrics.sharpeAnn = spread === null ? null : (mean / spread) * root;
  metrics.skewness = skewnessOf(moments);
  metrics.kurtosisExcess = kurtosisExcessOf(moments);
  const { gains, losses, squares } = sidesOf(returns);
  if (squares > 0) metrics.sortinoAnn = (mean * barsPerYear) / (Math.sqrt(squares / count) * root);
  else reasons.sortinoAnn = 'no losing bar';
  if (losses > 0) metrics.omega = gains / losses;
  else reasons.omega = 'no losing bar';
  if (count < 2) reasons.volatilityAnn = reasons.sharpeAnn = 'fewer than two returns';
  else if (spread === null) reasons.sharpeAnn = reasons.skewness = reasons.kurtosisExcess = 'equity does not vary';
  if (count < 3) reasons.skewness = 'fewer than three returns';
  if (count < 4) reasons.kurtosisExcess = 'fewer than four returns';
}

/** Sums of gains, of losses (positive) and of squared losses. */
function sidesOf(returns: Float64Array): { gains: number; losses: number; squares: number } {
  let gains = 0;
  let losses = 0;
  let squares = 0;
  for (let t = 0; t < returns.length; t++) {
    const r = returns[t];
    if (r > 0) gains += r;
    else {
      losses -= r;
      squares += r * r;
    }
  }
  return { gains, losses, squares };
}

function fillTails(metrics: Draft, reasons: DraftReasons, returns: Float64Array, scratch: MetricsScratch): void {
  if (scratch.reordered.length < returns.length) scratch.reordered = new Float64Array(returns.length);
  const reordered = scratch.reordered.subarray(0, returns.length);
  reordered.set(returns);
  const tails = tailsInPlace(reordered, 0.05);
  if (tails === null) return;
  metrics.valueAtRisk95 = tails.low;
  metrics.conditionalValueAtRisk95 = tails.meanBelow;
  if (tails.low === 0) reasons.tailRatio = 'the 5 % quantile is zero';
  else metrics.tailRatio = Math.abs(tails.high) / Math.abs(tails.low);
}

function returnsOf(equity: Float64Array, scratch: MetricsScratch): Float64Array {
  const count = equity.length - 1;
  if (scratch.returns.length < count) scratch.returns = new Float64Array(count);
  const returns = scratch.returns.subarray(0, count);
  for (let t = 1; t < equity.length; t++) returns[t - 1] = equity[t] / equity[t - 1] - 1;
  return returns;
}

function giveReason(metrics: Draft, reasons: DraftReasons, reason: string): void {
  for (const name of METRIC_NAMES) if (metrics[name] === null) reasons[name] ??= reason;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** A cost of the waterfall as money paid; never −0. */
function positive(cost: number): number {
  return cost === 0 ? 0 : -cost;
}
