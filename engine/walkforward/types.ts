import type { CausalityProof } from '../causality/index.ts';
import type { Metrics, MetricName } from '../metrics/index.ts';
import type { AmbiguityBand, Benchmark, Figures, MarketRef } from '../run/index.ts';
import type { CostWaterfall, SimulationConfig, Trade } from '../simulate/index.ts';
import type { Sampler } from '../search/index.ts';
import type { Params, ParamSpecs } from '../strategy/index.ts';

export interface WindowPlan {
  /** `rolling`: each train window has one length; `anchored`: it starts at the first bar. */
  readonly kind: 'rolling' | 'anchored';
  readonly trainMs: number;
  readonly testMs: number;
  /** Gap between train and test: the label horizon. */
  readonly purgeMs: number;
  /** Distance between test starts; the test length unless said otherwise. */
  readonly stepMs: number;
  /** Keep a last test window shorter than the others. */
  readonly keepShort: boolean;
}

/** Half-open bar ranges of one window. */
export interface WindowBars {
  readonly trainFrom: number;
  readonly trainTo: number;
  readonly testFrom: number;
  readonly testTo: number;
}

export interface WalkForwardWindow {
  readonly index: number;
  readonly bars: WindowBars;
  readonly trainFromMs: number;
  readonly trainToMs: number;
  readonly testFromMs: number;
  readonly testToMs: number;
  /** Parameter points evaluated in sample, failures included. */
  readonly trials: number;
  readonly failedTrials: number;
  /** Null when no point had a defined objective: the window then stays flat. */
  readonly chosen: Params | null;
  readonly inSample: Metrics | null;
  readonly outOfSample: Metrics;
}

export interface WalkForwardSpec {
  readonly engineVersion: string;
  readonly strategyId: string;
  readonly codeHash: string;
  readonly paramSpecs: ParamSpecs;
  readonly axes: Readonly<Record<string, readonly (number | string | boolean)[]>>;
  readonly sampler: Sampler;
  readonly objective: MetricName;
  readonly plan: WindowPlan;
  readonly markets: readonly MarketRef[];
  readonly config: SimulationConfig;
}

/** Test windows stitched into one curve; `metrics` are of the stitched curve alone. */
export interface WalkForward extends Figures {
  readonly id: string;
  readonly spec: WalkForwardSpec;
  readonly windows: readonly WalkForwardWindow[];
  /** The stitched out-of-sample bars; first value is the bar before the first test window, at the initial cash. */
  readonly openTimeMs: Float64Array;
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  /** Price columns of the first market over the stitched bars; where it has no bar its last close, NaN before its first. */
  readonly price: { readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array };
  /** bar indices refer to the stitched series. */
  readonly trades: readonly Trade[];
  /** Annualised out-of-sample profit ÷ annualised in-sample profit, totals; null where in-sample ≤ 0. */
  readonly efficiency: number | null;
  readonly efficiencyReason: string | null;
  readonly trialsEvaluated: number;
  /** From gross to net over all test windows, each scaled with the equity at which it began. */
  readonly waterfall: CostWaterfall;
  readonly tradedNotionalQuote: number;
  readonly benchmark: Benchmark;
  /** Of the stitched curve; the choices are those of the configured policy under both resolutions. */
  readonly band: AmbiguityBand;
  /** Of the last choice over all bars; of the defaults where there was none. */
  readonly causality: CausalityProof;
  readonly warnings: readonly string[];
}
