import { normalCdf } from '../../metrics/index.ts';
import { CRITICAL_SURFACES, P_VALUE_SURFACES } from './mackinnon-tables.ts';
import type { Trend } from './trend.ts';

/** Which distribution of τ: deterministic terms, and how many series the regression that left the residuals had (1: a plain unit-root test). */
export interface TauDistribution {
  readonly trend: Trend;
  readonly series: number;
}

export interface CriticalValues {
  readonly '1%': number;
  readonly '5%': number;
  readonly '10%': number;
}

/**
 * Asymptotic p-value of a Dickey–Fuller or Engle–Granger τ.
 *
 * null    for more than six series
 * source  MacKinnon (1994)
 */
export function mackinnonPValue(tau: number, { trend, series }: TauDistribution): number | null {
  const surface = P_VALUE_SURFACES[trend][series - 1];
  if (surface === undefined) return null;
  if (tau > surface.max) return 1;
  if (tau < surface.min) return 0;
  return normalCdf(polynomial(tau <= surface.star ? surface.lower : surface.upper, tau));
}

/**
 * Critical values of τ at 1, 5 and 10 % in a sample of T rows; asymptotic for T = Infinity.
 *
 * null    where MacKinnon gives none: more than six series, or several without a constant
 * source  MacKinnon (2010)
 */
export function mackinnonCriticalValues({ trend, series }: TauDistribution, observations: number): CriticalValues | null {
  const levels = CRITICAL_SURFACES[trend][series - 1];
  if (levels === undefined) return null;
  const [one, five, ten] = levels.map((coefficients) => polynomial(coefficients, 1 / observations));
  return { '1%': one, '5%': five, '10%': ten };
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
