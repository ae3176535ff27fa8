import { type HacMean, hacMean } from '../../engine/index.ts';
import { meanOf, rankCorrelation as ranked } from '../statistics/index.ts';
import { INVESTOR_COMPONENTS, type InvestorComponent } from '../types/index.ts';
import { crossPercentiles } from './percentiles.ts';

const K = INVESTOR_COMPONENTS.length;
/** Rank correlation that every component is held to have before anything was seen, and independent windows that this counts as. */
export const INVESTOR_PRIOR = { ic: 0.05, windows: 8 } as const;
/** Scale of a percentile: the deviation of a uniform variable on 0 … 100. */
const PERCENTILE_SD = 100 / Math.sqrt(12);

/** What one week's cross-section showed when its outcome was known. */
export interface WeekEvidence {
  /** Rank correlation of each component with the return that followed; null below three markets that have both. */
  readonly ic: Readonly<Record<InvestorComponent, number | null>>;
  /** Mean of z zᵀ and of z y over markets, row by row; a missing component counts as middling. */
  readonly products: readonly (readonly number[])[];
  readonly withOutcome: readonly number[];
}

/** Components of a week, and the log return of each market over the horizon after it. */
export function weekEvidence(components: readonly Readonly<Record<InvestorComponent, number | null>>[], outcomes: readonly number[]): WeekEvidence {
  const y = crossPercentiles(outcomes).map(standard);
  const z = components.map((row) => INVESTOR_COMPONENTS.map((name) => standard(row[name])));
  const mean = (value: (m: number) => number): number => components.reduce((sum, _, m) => sum + value(m), 0) / components.length;
  return {
    ic: Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [name, rankCorrelation(components.map((row) => row[name]), outcomes)])) as Record<InvestorComponent, number | null>,
    products: INVESTOR_COMPONENTS.map((_, i) => INVESTOR_COMPONENTS.map((_name, j) => mean((m) => z[m][i] * z[m][j]))),
    withOutcome: INVESTOR_COMPONENTS.map((_, i) => mean((m) => z[m][i] * y[m])),
  };
}

export interface Weighting {
  /** At least 0; they sum to 1. */
  readonly weights: Readonly<Record<InvestorComponent, number>>;
  /** Mean over weeks; null before the first outcome. */
  readonly ic: Readonly<Record<InvestorComponent, number | null>>;
  readonly weeks: number;
}

/**
 * Weights from the weeks whose outcomes are known: non-negative least squares of outcomes on components, with a ridge to equal weights.
 *
 * min ½ βᵀ(A + λI)β − (b + λβ₀)ᵀβ over β ≥ 0, with λ = prior windows ÷ independent windows seen; equal where nothing was seen or all are 0.
 */
export function componentWeights(weeks: readonly WeekEvidence[], horizonDays: number): Weighting {
  const ic = Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [name, meanIc(weeks, name)])) as Weighting['ic'];
  const beta = weeks.length === 0 ? null : ridge(weeks, horizonDays);
  const total = beta?.reduce((sum, value) => sum + value, 0) ?? 0;
  const weights = INVESTOR_COMPONENTS.map((name, i) => [name, beta === null || total === 0 ? 1 / K : beta[i] / total] as const);
  return { weights: Object.fromEntries(weights) as Record<InvestorComponent, number>, ic, weeks: weeks.length };
}

/** Mean weekly rank correlation of a component with a t that holds although the windows overlap. */
export function componentEvidence(weeks: readonly WeekEvidence[], component: InvestorComponent, horizonDays: number): HacMean | null {
  const values = weeks.flatMap(({ ic }) => ic[component] ?? []);
  return hacMean(values, Math.min(Math.max(0, values.length - 1), Math.ceil(horizonDays / 7)));
}

function meanIc(weeks: readonly WeekEvidence[], component: InvestorComponent): number | null {
  const values = weeks.flatMap(({ ic }) => ic[component] ?? []);
  return values.length === 0 ? null : meanOf(values);
}

function ridge(weeks: readonly WeekEvidence[], horizonDays: number): number[] {
  const mean = (value: (week: WeekEvidence) => number): number => weeks.reduce((sum, week) => sum + value(week), 0) / weeks.length;
  const products = INVESTOR_COMPONENTS.map((_, i) => INVESTOR_COMPONENTS.map((_name, j) => mean((week) => week.products[i][j])));
  const withOutcome = INVESTOR_COMPONENTS.map((_, i) => mean((week) => week.withOutcome[i]));
  const lambda = INVESTOR_PRIOR.windows / ((7 * weeks.length) / horizonDays);
  const beta = INVESTOR_COMPONENTS.map(() => INVESTOR_PRIOR.ic as number);
  for (let round = 0; round < 500; round++) {
    for (let i = 0; i < K; i++) {
      let rest = withOutcome[i] + lambda * INVESTOR_PRIOR.ic;
      for (let j = 0; j < K; j++) if (j !== i) rest -= products[i][j] * beta[j];
      beta[i] = Math.max(0, rest / (products[i][i] + lambda));
    }
  }
  return beta;
}

function rankCorrelation(component: readonly (number | null)[], outcomes: readonly number[]): number | null {
  const both = component.flatMap((value, m) => (value === null ? [] : [[value, outcomes[m]] as const]));
  if (both.length < 3) return null;
  return ranked(both.map(([value]) => value), both.map(([, outcome]) => outcome));
}

function standard(percentile: number | null): number {
  return percentile === null ? 0 : (percentile - 50) / PERCENTILE_SD;
}
