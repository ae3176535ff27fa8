import type { Outcome } from '../types/index.ts';

export type Segment = 'outOfSample' | 'shadow' | 'live';

/** A mean of rank correlations and how far it can be trusted; what cannot be told is null, with the reason. */
export interface IcSummary {
  /** Bars or eras that the mean is of. */
  readonly n: number;
  readonly mean: number | null;
  readonly sd: number | null;
  /** mean ÷ sd */
  readonly icir: number | null;
  /** Newey–West, lag = horizon. */
  readonly t: number | null;
  /** Share of bars or eras above 0. */
  readonly positive: number | null;
  readonly reason: string | null;
}

export interface TokenIc extends IcSummary {
  readonly market: string;
  readonly outcomes: number;
}

export interface Bucket {
  readonly name: string;
  /** Grades from … to. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Independent outcomes: overlap and moves that tokens share taken off. */
  readonly nEffective: number;
  readonly meanForward: number | null;
  readonly medianForward: number | null;
  /** Share of outcomes above 0, with Wilson's 95 % interval on the independent outcomes. */
  readonly hitRate: number | null;
  readonly hitLow: number | null;
  readonly hitHigh: number | null;
  /** Outcomes with a signal, and their mean net return. */
  readonly nSignals: number;
  readonly meanNet: number | null;
}

/** Do outcomes rise with the bucket? */
export interface Monotonicity {
  /** Jonckheere–Terpstra as a share: pairs of different buckets that agree less those that do not, of all. */
  readonly statistic: number | null;
  /** One-sided, recentred block bootstrap over time. */
  readonly p: number | null;
  readonly draws: number;
}

export interface Reliability {
  readonly brier: number;
  /** Of the rate of all outcomes. */
  readonly brierBase: number;
  readonly brierSkill: number | null;
  /** Murphy's decomposition over ten bins: reliability − resolution + uncertainty, but for the spread inside bins. */
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  readonly ece: number;
  readonly eceLimit95: number;
  readonly slope: number | null;
  readonly intercept: number | null;
  readonly bins: readonly { readonly n: number; readonly forecast: number; readonly outcome: number }[];
  /** Of the 80 % interval of the outcome: shares below, within and above; 0.1, 0.8 and 0.1 where it is right. */
  readonly below: number;
  readonly within: number;
  readonly above: number;
  readonly withinLow: number | null;
  readonly withinHigh: number | null;
}

export interface Decay {
  readonly lags: readonly { readonly lagBars: number; readonly n: number; readonly ic: number | null }[];
  /** IC at once ÷ IC one bar later; null where the latter is not above 0. */
  readonly leakRatio: number | null;
  /** A score that is worth twice as much at once as one bar later, beyond chance, may have read the bar it trades on. */
  readonly isLeakSuspected: boolean;
}

/** What the sample could have shown at all. */
export interface Power {
  readonly basis: 'cross-section' | 'time series';
  readonly eras: number;
  /** Standard error of the mean IC, by bootstrap over eras. */
  readonly seMeanIc: number | null;
  /** Smallest true IC that would be found (one-sided 5 %) in four of five samples. */
  readonly detectableIc: number | null;
}

/** How grades and forecasts held against what followed; one model, one horizon, one segment. */
export interface CalibrationTable {
  readonly n: number;
  readonly nEffective: number;
  readonly markets: number;
  readonly horizonBars: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Rank IC of each bar that at least ten tokens have. */
  readonly crossSection: IcSummary;
  /** Rank IC of each token over time, in eras of ten horizons. */
  readonly tokens: readonly TokenIc[];
  /** Of all tokens' eras. */
  readonly timeSeries: IcSummary;
  /** Against returns less beta × the benchmark's; null without a benchmark. */
  readonly betaNeutral: { readonly benchmark: string; readonly crossSection: IcSummary; readonly timeSeries: IcSummary } | null;
  readonly numerai: {
    readonly corr: IcSummary;
    /** By reference: the ensemble, a baseline. */
    readonly mmc: Readonly<Record<string, IcSummary>>;
  };
  readonly buckets: readonly Bucket[];
  readonly bands: readonly Bucket[];
  readonly monotonicity: Monotonicity;
  readonly reliability: Reliability;
  readonly decay: Decay;
  readonly power: Power;
}

export interface CalibrationTableOptions {
  readonly seed: number;
  /** Of every bootstrap; 300 unless said otherwise. */
  readonly draws?: number;
  /** Log returns over the same horizon, from the same entry, by close time of the graded bar. */
  readonly benchmark?: { readonly name: string; readonly returns: ReadonlyMap<number, number> };
  /** Scores of others for the same bars, by `outcomeKey`. */
  readonly references?: Readonly<Record<string, ReadonlyMap<string, number>>>;
}

/** Key of a graded bar in the references. */
export function outcomeKey({ venue, symbol, timeframeMs, closeTimeMs }: Pick<Outcome, 'venue' | 'symbol' | 'timeframeMs' | 'closeTimeMs'>): string {
  return `${venue}:${symbol}@${timeframeMs}#${closeTimeMs}`;
}

/** By segment; null where there is nothing to judge yet, with the reason. */
export type CalibrationReport = Readonly<Record<Segment, { readonly table: CalibrationTable | null; readonly reason: string | null }>>;
