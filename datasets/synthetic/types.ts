import type { Bars } from '../../engine/market/index.ts';

export const SYNTHETIC_KINDS = ['noise', 'momentum', 'mean-reverting', 'correlated', 'cointegrated'] as const;
export type SyntheticKind = (typeof SYNTHETIC_KINDS)[number];

/** What every synthetic market states. */
export interface SyntheticOptions {
  readonly seed: number;
  /** Bars on the clock, before `missingFrac` of them is taken out. */
  readonly bars: number;
  /** Default one hour. */
  readonly timeframeMs?: number;
  /** Open of the first bar; default 2020-01-01 UTC. */
  readonly startMs?: number;
  /** Default 100. */
  readonly startPrice?: number;
  /** Standard deviation of log returns over a year of 365 days, all regimes and jumps together; default 0.8. */
  readonly volatilityAnn?: number;
  /** Share of bars lost in outages of one to five bars, the same for all coins of a market; default 0. */
  readonly missingFrac?: number;
}

/** Nothing to find. With `holdSharpeAnn` the market drifts, and merely holding it earns that Sharpe ratio. */
export interface NoiseSpec extends SyntheticOptions {
  readonly kind: 'noise';
  /** Default 0: a martingale in price, so that every rule has an expected simple return of 0 before costs. */
  readonly holdSharpeAnn?: number;
}

/** A hidden state, up or down, that lasts. */
export interface MomentumSpec extends SyntheticOptions {
  readonly kind: 'momentum';
  /**
   * Sharpe ratio a year of whoever is long in every up bar and short in every down bar, close to close, no costs; default 4.
   * What a rule can infer from prices is less: by default about a quarter of it on hourly bars, two thirds on daily ones.
   */
  readonly sharpeAnn?: number;
  /** Mean life of a state; default 240. */
  readonly persistenceBars?: number;
  /** The edge is there in the first so many bars and then gone; default all. */
  readonly edgeBars?: number;
}

/** Log price pulled back to its start. */
export interface MeanRevertingSpec extends SyntheticOptions {
  readonly kind: 'mean-reverting';
  /** Bars in which half a deviation is expected to vanish; default 24. */
  readonly halfLifeBars?: number;
}

/** Driftless coins that share one factor. */
export interface CorrelatedSpec extends SyntheticOptions {
  readonly kind: 'correlated';
  /** Default 4. */
  readonly coins?: number;
  /** Correlation of the log returns of any two coins, 0 … 1; default 0.6. */
  readonly correlation?: number;
}

/** log B = hedgeRatio · log A + spread + constant; A is driftless, the spread reverts to 0. */
export interface CointegratedSpec extends SyntheticOptions {
  readonly kind: 'cointegrated';
  /** Default 1. */
  readonly hedgeRatio?: number;
  /** Bars in which half the spread is expected to vanish; default 48. */
  readonly halfLifeBars?: number;
  /** Long-run standard deviation of the spread in log price; default 0.03. */
  readonly spreadSd?: number;
}

export type SyntheticSpec = NoiseSpec | MomentumSpec | MeanRevertingSpec | CorrelatedSpec | CointegratedSpec;

export interface NoiseTruth {
  readonly kind: 'noise';
  readonly hasEdge: false;
  readonly holdSharpeAnn: number;
  /** Expected simple return of one bar. */
  readonly expectedReturnFrac: number;
}

export interface MomentumTruth {
  readonly kind: 'momentum';
  readonly hasEdge: boolean;
  /** See MomentumSpec.sharpeAnn; exact over the states, a sample scatters about it. */
  readonly sharpeAnn: number;
  readonly persistenceBars: number;
  /** Expected simple return of a bar in the up state. */
  readonly edgeReturnFrac: number;
  /** +1 or −1: the state that rules bar t, decided before it opens; 0 after the edge has gone. */
  readonly state: Int8Array;
}

export interface MeanRevertingTruth {
  readonly kind: 'mean-reverting';
  readonly hasEdge: true;
  readonly halfLifeBars: number;
  /** Price to which the market returns. */
  readonly anchorPrice: number;
  /** Long-run standard deviation of the log price about its anchor. */
  readonly deviationSd: number;
}

export interface CorrelatedTruth {
  readonly kind: 'correlated';
  readonly hasEdge: false;
  readonly correlation: number;
  /** One a coin. */
  readonly volatilityAnn: readonly number[];
}

export interface CointegratedTruth {
  readonly kind: 'cointegrated';
  readonly hasEdge: true;
  readonly hedgeRatio: number;
  readonly halfLifeBars: number;
  readonly spreadSd: number;
  /** The spread at each close. */
  readonly spread: Float64Array;
}

export type SyntheticTruth = NoiseTruth | MomentumTruth | MeanRevertingTruth | CorrelatedTruth | CointegratedTruth;

/** Markets and what is true of them; `bars` is the first of `markets`. */
export interface SyntheticMarket<Truth extends SyntheticTruth = SyntheticTruth> {
  readonly bars: Bars;
  readonly markets: readonly Bars[];
  readonly truth: Truth;
}

/** The truth that belongs to a spec. */
export type TruthOf<Spec extends SyntheticSpec> = Extract<SyntheticTruth, { kind: Spec['kind'] }>;
