import { leakWarnings, proveCausality, warmupWarnings } from '../causality/index.ts';
import { contentId, ENGINE_VERSION, InputError } from '../core/index.ts';
import { alignBars, type Bars, type FundingTable } from '../market/index.ts';
import { onClock } from '../orders/index.ts';
import type { SimulationConfig, Trade } from '../simulate/index.ts';
import { isPortfolio, type Params, resolveParams, type Strategy } from '../strategy/index.ts';
import { ambiguityBand } from './band.ts';
import { holdOf } from './benchmark.ts';
import { delistingWarnings } from './delisting.ts';
import { checkedPortfolio } from './portfolio.ts';
import { requirePrices } from './require-prices.ts';
import { requireFunding } from './require-funding.ts';
import { createTrialArena, engineFor, exposureOf, measureTrial, simulateTrial, type TrialArena } from './trial.ts';
import type { FundingRef, MarketRef, Run, RunSpec } from './types.ts';
import { warningsOf } from './warnings.ts';

export interface BacktestInput {
  readonly strategy: Strategy;
  /** sha256 of the strategy's code. */
  readonly codeHash: string;
  readonly params?: Params;
  /** One market, or one a leg, or all of a portfolio. */
  readonly markets: readonly Bars[];
  readonly config: SimulationConfig;
}

/**
 * One strategy at one parameter point, with trades, figures, buy-and-hold beside it and the ambiguity band.
 *
 * throws  InputError `param-unknown`, `param-invalid`, `params-inadmissible`, `legs-mismatch`, `market-twice`, `too-few-bars`, `funding-missing`
 */
export function runBacktest(input: BacktestInput): Run {
  const { strategy, codeHash, config } = input;
  const params = checkedParams(strategy, input.params ?? {});
  const markets = marketsFor(strategy, input.markets);
  requireFunding(markets, config);
  requirePrices(markets, config);
  const spec: RunSpec = { engineVersion: ENGINE_VERSION, strategyId: strategy.id, codeHash, params, markets: markets.map(marketRef), config };
  const arena = createTrialArena(markets);
  const totals = simulateTrial(strategy, params, config, arena);
  const figures = measureTrial(totals, config, arena);
  const [first] = markets;
  const series = seriesOf(arena);
  const firstDecision = Math.max(config.firstDecisionBar, strategy.warmupBars(params) - 1);
  const run = {
    id: contentId(spec),
    spec,
    openTimeMs: arena.clock.openTimeMs,
    price: onClock(arena.clock, 0, first),
    ...series,
    ...figures,
    totals,
    engine: engineFor(strategy, config, markets),
    benchmark: holdOf(strategy, markets, config, firstDecision),
    band: ambiguityBand(strategy, params, config, arena, figures.metrics),
    causality: proveCausality(strategy, params, markets, config),
  };
  const openPositions = arena.buffers.openTrades.length;
  const finalEquityAt = (delistingHaircutFrac: number): number =>
    simulateTrial(strategy, params, { ...config, execution: { ...config.execution, delistingHaircutFrac } }, arena).finalEquity;
  const delistings = delistingWarnings(run.trades, spec.markets, config, totals.finalEquity, finalEquityAt);
  return { ...run, warnings: [...leakWarnings(run.causality), ...delistings, ...warningsOf(run, openPositions), ...warmupWarnings(run.causality)] };
}

/** Parameters with defaults, checked singly and together. */
export function checkedParams(strategy: Strategy, given: Params): Params {
  const params = resolveParams(strategy.params, given);
  if (!strategy.admissible(params)) {
    throw new InputError('params-inadmissible', `parameters of ${strategy.id} must be admissible together, were ${JSON.stringify(params)}`);
  }
  return params;
}

/** The markets of a strategy's legs on the bars that all have; those of a portfolio with their own bars. */
export function marketsFor(strategy: Strategy, markets: readonly Bars[]): readonly Bars[] {
  if (isPortfolio(strategy) && markets.length > 0) return checkedPortfolio(markets);
  if (markets.length !== strategy.legs) {
    throw new InputError('legs-mismatch', `${strategy.id} must have ${isPortfolio(strategy) ? 'at least one' : strategy.legs} market${strategy.legs === 1 ? '' : 's'}, was given ${markets.length}`);
  }
  return markets.length > 1 ? alignBars(markets) : markets;
}

export function marketRef(bars: Bars): MarketRef {
  const { instrument, timeframeMs, dataHash, length, openTimeMs, funding, mark } = bars;
  return {
    instrument, timeframeMs, dataHash, bars: length, firstTimeMs: openTimeMs[0], lastTimeMs: openTimeMs[length - 1],
    funding: funding === null ? null : fundingRef(funding), hasMark: mark !== null,
  };
}

function fundingRef({ timeMs }: FundingTable): FundingRef {
  const payments = timeMs.length;
  const steps = timeMs.subarray(1).map((time, i) => time - timeMs[i]).sort();
  return {
    payments,
    intervalMs: steps.length === 0 ? null : steps[Math.floor(steps.length / 2)],
    firstTimeMs: payments === 0 ? null : timeMs[0],
    lastTimeMs: payments === 0 ? null : timeMs[payments - 1],
  };
}

interface RunSeries {
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  readonly trades: readonly Trade[];
  readonly openTrade: Trade | null;
}

function seriesOf(arena: TrialArena): RunSeries {
  const { equity, trades, openTrades } = arena.buffers;
  const { openTimeMs } = arena.clock;
  return {
    equity: equity.slice(),
    exposure: exposureOf(arena),
    trades: trades.toTrades(openTimeMs),
    openTrade: openTrades.toTrades(openTimeMs)[0] ?? null,
  };
}
