import type { CausalityProof } from '../causality/index.ts';
import type { Instrument } from '../market/index.ts';
import type { Headlines, MetricReasons, Metrics } from '../metrics/index.ts';
import type { SimulationConfig, SimulationTotals, Trade } from '../simulate/index.ts';
import type { Params } from '../strategy/index.ts';
import type { EngineChoice } from './trial.ts';

/** The payments that came with the bars. */
export interface FundingRef {
  readonly payments: number;
  /** Median time between two; null below two payments. */
  readonly intervalMs: number | null;
  /** Null where no payment falls into the bars. */
  readonly firstTimeMs: number | null;
  readonly lastTimeMs: number | null;
}

/** The bars a run read. */
export interface MarketRef {
  readonly instrument: Instrument;
  readonly timeframeMs: number;
  readonly dataHash: string;
  readonly bars: number;
  readonly firstTimeMs: number;
  readonly lastTimeMs: number;
  /** Null where the bars carry no funding. */
  readonly funding: FundingRef | null;
  /** Mark prices came with the bars. */
  readonly hasMark: boolean;
}

/** Everything that decides a run's bytes; its content id is the run's id. */
export interface RunSpec {
  readonly engineVersion: string;
  readonly strategyId: string;
  /** sha256 of the strategy's code, its imports included. */
  readonly codeHash: string;
  readonly params: Params;
  readonly markets: readonly MarketRef[];
  readonly config: SimulationConfig;
}

export interface Figures {
  readonly metrics: Metrics;
  readonly reasons: MetricReasons;
}

/** Buy-and-hold from the same first bar, with the same capital and costs. */
export interface Benchmark extends Figures {
  readonly name: string;
  readonly equity: Float64Array;
}

/** Figures when every bar that candles cannot decide is taken at its worst and at its best: resolutions, not bounds. */
export interface AmbiguityBand<F extends Headlines = Metrics> {
  /** Under the configured policy. */
  readonly ambiguousBars: number;
  readonly pessimistic: F;
  readonly optimistic: F;
}

/** One strategy at one parameter point on its market(s). All series have one value a bar. */
export interface Run extends Figures {
  readonly id: string;
  readonly spec: RunSpec;
  /** Of the bars; of a portfolio every open time that any of its markets has. */
  readonly openTimeMs: Float64Array;
  /** Price columns of the first market, for the chart; where it has no bar its last close, NaN before its first. */
  readonly price: { readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array };
  /** Account value at each close. */
  readonly equity: Float64Array;
  /** Position value ÷ equity at each close (gross over all legs). */
  readonly exposure: Float64Array;
  readonly trades: readonly Trade[];
  /** The position still open at the last close (of several the first), outside the trade statistics; null when flat. */
  readonly openTrade: Trade | null;
  readonly totals: SimulationTotals;
  readonly benchmark: Benchmark;
  readonly band: AmbiguityBand;
  /** Which implementation walked the bars, and why not the vector kernel. */
  readonly engine: EngineChoice;
  /** Whether decisions and features read the past alone, on a stretch of the bars. */
  readonly causality: CausalityProof;
  /** Things the reader should know before the figures, in words; a look-ahead comes first. */
  readonly warnings: readonly string[];
}
