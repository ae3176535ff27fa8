import { normalCdf, probit } from '../../metrics/index.ts';

/** What the Sharpe formulas need of a return series: per period, kurtosis non-excess (3 for a normal). */
export interface SharpeMoments {
  readonly sharpe: number;
  readonly observations: number;
  /** Population moments. */
  readonly skewness: number;
  readonly kurtosis: number;
}

/**
 * `observed` (2012, 2014): the variance at the observed Sharpe ratio, over n − 1.
 * `null` (2025): the variance at the Sharpe ratio that is tested against, over n.
 */
export type VarianceForm = 'observed' | 'null';

/**
 * Variance factor 1 − g3·SR + (g4 − 1)/4·SR² of an estimated Sharpe ratio.
 *
 * null    where it is not positive
 */
export function sharpeVarianceFactor(sharpe: number, skewness: number, kurtosis: number): number | null {
  const factor = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return factor > 0 ? factor : null;
}

/**
 * Standard error of a Sharpe ratio, per period.
 *
 * null    below two observations, or where the variance factor is not positive
 * source  Mertens (2002); Bailey & López de Prado (2012); statistics.md §2
 */
export function sharpeStandardError({ sharpe, observations, skewness, kurtosis }: SharpeMoments, form: VarianceForm = 'observed', nullSharpe = 0): number | null {
  const factor = sharpeVarianceFactor(form === 'null' ? nullSharpe : sharpe, skewness, kurtosis);
  const denominator = form === 'null' ? observations : observations - 1;
  return factor === null || denominator <= 0 ? null : Math.sqrt(factor / denominator);
}

/**
 * Probability that the true Sharpe ratio exceeds a benchmark (PSR).
 *
 * null    where the standard error is
 * source  Bailey & López de Prado (2012), The Sharpe Ratio Efficient Frontier; `null` form: López de Prado, Lipton & Zoonekynd (2025)
 */
export function probabilisticSharpe(moments: SharpeMoments, benchmarkSharpe = 0, form: VarianceForm = 'observed'): number | null {
  const error = sharpeStandardError(moments, form, benchmarkSharpe);
  return error === null ? null : normalCdf((moments.sharpe - benchmarkSharpe) / error);
}

/**
 * Observations after which a Sharpe ratio is significantly above a benchmark (MinTRL).
 *
 * null    unless the Sharpe ratio exceeds the benchmark
 * source  Bailey & López de Prado (2012); the 2025 form tests at the null and has no + 1
 */
export function minTrackRecord(
  { sharpe, skewness, kurtosis }: Omit<SharpeMoments, 'observations'>,
  { benchmarkSharpe = 0, confidence = 0.95, form = 'observed' }: { readonly benchmarkSharpe?: number; readonly confidence?: number; readonly form?: VarianceForm } = {},
): number | null {
  const factor = sharpeVarianceFactor(form === 'null' ? benchmarkSharpe : sharpe, skewness, kurtosis);
  if (factor === null || !(sharpe > benchmarkSharpe)) return null;
  return (form === 'null' ? 0 : 1) + factor * (probit(confidence) / (sharpe - benchmarkSharpe)) ** 2;
}
