import type { CausalityProof } from '../causality/index.ts';
import type { MarketRef } from '../run/index.ts';
import type { MetricName } from '../metrics/index.ts';
import type { Sampler } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Params } from '../strategy/index.ts';
import type { WindowPlan } from '../walkforward/index.ts';

/** A part of the evidence that could not be computed, and why; a gate that needs it is then `n/a`. */
export interface Missing {
  readonly missing: string;
}
export type Known<T> = T | Missing;

export function isMissing(part: unknown): part is Missing {
  return typeof part === 'object' && part !== null && typeof (part as Partial<Missing>).missing === 'string';
}

/** One-sided percentile bounds of a bootstrap; `lower95` is exceeded by 95 % of the draws. */
export interface Bounds {
  readonly estimate: number | null;
  readonly lower95: number | null;
  readonly lower99: number | null;
  readonly upper95: number | null;
}

/** G0: what the second run of the same specification differs in; empty = the same bits. */
export interface Reproduction {
  readonly differs: readonly string[];
}

/** G1b: loading of a joined column's change on the returns around its stamp. */
export interface StampTest {
  readonly column: string;
  readonly observations: number;
  /** HAC t and partial correlation with r(t), the bar that the column must not know. */
  readonly t: number | null;
  readonly partialR: number | null;
  readonly state: 'pass' | 'warn' | 'fail';
}

/** G2: the out-of-sample curve when every decision is carried out some bars later. */
export interface LatencyPoint {
  readonly lagBars: number;
  readonly sharpeAnn: number | null;
  readonly totalReturn: number | null;
  /** ÷ the Sharpe ratio without extra lag; null where that is not positive. */
  readonly ratio: number | null;
  /** HAC t of the mean difference of daily returns, without minus with the lag. */
  readonly pairedT: number | null;
}

/** G4 */
export interface SampleSize {
  readonly days: number;
  readonly observations: number;
  readonly periodsPerYear: number;
  readonly trades: number;
  /** Bars in position ÷ mean holding of a trade. */
  readonly bets: number | null;
}

/** G5, G6: inference on the stitched out-of-sample curve, from daily returns. Sharpe ratios are per period unless `Ann` stands in the name. */
export interface SharpeInference {
  readonly observations: number;
  readonly periodsPerYear: number;
  readonly sharpe: number | null;
  readonly sharpeAnn: number | null;
  readonly standardErrorAnn: number | null;
  /** P(true Sharpe > 0). */
  readonly psr: number | null;
  /** Variance at the null, as in the 2025 form. */
  readonly psrNullVariance: number | null;
  readonly minTrackRecordYears: number | null;
  readonly skewness: number | null;
  /** Non-excess. */
  readonly kurtosis: number | null;
  readonly autocorrelation1: number | null;
  /** Lo (2002). */
  readonly sharpeAnnAutocorrelated: number | null;
  readonly bootstrap: { readonly draws: number; readonly blockDays: number; readonly seed: number; readonly sharpeAnn: Bounds; readonly cagr: Bounds; readonly maxDrawdown: Bounds };
}

/** G7: what the whole search says. */
export interface SearchEvidence {
  /** Columns of the return matrix, and trials without variance or with a failure that are not in it. */
  readonly trials: number;
  readonly dropped: number;
  readonly days: number;
  /** Where the returns were too many for double precision: kept as 32-bit floats. */
  readonly returnPrecision?: 'float32';
  /** Distinct (strategy hash, parameters) of the claim with a defined Sharpe ratio, from the ledger. */
  readonly ledgerTrials: Known<{
    readonly n: number; readonly studies: number; readonly ledgerHash: string;
    /** Greatest variance of the annual Sharpe ratio among the claim's screens; absent without one. */
    readonly screenedSharpeVariance?: number;
  }>;
  readonly winner: { readonly trial: number; readonly params: Params; readonly sharpeAnn: number | null };
  /** Annual Sharpe ratio of every trial; null where undefined. */
  readonly trialSharpesAnn: readonly (number | null)[];
  readonly averageCorrelation: number | null;
  readonly effectiveTrials: number | null;
  readonly trialVariance: number | null;
  /** Expected best annual Sharpe ratio of N trials without skill. */
  readonly luckSharpeAnn: number | null;
  readonly dsr: number | null;
  readonly dsrNullVariance: number | null;
  readonly minBacktestYears: number | null;
  readonly haircut: { readonly bonferroni: number | null; readonly sidak: number | null };
  readonly realityCheck: { readonly p: number; readonly draws: number; readonly blockDays: number; readonly seed: number; /** Bootstrap maxima of the studentised Sharpe, sorted, thinned to at most 400 for the figure. */ readonly null: readonly number[]; readonly observed: number };
  readonly spaCash: SpaPValues;
  readonly spaHold: Known<SpaPValues>;
  readonly stepwise: { readonly size: number; readonly superior: number };
  readonly permutation: Known<{ readonly p: number; readonly permutations: number; readonly observed: number; readonly null: readonly number[] }>;
}

export interface SpaPValues {
  readonly lower: number;
  readonly consistent: number;
  readonly upper: number;
}

/** G8 */
export interface OverfitEvidence {
  readonly blocks: number;
  readonly combinations: number;
  readonly pbo: number;
  readonly probabilityOfLoss: number;
  readonly medianLogit: number;
  /** Counts of logits in equal bins from `from` to `to`. */
  readonly logits: { readonly from: number; readonly to: number; readonly counts: readonly number[] };
  /** Out-of-sample on in-sample annual Sharpe of the winners. */
  readonly degradation: { readonly slope: number | null; readonly intercept: number | null; readonly r2: number | null; readonly sample: readonly (readonly [number, number])[] };
  /** Largest excess of the winners' distribution below that of all trials; ≤ 0 = first-order dominance. */
  readonly dominance: { readonly firstOrder: boolean; readonly secondOrder: boolean };
}

/** G9: the out-of-sample curve when fees, spread and slippage cost so many times as much. */
export interface CostPoint {
  readonly multiple: number;
  readonly sharpeAnn: number | null;
  readonly totalReturn: number | null;
}
export interface CostStress {
  readonly points: readonly CostPoint[];
  /** Multiple of the assumed costs at which the total return is zero; 0 where it is not positive without costs, null where it is at the largest tried. */
  readonly breakEvenMultiple: number | null;
  readonly largestTried: number;
}

/** G10: full-window Sharpe of the points one step away on an axis. */
export interface Plateau {
  readonly chosen: number | null;
  readonly neighbours: readonly { readonly params: Params; readonly sharpeAnn: number | null }[];
  readonly median: number | null;
  readonly ratio: number | null;
}

/** G11 */
export interface WalkForwardEvidence {
  /** Log growth a year out of sample ÷ in sample, totals; Pardo's ratio of profits is the walk-forward's own. */
  readonly efficiency: number | null;
  readonly efficiencyReason: string | null;
  readonly windows: number;
  readonly positiveWindows: number;
}

/** G12: annual Sharpe ratio of the out-of-sample curve without its best parts. */
export interface Concentration {
  readonly withoutTopTrades: Known<{ readonly trades: number; readonly sharpeAnn: number | null }>;
  readonly withoutBestMonth: Known<{ readonly month: string; readonly sharpeAnn: number | null }>;
  readonly withoutBestMarket: Known<{ readonly market: string; readonly sharpeAnn: number | null }>;
}

/** G13 */
export interface Baselines {
  /** Daily returns on those of holding: intercept a year, HAC t, one-sided p of no positive intercept. */
  readonly hold: { readonly name: string; readonly sharpeAnn: number | null; readonly alphaAnn: number | null; readonly beta: number | null; readonly t: number | null; readonly p: number | null };
  readonly emaCross: Known<{ readonly params: Params; readonly sharpeAnn: number | null }>;
  /** Random entries of the same turnover and holding times. */
  readonly random: Known<{ readonly draws: number; readonly seed: number; /** 0 … 1: share of draws below the account's Sharpe ratio, ties by half. */ readonly percentile: number; readonly sharpesAnn: readonly number[] }>;
}

/** G14 */
export interface RegimeEvidence {
  readonly regimes: readonly { readonly name: string; readonly days: number; readonly share: number; readonly sharpeAnn: number | null; readonly profitShare: number | null }[];
  readonly shocks: readonly { readonly name: string; readonly fromMs: number; readonly toMs: number; readonly totalReturn: number; readonly holdReturn: number | null }[];
}

/** Bootstrap probability that the account stands below its start by a fraction on some day within a horizon; liquidations are those that happened. */
export interface RuinEvidence {
  readonly horizonDays: number;
  readonly draws: number;
  readonly liquidations: number;
  readonly fallBy: readonly { readonly lossFrac: number; readonly probability: number }[];
}

/** G16 */
export interface Capacity {
  readonly fills: number;
  readonly medianParticipation: number | null;
  readonly largestParticipation: number | null;
}

/** G15: against models that are registered, on the days that both have. */
export interface Uniqueness {
  /** `correlation` of daily returns; null where they are too few or do not vary. */
  readonly models: readonly { readonly model: string; readonly commonDays: number; readonly correlation: number | null }[];
  /** What the account earns a year beside its share in the mean of those models; null where that cannot be fitted. */
  readonly residual: { readonly days: number; readonly alphaAnn: number; readonly t: number | null } | null;
}

/** G17: stated probabilities against what came. */
export interface Calibration {
  readonly n: number;
  readonly nEffective: number;
  /** 1 − Brier score ÷ that of the base rate. */
  readonly brierSkill: number;
  readonly ece: number;
  /** 95th percentile of the ECE of a calibrated forecast of the same size and serial dependence. */
  readonly eceLimit95: number;
  /** Of what came on what was stated, in log odds: above 1 the probabilities are more careful than what came. */
  readonly slope: number | null;
}

/** Mean Sharpe over markets with errors clustered by day. */
export interface PooledMarkets {
  readonly markets: readonly { readonly name: string; readonly sharpeAnn: number | null }[];
  readonly meanDaily: number;
  readonly t: number | null;
  readonly p: number | null;
}

/** Everything that the gates read; facts without judgement. */
export interface Evidence {
  readonly subject: {
    readonly claim: string;
    readonly strategyId: string;
    readonly codeHash: string;
    readonly walkForwardId: string;
    readonly engineVersion: string;
    readonly markets: readonly MarketRef[];
    readonly config: SimulationConfig;
    readonly sampler: Sampler;
    readonly objective: MetricName;
    readonly plan: WindowPlan;
    readonly points: number;
    /** The choice of the last train window: what would be held now. */
    readonly held: Params | null;
    readonly seed: number;
  };
  readonly reproduction: Known<Reproduction>;
  readonly causality: Known<CausalityProof>;
  readonly stamps: Known<readonly StampTest[]>;
  readonly latency: Known<readonly LatencyPoint[]>;
  readonly sample: SampleSize;
  readonly outOfSample: SharpeInference;
  readonly search: Known<SearchEvidence>;
  readonly overfit: Known<OverfitEvidence>;
  readonly costs: Known<CostStress>;
  readonly plateau: Known<Plateau>;
  readonly walkForward: WalkForwardEvidence;
  readonly concentration: Concentration;
  readonly baselines: Known<Baselines>;
  readonly regimes: Known<RegimeEvidence>;
  readonly ruin: Known<RuinEvidence>;
  readonly capacity: Known<Capacity>;
  readonly pooled: Known<PooledMarkets>;
  /** Times that a holdout of the claim was read, from the ledger. */
  readonly holdoutReads: Known<number>;
  /** Known at promotion only. */
  readonly uniqueness: Known<Uniqueness>;
  readonly calibration: Known<Calibration>;
}
