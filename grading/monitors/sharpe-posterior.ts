import { normalCdf } from '../../engine/index.ts';

/** A normal belief about an annual Sharpe ratio. */
export interface SharpeBelief {
  readonly mean: number;
  readonly sd: number;
}

/**
 * What a promise is believed to be worth before a live day: N(haircut · SR, max(haircut · |SR|, its standard error)).
 *
 * null    where the promise has no Sharpe ratio
 */
export function sharpePrior(sharpeAnn: number | null, sharpeErrorAnn: number | null, haircut: number): SharpeBelief | null {
  if (sharpeAnn === null) return null;
  const sd = Math.max(haircut * Math.abs(sharpeAnn), sharpeErrorAnn ?? 0);
  return sd > 0 ? { mean: haircut * sharpeAnn, sd } : null;
}

/**
 * The belief after an estimate with a standard error: precisions add.
 *
 * source  Gelman et al., Bayesian Data Analysis, §2.5 (normal mean, known variance)
 */
export function updateSharpe({ mean, sd }: SharpeBelief, estimate: number, error: number): SharpeBelief {
  const prior = 1 / (sd * sd);
  const live = 1 / (error * error);
  return { mean: (prior * mean + live * estimate) / (prior + live), sd: Math.sqrt(1 / (prior + live)) };
}

export function probabilityAbove({ mean, sd }: SharpeBelief, sharpeAnn: number): number {
  return normalCdf((mean - sharpeAnn) / sd);
}

/** Sums of live daily returns. */
export interface ReturnSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

export const NO_RETURNS: ReturnSums = { n: 0, sum: 0, squares: 0 };

export function pushReturn({ n, sum, squares }: ReturnSums, r: number): ReturnSums {
  return { n: n + 1, sum: sum + r, squares: squares + r * r };
}

/** Live days' estimate of the annual Sharpe ratio; its deviation is the promised one that `priorDays` days speak for, updated. */
export function liveSharpe({ n, sum, squares }: ReturnSums, promisedSd: number, priorDays: number, periodsPerYear: number): { readonly estimate: number; readonly error: number } {
  const mean = sum / n;
  const spread = Math.max(0, squares - n * mean * mean);
  const sd = Math.sqrt((priorDays * promisedSd * promisedSd + spread) / (priorDays + n));
  return { estimate: (mean / sd) * Math.sqrt(periodsPerYear), error: Math.sqrt(periodsPerYear / n) };
}
