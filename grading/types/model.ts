import type { Decision, GateState, MarketRef, Params, SimulationConfig, WindowPlan } from '../../engine/index.ts';

export const MODEL_STATES = ['DRAFT', 'CANDIDATE', 'SHADOW', 'LIVE', 'WATCH', 'SUSPENDED', 'RETIRED'] as const;
export type ModelState = (typeof MODEL_STATES)[number];

export const ALIASES = ['candidate', 'shadow', 'champion', 'challenger'] as const;
export type Alias = (typeof ALIASES)[number];

/** Weight of a state in a published token grade; a state without one is not published. */
export const STATE_WEIGHT: Readonly<Partial<Record<ModelState, number>>> = { LIVE: 1, WATCH: 0.5 };

/** A monotone map as its knots: linear between them, constant outside. */
export interface MonotoneMap {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** How a raw score becomes what people read; frozen at promotion, from out-of-sample scores and the returns that followed. */
export interface GradeMap {
  /** Bars over which an outcome is measured, from the open after the decision. */
  readonly horizonBars: number;
  /** Score of no expected return, net of costs. */
  readonly s0: number;
  /** Share of out-of-sample scores at or above s0 (below it) that are not further from it: 0 … 1 by distance. */
  readonly above: MonotoneMap;
  readonly below: MonotoneMap;
  /** Isotonic; P(log return over the horizon > 0), shrunk to the base rate. */
  readonly pUp: MonotoneMap;
  /** Isotonic; mean log return over the horizon, gross, shrunk to the mean of all; and its 95 % interval. */
  readonly mean: MonotoneMap;
  readonly meanLow: MonotoneMap;
  readonly meanHigh: MonotoneMap;
  /** 10th and 90th percentile of the outcome. */
  readonly outcomeLow: MonotoneMap;
  readonly outcomeHigh: MonotoneMap;
  /** Log return that a round trip costs. */
  readonly roundTripCost: number;
  readonly base: { readonly n: number; readonly nEffective: number; readonly pUp: number; readonly mean: number; readonly sd: number };
}

/** What calibration measured out of sample; also the evidence of gate G17. */
export interface CalibrationFacts {
  readonly n: number;
  readonly nEffective: number;
  readonly brier: number;
  readonly brierBase: number;
  /** 1 − brier ÷ brierBase */
  readonly brierSkill: number;
  readonly ece: number;
  /** 95th percentile of the ECE of a calibrated forecast of the same size and serial dependence. */
  readonly eceLimit95: number;
  readonly slope: number | null;
  readonly intercept: number | null;
  readonly icMean: number | null;
  readonly icSd: number | null;
  readonly icT: number | null;
  readonly hitRate: number | null;
}

export interface ModelGate {
  readonly id: string;
  readonly shadow: GateState;
  readonly live: GateState;
  readonly statistic: string;
  readonly value: number | null;
  readonly reason: string;
}

/** An immutable version of a model: what was promised, by what code, on what data. Its file is named by the hash of its bytes. */
export interface ModelVersion {
  readonly schema: 'assay-model/1';
  readonly modelId: string;
  readonly version: number;
  readonly strategy: {
    readonly id: string;
    readonly codeHash: string;
    /** sha256 of the compiled file in the registry; null for a built-in strategy. */
    readonly bundleSha256: string | null;
    readonly exportName: string | null;
    readonly params: Params;
  };
  readonly env: { readonly node: string; readonly engineVersion: string; readonly platform: string; readonly seed: number };
  readonly data: readonly MarketRef[];
  readonly config: SimulationConfig;
  readonly plan: WindowPlan;
  readonly timeframeMs: number;
  /** Bars that one score is computed from: exactly so many, in a batch and live. */
  readonly memoryBars: number;
  /** Symbols that it may grade (`venue:symbol`); `any` where it was said to hold for every market of the timeframe. */
  readonly universe: readonly string[] | 'any';
  readonly trials: { readonly evaluated: number; readonly counted: number | null; readonly ledgerHash: string | null };
  readonly oos: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly bars: number;
    readonly trades: number;
    readonly sharpeAnn: number | null;
    /** Standard error of the annual Sharpe ratio. */
    readonly sharpeErrorAnn: number | null;
    readonly psr: number | null;
    readonly dsr: number | null;
    readonly pbo: number | null;
    readonly maxDrawdown: number | null;
    readonly skewness: number | null;
    readonly kurtosis: number | null;
    readonly averageHoldBars: number | null;
    readonly observationsPerYear: number;
    readonly blockDays: number;
    /** Net returns by UTC day, of the stitched out-of-sample account. */
    readonly dailyReturns: readonly number[];
    readonly returnsSha256: string;
    /** Break-even multiple of the assumed costs (gate G9). */
    readonly breakEvenMultiple: number | null;
  };
  /** Evenly spaced quantiles (0 … 1) of what the score and its inputs looked like out of sample. */
  readonly reference: { readonly score: readonly number[]; readonly features: Readonly<Record<string, readonly number[]>> };
  readonly grade: GradeMap;
  readonly calibration: CalibrationFacts;
  readonly verdict: { readonly decision: Decision; readonly policyVersion: string; readonly policyHash: string; readonly gates: readonly ModelGate[] };
  readonly provenance: { readonly validationId: string; readonly walkForwardId: string; readonly reportSha256: string; readonly manifestSha256: string };
  readonly expiry: { readonly validUntilMs: number; readonly retrainEveryDays: number };
  readonly author: string | null;
  readonly notes: readonly string[];
  readonly promotedAtMs: number;
}

/** `tsmom@7` */
export type ModelKey = string;

export function modelKey({ modelId, version }: Pick<ModelVersion, 'modelId' | 'version'>): ModelKey {
  return `${modelId}@${version}`;
}

/** A change of state with why: the statistic that asked for it, its threshold, and who did it. */
export interface Transition {
  readonly model: ModelKey;
  readonly from: ModelState | null;
  readonly to: ModelState;
  readonly reason: string;
  /** `operator`, `promotion`, or a monitor by its name (`T6`). */
  readonly actor: string;
  readonly statistic: string | null;
  readonly value: number | null;
  readonly threshold: number | null;
  /** sha256 of the evidence; of the version's file for a promotion. */
  readonly evidenceSha256: string | null;
  /** The operator cut the shadow period short; the reason says why. */
  readonly forced?: true;
}

/** A version as the registry lists it. */
export interface RegisteredModel {
  readonly key: ModelKey;
  readonly modelId: string;
  readonly version: number;
  readonly sha256: string;
  readonly state: ModelState;
  readonly sinceMs: number;
  readonly aliases: readonly Alias[];
  readonly tags: readonly string[];
}
