import type { Market } from './market.ts';
import type { ModelKey, ModelState } from './model.ts';

export type SignalSide = -1 | 0 | 1;

/** What one model says at one close. With a reason every figure is null: a grade is missing rather than stale. */
export interface ModelScore {
  readonly model: ModelKey;
  readonly state: ModelState;
  readonly score: number | null;
  /** 0 … 100, 50 = no expected return net of costs. */
  readonly grade: number | null;
  readonly pUp: number | null;
  /** Log return over the horizon. */
  readonly expReturn: number | null;
  /** 95 % interval of the expected return. */
  readonly meanLow: number | null;
  readonly meanHigh: number | null;
  /** 80 % interval of the outcome. */
  readonly outcomeLow: number | null;
  readonly outcomeHigh: number | null;
  readonly signal: SignalSide | null;
  readonly horizonBars: number;
  /** Weight in the token grade before division by the sum; 0 for a model that is not published. */
  readonly weight: number;
  readonly reason: string | null;
}

/** Trader Grade of one market at one close: the weighted mean of its published models. */
export interface TraderGrade extends Market {
  readonly closeTimeMs: number;
  readonly close: number;
  readonly traderGrade: number | null;
  readonly taGrade: number | null;
  readonly quantGrade: number | null;
  readonly signal: SignalSide | null;
  /** Last signal that was not 0. */
  readonly tokenTrend: SignalSide;
  readonly pUp: number | null;
  readonly expReturn: number | null;
  readonly meanLow: number | null;
  readonly meanHigh: number | null;
  readonly outcomeLow: number | null;
  readonly outcomeHigh: number | null;
  /** Of the heaviest model. */
  readonly horizonBars: number | null;
  readonly nModels: number;
  /** Standard deviation of the models' grades; null below two. */
  readonly dispersion: number | null;
  /** Weight of the models that answered ÷ weight of those that grade this market. */
  readonly coverage: number;
  /** Change of the grade over the last 24 hours, in points. */
  readonly change24h: number | null;
  readonly models: readonly ModelScore[];
  readonly reason: string | null;
  readonly publishedAtMs: number;
  readonly revision: number;
}

export const INVESTOR_COMPONENTS = ['trend', 'risk', 'liquidity', 'value', 'resilience', 'maturity'] as const;
export type InvestorComponent = (typeof INVESTOR_COMPONENTS)[number];

/** Investor Grade of one symbol at one day's close; components are cross-sectional percentiles, 0 … 100. */
export interface InvestorGrade extends Pick<Market, 'venue' | 'symbol'> {
  readonly closeTimeMs: number;
  readonly investorGrade: number | null;
  readonly components: Readonly<Record<InvestorComponent, number | null>>;
  /** Given from outside with a stamp, never guessed. */
  readonly fundamentalGrade: number | null;
  readonly technologyGrade: number | null;
  readonly valuationGrade: number | null;
  /** Share of the weight of components that could be computed. */
  readonly coverage: number;
  readonly change7d: number | null;
  readonly tokenClass: string | null;
  /** Weights of the components and the mean rank correlation of each with what followed, as of the last weekly update; `weeks` with known outcomes. */
  readonly weighting: {
    readonly atMs: number | null;
    readonly weeks: number;
    readonly weights: Readonly<Record<InvestorComponent, number>>;
    readonly ic: Readonly<Record<InvestorComponent, number | null>>;
  };
  readonly horizonDays: number;
  readonly reason: string | null;
  readonly publishedAtMs: number;
}

/** What followed a published grade: entry at the next open, exit at the open `horizonBars` later. */
export interface Outcome extends Market {
  readonly model: ModelKey;
  readonly state: ModelState;
  /** Of the graded bar. */
  readonly closeTimeMs: number;
  readonly score: number;
  readonly grade: number;
  readonly pUp: number;
  readonly expReturn: number;
  readonly outcomeLow: number;
  readonly outcomeHigh: number;
  readonly horizonBars: number;
  readonly entryTimeMs: number;
  readonly exitTimeMs: number;
  /** Log returns: at once, and entered one bar later. */
  readonly grossReturn: number;
  readonly laggedReturn: number | null;
  /** Of holding `signal` over the horizon, after the round trip's costs; 0 where there was no signal. */
  readonly netReturn: number;
  readonly signal: SignalSide;
}

/** What a model's account earned on one UTC day, by its own decisions and execution rules. */
export interface ModelDay {
  readonly model: ModelKey;
  readonly state: ModelState;
  readonly venue: string;
  readonly symbol: string;
  readonly dayMs: number;
  readonly netReturn: number;
  readonly grossReturn: number;
  readonly exposure: number;
  readonly turnover: number;
}

export const BANDS = [
  { name: 'crashing', to: 20 }, { name: 'losing', to: 40 }, { name: 'steady', to: 60 }, { name: 'gaining', to: 80 }, { name: 'surging', to: 100 },
] as const;

export type GradeSignal = 'Strong Sell' | 'Sell' | 'Hold' | 'Buy' | 'Strong Buy';
