import { seededNormal, seededRandom } from '../../engine/core/index.ts';
import {
  type CausalityProof, type Figures, type Headlines, type MarketRef, type Params, type ParamSpecs, type Run, type Sweep, type SweepSpec, type Trade, type Trial, TRIAL_LAYOUT, type WalkForward,
  type WalkForwardWindow,
} from '../../engine/index.ts';
import { createMetricsScratch, METRIC_NAMES, type Metrics, summarise } from '../../engine/metrics/index.ts';
import { simulationConfig, TradeLog } from '../../engine/simulate/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What the engine says of a strategy that reads the past alone. */
const PROVED: CausalityProof = {
  cuts: 24, seed: 1, compared: 12_480, leaks: [], warmup: { compared: 1024, changed: 0, maxDifference: 0 }, incremental: { compared: 24, changed: 0 },
};
const START = Date.UTC(2019, 0, 1);
const COST = { fee: 0.001, spread: 0.0001, slippage: 0.0004 };

export interface FixtureOptions {
  readonly bars?: number;
  readonly timeframeMs?: number;
  readonly seed?: number;
  readonly strategyId?: string;
  readonly symbol?: string;
  readonly params?: Params;
  /** Mean bars between entries; Infinity trades never. */
  readonly every?: number;
  readonly shorts?: boolean;
  /** Leave the last position open. */
  readonly open?: boolean;
  readonly ambiguousBars?: number;
  /** Bars skipped after a quarter of the series. */
  readonly gapBars?: number;
  /** Closed trades at most. */
  readonly mostTrades?: number;
  /** A loss of everything at this bar. */
  readonly ruinedAtBar?: number;
  readonly drift?: number;
}

interface Path {
  readonly openTimeMs: Float64Array;
  readonly price: Run['price'];
}

/** A random walk of candles, hourly unless said otherwise. */
export function walkPrices({ bars = 24 * 365 * 2, timeframeMs = HOUR_MS, seed = 7, gapBars = 0, drift = 0.00006 }: FixtureOptions): Path {
  const random = seededRandom(seed);
  const normal = seededNormal(random);
  const column = (): Float64Array => new Float64Array(bars);
  const [openTimeMs, open, high, low, close] = [column(), column(), column(), column(), column()];
  const step = 0.008 * Math.sqrt(timeframeMs / HOUR_MS);
  let price = 3_800;
  for (let t = 0; t < bars; t++) {
    openTimeMs[t] = START + (t + (t > bars / 4 ? gapBars : 0)) * timeframeMs;
    open[t] = price;
    price *= Math.exp(drift + step * normal());
    close[t] = price;
    high[t] = Math.max(open[t], close[t]) * (1 + step * 0.4 * random());
    low[t] = Math.min(open[t], close[t]) * (1 - step * 0.4 * random());
  }
  return { openTimeMs, price: { open, high, low, close } };
}

/** A run as the engine would hand it over, its trades drawn at random and its equity following from them. */
export function runFixture(options: FixtureOptions = {}): Run {
  const { bars = 24 * 365 * 2, timeframeMs = HOUR_MS, seed = 7, strategyId = 'ema-cross', symbol = 'BTC/USDT', every = 60, ambiguousBars = 0 } = options;
  const { openTimeMs, price } = walkPrices(options);
  const config = simulationConfig(options.shorts ? 'perpetual' : 'spot');
  const random = seededRandom(seed + 1);
  const equity = new Float64Array(bars).fill(config.account.initialCash);
  const exposure = new Float64Array(bars);
  const trades: Trade[] = [];
  let openTrade: Trade | null = null;
  let cash = config.account.initialCash;
  let t = Math.min(48, Math.floor(bars / 10));
  equity.fill(cash, 0, t);
  const paid = { fees: 0, spread: 0, slippage: 0 };
  while (t < bars) {
    const wait = Number.isFinite(every) ? 1 + Math.floor(random() * every) : bars;
    const entry = t + wait;
    for (; t < Math.min(entry, bars); t++) equity[t] = cash;
    if (t >= bars - 1 || trades.length >= (options.mostTrades ?? Infinity)) break;
    const side = options.shorts && random() < 0.4 ? -1 : 1;
    const length = 2 + Math.floor(random() * 80);
    const exit = Math.min(bars - 1, t + length);
    const qty = cash / price.open[t];
    const cost = (at: number): Record<keyof typeof COST, number> => ({ fee: qty * at * COST.fee, spread: qty * at * COST.spread, slippage: qty * at * COST.slippage });
    const entryPrice = price.open[t];
    const begun = cost(entryPrice);
    let [lowest, highest] = [entryPrice, entryPrice];
    const entryBar = t;
    const before = cash;
    const start = begun.fee + begun.spread + begun.slippage;
    for (; t < exit; t++) {
      equity[t] = before - start + side * qty * (price.close[t] - entryPrice);
      exposure[t] = (side * qty * price.close[t]) / equity[t];
      lowest = Math.min(lowest, price.low[t]);
      highest = Math.max(highest, price.high[t]);
    }
    const stillOpen = exit === bars - 1 && options.open === true;
    const exitPrice = stillOpen ? price.close[exit] : price.open[exit];
    const ended = stillOpen ? { fee: 0, spread: 0, slippage: 0 } : cost(exitPrice);
    const pnlQuote = side * qty * (exitPrice - entryPrice) - start - ended.fee - ended.spread - ended.slippage;
    const trade: Trade = {
      market: 0, side: side > 0 ? 'long' : 'short', entryBar, exitBar: exit, entryTimeMs: openTimeMs[entryBar], exitTimeMs: openTimeMs[exit], entryPrice, exitPrice, qtyBase: qty,
      pnlQuote, returnFrac: pnlQuote / (qty * entryPrice), feesQuote: begun.fee + ended.fee, spreadQuote: begun.spread + ended.spread, slippageQuote: begun.slippage + ended.slippage,
      fundingQuote: 0, maeFrac: side > 0 ? lowest / entryPrice - 1 : 1 - highest / entryPrice, mfeFrac: side > 0 ? highest / entryPrice - 1 : 1 - lowest / entryPrice,
      exitReason: stillOpen ? 'open' : random() < 0.2 ? 'stop-loss' : 'signal',
    };
    paid.fees += trade.feesQuote;
    paid.spread += trade.spreadQuote;
    paid.slippage += trade.slippageQuote;
    cash = before + pnlQuote;
    equity[exit] = cash;
    if (stillOpen) openTrade = trade;
    else trades.push(trade);
    if (stillOpen) break;
  }
  equity.fill(cash, Math.min(t, bars));
  const ruined = options.ruinedAtBar ?? -1;
  if (ruined >= 0) {
    equity.fill(0, ruined);
    exposure.fill(0, ruined);
  }
  const netQuote = equity[bars - 1] - config.account.initialCash;
  const costsQuote = -(paid.fees + paid.spread + paid.slippage);
  const waterfall = {
    grossQuote: netQuote - costsQuote, feesQuote: -paid.fees, spreadQuote: -paid.spread, slippageQuote: -paid.slippage, fundingQuote: 0, borrowQuote: 0,
    liquidationFeesQuote: 0, shortfallQuote: 0, netQuote,
  };
  const notional = trades.reduce((sum, { qtyBase, entryPrice, exitPrice }) => sum + qtyBase * (entryPrice + exitPrice), 0);
  const summary = (values: Float64Array, list: readonly Trade[], held: number): Figures => summarise({
    equity: values, openTimeMs, timeframeMs, barsPerYear: (365 * DAY_MS) / timeframeMs, heldBars: held, trades: TradeLog.from(list),
    tradedNotionalQuote: notional, waterfall, ambiguousBars, liquidations: ruined >= 0 ? 1 : 0, ruinedAtBar: values === equity ? ruined : -1,
  }, createMetricsScratch());
  const figures = summary(equity, trades, exposure.filter((x) => x !== 0).length);
  const holding = price.close.map((close) => (config.account.initialCash * close * 0.9985) / price.open[0]);
  const shifted = (by: number): Metrics => ({
    ...figures.metrics, totalReturn: (figures.metrics.totalReturn ?? 0) + by, finalEquity: (figures.metrics.finalEquity ?? 0) * (1 + by),
    sharpeAnn: figures.metrics.sharpeAnn === null ? null : figures.metrics.sharpeAnn + by,
  });
  const markets = [marketFixture({ bars, timeframeMs, symbol, openTimeMs, shorts: options.shorts })];
  const id = `run-${seed}`.padEnd(64, '0');
  return {
    id,
    spec: { engineVersion: '0.1.0', strategyId, codeHash: 'c0de'.repeat(16), params: options.params ?? { fastBars: 12, slowBars: 48 }, markets, config },
    openTimeMs, price, equity, exposure, trades, openTrade,
    engine: { engine: 'vector kernel', reasons: [] },
    totals: {
      finalEquity: equity[bars - 1], tradedNotionalQuote: notional, ambiguousBars, liquidations: ruined >= 0 ? 1 : 0, ruinedAtBar: ruined, waterfall,
      orders: { sent: trades.length * 2 + 3, filled: trades.length * 2, afterGap: 0, waitedForVolume: 0, clippedExposure: 0, rejectedMinNotional: 1, rejectedLot: 2 },
    },
    benchmark: { name: `buy and hold ${symbol}`, equity: holding, ...summary(holding, [], bars) },
    causality: PROVED,
    band: { ambiguousBars, pessimistic: shifted(ambiguousBars > 0 ? -0.05 : 0), optimistic: shifted(ambiguousBars > 0 ? 0.04 : 0) },
    warnings: [
      ...(ruined >= 0 ? [`the account was ruined at bar ${ruined}`] : []),
      ...(ambiguousBars > 0 ? [`${ambiguousBars} bars could have filled either way; resolved pessimistic`] : []),
      ...(openTrade === null ? [] : ['the last position is still open: marked in equity, outside the trade statistics']),
      ...(trades.length === 0 ? ['no trade was closed: there is nothing to measure'] : []),
    ],
    ...figures,
  };
}

function marketFixture(input: { bars: number; timeframeMs: number; symbol: string; openTimeMs: Float64Array; shorts?: boolean }): MarketRef {
  const { bars, timeframeMs, symbol, openTimeMs } = input;
  return {
    instrument: { venue: 'synthetic', symbol, kind: input.shorts ? 'perpetual' : 'spot', calendar: '24/7', market: 'continuous' },
    timeframeMs, dataHash: '9f3c'.repeat(16), bars, firstTimeMs: openTimeMs[0], lastTimeMs: openTimeMs[bars - 1],
    funding: input.shorts ? { payments: Math.floor((bars * timeframeMs) / (8 * HOUR_MS)), intervalMs: 8 * HOUR_MS, firstTimeMs: openTimeMs[0], lastTimeMs: openTimeMs[bars - 1] } : null,
    hasMark: false,
  };
}

export interface SweepOptions {
  readonly axes?: Readonly<Record<string, readonly (number | string | boolean)[]>>;
  readonly failEvery?: number;
  readonly failAll?: boolean;
  readonly randomPoints?: number;
  readonly strategyId?: string;
  readonly symbols?: readonly string[];
  /** Of each trial. */
  readonly ambiguousBars?: number;
}

/** A hill over the parameters with noise on it; some points fail. */
export function sweepFixture(options: SweepOptions = {}): { sweep: Sweep; trials: Trial[] } {
  const axes = options.axes ?? { fastBars: [4, 6, 8, 10, 12, 16, 20, 24, 30, 36], slowBars: [24, 36, 48, 60, 72, 96, 120, 160, 200, 240] };
  const symbols = options.symbols ?? ['BTC/USDT'];
  const random = seededRandom(11);
  const normal = seededNormal(random);
  const names = Object.keys(axes);
  let points: Params[] = [{}];
  for (const name of names) points = points.flatMap((point) => axes[name].map((value) => ({ ...point, [name]: value })));
  if (options.randomPoints !== undefined) {
    points = Array.from({ length: options.randomPoints }, () => Object.fromEntries(names.map((name) => {
      const values = axes[name] as number[];
      return [name, Math.round(values[0] + random() * (values[values.length - 1] - values[0]))];
    })));
  }
  const trials = symbols.flatMap((_, market) => points.map((params, i): Trial => {
    const failed = options.failAll === true || (options.failEvery !== undefined && i % options.failEvery === 3);
    if (failed) return { index: i, market, params, state: 'failed', metrics: null, band: null, reason: i % 2 === 0 ? 'fastBars must be below slowBars' : 'the strategy threw: index out of range' };
    const height = names.reduce((sum, name, k) => {
      const values = axes[name];
      const at = values.indexOf(params[name]) < 0 ? ((params[name] as number) - (values[0] as number)) / ((values[values.length - 1] as number) - (values[0] as number)) : values.indexOf(params[name]) / Math.max(1, values.length - 1);
      return sum - (at - 0.35 - 0.1 * k) ** 2;
    }, 0.4);
    const sharpeAnn = 1.6 * height + 0.25 * normal();
    const metrics = trialMetrics(sharpeAnn, random);
    const end = (by: number): Headlines => ({ ...headlinesOf(metrics), totalReturn: (metrics.totalReturn as number) + by, sharpeAnn: sharpeAnn + by });
    const { ambiguousBars = 0 } = options;
    const band = { ambiguousBars, pessimistic: end(ambiguousBars > 0 ? -0.05 : 0), optimistic: end(ambiguousBars > 0 ? 0.04 : 0) };
    return { index: i, market, params, state: 'ok', reason: null, metrics, band };
  }));
  const markets = symbols.map((symbol) => marketFixture({ bars: 17_520, timeframeMs: HOUR_MS, symbol, openTimeMs: Float64Array.from({ length: 17_520 }, (_, t) => START + t * HOUR_MS) }));
  const spec: SweepSpec = {
    trialLayout: TRIAL_LAYOUT, engineVersion: '0.1.0', strategyId: options.strategyId ?? 'ema-cross', codeHash: 'c0de'.repeat(16), paramSpecs: paramSpecsOf(axes), axes,
    sampler: options.randomPoints === undefined ? { kind: 'grid' } : { kind: 'random', points: options.randomPoints, seed: 42 },
    objective: 'sharpeAnn', markets, config: simulationConfig('spot'),
  };
  const best = symbols.map((_, market) => trials.filter((trial) => trial.market === market && trial.metrics !== null)
    .reduce<Trial | null>((top, trial) => (top === null || (trial.metrics?.sharpeAnn ?? -Infinity) > (top.metrics?.sharpeAnn ?? -Infinity) ? trial : top), null));
  return { sweep: { id: 'sweep-11'.padEnd(64, '0'), spec, trials: trials.length, failed: trials.filter(({ state }) => state === 'failed').length, best, causality: PROVED }, trials };
}

function paramSpecsOf(axes: SweepOptions['axes'] & object): ParamSpecs {
  return Object.fromEntries(Object.entries(axes).map(([name, values]) => [name, { type: 'int', min: 1, max: 500, default: typeof values[0] === 'number' ? values[0] : 1 }]));
}

function headlinesOf({ totalReturn, sharpeAnn, maxDrawdown }: Metrics): Headlines {
  return { totalReturn, sharpeAnn, maxDrawdown };
}

function trialMetrics(sharpeAnn: number, random: () => number): Metrics {
  const blank = Object.fromEntries(METRIC_NAMES.map((name) => [name, null])) as Record<string, number | null>;
  return {
    ...blank, sharpeAnn, totalReturn: sharpeAnn * 0.35 + 0.02, cagr: sharpeAnn * 0.16, maxDrawdown: -0.12 - 0.3 * random(), trades: 40 + Math.floor(300 * random()), volatilityAnn: 0.3,
    finalEquity: 10_000 * (1.02 + sharpeAnn * 0.35),
  } as Metrics;
}

export interface WalkOptions extends FixtureOptions {
  readonly windows?: number;
  readonly unchosen?: number;
  readonly efficiency?: number | null;
}

/** A stitched walk-forward over the same kind of path. */
export function walkForwardFixture(options: WalkOptions = {}): WalkForward {
  const { windows: count = 8, unchosen = -1, timeframeMs = HOUR_MS } = options;
  const trainMs = 120 * DAY_MS;
  const testMs = 60 * DAY_MS;
  const purgeMs = DAY_MS;
  const testBars = testMs / timeframeMs;
  const run = runFixture({ ...options, bars: count * testBars + 1 });
  const random = seededRandom(5);
  const choices = { fastBars: [4, 8, 12, 16, 24], slowBars: [36, 48, 72, 96, 160] };
  const first = run.openTimeMs[1];
  const windows = Array.from({ length: count }, (_, index): WalkForwardWindow => {
    const testFromMs = first + index * testMs;
    const inside = 1 + random();
    const flat = index === unchosen;
    return {
      index,
      bars: { trainFrom: 0, trainTo: 0, testFrom: 1 + index * testBars, testTo: 1 + (index + 1) * testBars },
      trainFromMs: testFromMs - purgeMs - trainMs, trainToMs: testFromMs - purgeMs, testFromMs, testToMs: testFromMs + testMs,
      trials: 25, failedTrials: index === 2 ? 3 : 0,
      chosen: flat ? null : { fastBars: choices.fastBars[Math.floor(random() * 5)], slowBars: choices.slowBars[Math.floor(random() * 5)] },
      inSample: flat ? null : trialMetrics(inside, random),
      outOfSample: flat ? { ...trialMetrics(0, random), sharpeAnn: null, totalReturn: 0, trades: 0 } : trialMetrics(inside - 1.6 * random(), random),
    };
  });
  const { metrics, reasons, openTimeMs, equity, exposure, price, trades, benchmark, band, spec } = run;
  const efficiency = options.efficiency === undefined ? 0.43 : options.efficiency;
  return {
    id: 'walk-5'.padEnd(64, '0'),
    spec: {
      engineVersion: '0.1.0', strategyId: spec.strategyId, codeHash: spec.codeHash, paramSpecs: paramSpecsOf(choices), axes: choices, sampler: { kind: 'grid' }, objective: 'sharpeAnn',
      plan: { kind: 'rolling', trainMs, testMs, purgeMs, stepMs: testMs, keepShort: false }, markets: spec.markets, config: spec.config,
    },
    windows, openTimeMs, equity, exposure, price, trades, benchmark, band, metrics, reasons,
    efficiency, efficiencyReason: efficiency === null ? 'in-sample profit is not positive' : null,
    trialsEvaluated: count * 25,
    causality: run.causality,
    waterfall: run.totals.waterfall, tradedNotionalQuote: run.totals.tradedNotionalQuote,
    warnings: [...(unchosen >= 0 ? [`1 of ${count} windows stayed flat: no parameter point had a defined sharpeAnn in sample`] : []), '3 of 200 in-sample trials failed'],
  };
}
