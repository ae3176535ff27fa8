import { InputError, requireInput, type Series } from '../../core/index.ts';
import { dickeyFullerFit, type DickeyFuller, type Lags, requireComplete, tauOf } from './augmented-dickey-fuller.ts';
import { leastSquares } from './least-squares.ts';
import { mackinnonCriticalValues, mackinnonPValue } from './mackinnon.ts';
import { type Trend, trendColumns } from './trend.ts';

export interface EngleGranger extends DickeyFuller {
  /** Of y on each x. */
  readonly hedgeRatios: readonly number[];
  /** Constant, trend, squared trend, as far as asked for. */
  readonly trendCoefficients: readonly number[];
  /** y less its fit: the spread. */
  readonly residuals: Float64Array;
}

/** A residual below this share of y's own variation is rounding. */
const COLLINEAR = 1e-10;

/**
 * Engle–Granger test of no cointegration: y on the others and deterministic terms, then a unit-root test without any on the residuals.
 *
 * throws  InputError `series-missing-value`, `lengths-differ`, `series-collinear`, `lags-out-of-range`
 * source  Engle & Granger (1987); p-value MacKinnon (1994) for 1 + xs series, critical values MacKinnon (2010) at T = rows − 1; statistics.md §6
 */
export function engleGranger(y: Series, xs: readonly Series[], { trend = 'c', lags = { by: 'aic' } }: { readonly trend?: Trend; readonly lags?: Lags } = {}): EngleGranger {
  requireInput(xs.length > 0, 'series-missing', 'xs', 'at least one series', xs.length);
  [y, ...xs].forEach(requireComplete);
  xs.forEach((x) => requireInput(x.length === y.length, 'lengths-differ', 'the length of x', `that of y, ${y.length}`, x.length));
  const first = leastSquares(y, [...trendColumns(trend, y.length), ...xs]);
  if (first === null || Math.sqrt(first.residualSquares) <= COLLINEAR * variationOf(y)) {
    throw new InputError('series-collinear', 'series must not be exact combinations of one another: no residual is left to test');
  }
  const terms = first.coefficients.length - xs.length;
  const distribution = { trend, series: 1 + xs.length };
  const { fit, lags: used, observations } = dickeyFullerFit(first.residuals, 'n', lags);
  const tau = tauOf(fit);
  return {
    statistic: tau,
    pValue: tau === null ? null : mackinnonPValue(tau, distribution),
    reason: tau === null ? 'the differences of the residuals are explained without a remainder' : null,
    rhoMinusOne: fit?.coefficients[0] ?? null,
    lags: used,
    observations,
    criticalValues: mackinnonCriticalValues(distribution, y.length - 1),
    hedgeRatios: Array.from(first.coefficients.subarray(terms)),
    trendCoefficients: Array.from(first.coefficients.subarray(0, terms)),
    residuals: first.residuals,
  };
}

function variationOf(y: Series): number {
  let sum = 0;
  for (let t = 0; t < y.length; t++) sum += y[t];
  const mean = sum / y.length;
  let squares = 0;
  for (let t = 0; t < y.length; t++) squares += (y[t] - mean) ** 2;
  return Math.sqrt(squares);
}
