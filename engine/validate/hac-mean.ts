import { olsHac } from './regression.ts';

/** A mean with a standard error that holds under autocorrelation. */
export interface HacMean {
  readonly observations: number;
  readonly mean: number;
  /** Lags of the Bartlett kernel. */
  readonly lag: number;
  /** Null where the values are constant. */
  readonly t: number | null;
}

/**
 * Mean and its Newey–West t; of paired differences it is the test that two series have one mean.
 *
 * null    below two values
 * source  `olsHac` on the intercept alone
 */
export function hacMean(values: ArrayLike<number>, lag?: number): HacMean | null {
  const fit = olsHac(values, [], lag);
  return fit === null ? null : { observations: fit.observations, mean: fit.coefficients[0], lag: fit.lag, t: fit.t[0] };
}
