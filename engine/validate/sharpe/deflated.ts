import { expectedMaximum } from './expected-maximum.ts';
import { probabilisticSharpe, type SharpeMoments, type VarianceForm } from './probabilistic.ts';

export interface DeflatedSharpe {
  /** The Sharpe ratio that the best of N trials without skill is expected to show, per period. */
  readonly benchmark: number;
  /** Probability that the true Sharpe ratio exceeds it. */
  readonly dsr: number | null;
}

/**
 * Deflated Sharpe ratio: the PSR against the expected best of N trials of a given variance.
 *
 * units   Sharpe ratios and their variance per period
 * source  Bailey & López de Prado (2014); `null` form: López de Prado, Lipton & Zoonekynd (2025)
 */
export function deflatedSharpe(moments: SharpeMoments, trials: number, trialVariance: number, form: VarianceForm = 'observed'): DeflatedSharpe {
  const benchmark = Math.sqrt(trialVariance) * expectedMaximum(trials);
  return { benchmark, dsr: probabilisticSharpe(moments, benchmark, form) };
}

/**
 * Years of data below which the best of N trials without skill is expected to show a given annual Sharpe ratio.
 *
 * source  Bailey, Borwein, López de Prado & Zhu (2014), Pseudo-Mathematics and Financial Charlatanism
 */
export function minBacktestYears(trials: number, targetSharpeAnn: number): number | null {
  return targetSharpeAnn > 0 ? (expectedMaximum(trials) / targetSharpeAnn) ** 2 : null;
}

/** Its upper bound 2·ln N ÷ SR². */
export function minBacktestYearsBound(trials: number, targetSharpeAnn: number): number | null {
  return targetSharpeAnn > 0 ? (2 * Math.log(trials)) / targetSharpeAnn ** 2 : null;
}

/** Independent trials that so many correlated ones are worth: ρ + (1 − ρ)M; reported, never put into the DSR. */
export function effectiveTrials(trials: number, averageCorrelation: number): number {
  return averageCorrelation + (1 - averageCorrelation) * trials;
}
