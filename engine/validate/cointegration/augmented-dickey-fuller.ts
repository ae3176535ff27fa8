import { InputError, requireInput, type Series } from '../../core/index.ts';
import { leastSquares, type LeastSquares } from './least-squares.ts';
import { type CriticalValues, mackinnonCriticalValues, mackinnonPValue } from './mackinnon.ts';
import { type Trend, trendColumns } from './trend.ts';

/** Least information criterion over one common sample, or the longest lag whose t ratio is significant at 10 %. */
export type LagCriterion = 'aic' | 'bic' | 't-stat';

/** So many lagged differences, or as many as a criterion chooses up to a number (Schwert's unless stated). */
export type Lags = number | { readonly by: LagCriterion; readonly max?: number };

export interface DickeyFuller {
  /** t ratio of the lagged level; null with `reason` where the regression is degenerate. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly reason: string | null;
  /** Coefficient of the lagged level, ρ − 1. */
  readonly rhoMinusOne: number | null;
  readonly lags: number;
  /** Rows of the regression. */
  readonly observations: number;
  readonly criticalValues: CriticalValues | null;
}

/** 95 % of the standard normal: two-sided 10 %. */
const SIGNIFICANT_T = 1.6448536269514722;

/**
 * Augmented Dickey–Fuller test of a unit root: Δy on the level before, deterministic terms and lagged differences.
 *
 * throws  InputError `series-missing-value`, `lags-out-of-range` where fewer rows than terms are left
 * source  Said & Dickey (1984); p-values and critical values MacKinnon (1994, 2010); statistics.md §6
 */
export function augmentedDickeyFuller(y: Series, { trend = 'c', lags = { by: 'aic' } }: { readonly trend?: Trend; readonly lags?: Lags } = {}): DickeyFuller {
  requireComplete(y);
  const distribution = { trend, series: 1 };
  const { fit, lags: chosen, observations } = dickeyFullerFit(y, trend, lags);
  const tau = tauOf(fit);
  return {
    statistic: tau,
    pValue: tau === null ? null : mackinnonPValue(tau, distribution),
    reason: tau === null ? 'the series is constant, or its differences are explained without a remainder' : null,
    rhoMinusOne: fit?.coefficients[0] ?? null,
    lags: chosen,
    observations,
    criticalValues: mackinnonCriticalValues(distribution, observations),
  };
}

/** The regression, with the lags that were used. */
export function dickeyFullerFit(y: Series, trend: Trend, lags: Lags): { fit: LeastSquares | null; lags: number; observations: number } {
  const terms = trendColumns(trend, 1).length;
  const used = typeof lags === 'number' ? lags : chooseLags(y, trend, lags.by, lags.max ?? longestLag(y.length, terms));
  requireLags(y.length, used, terms);
  return { fit: regressionOf(y, trend, used, used), lags: used, observations: y.length - 1 - used };
}

/** t ratio of the lagged level; null where the regression cannot be solved or leaves no residual. */
export function tauOf(fit: LeastSquares | null): number | null {
  if (fit === null) return null;
  const tau = fit.coefficients[0] / fit.standardErrors[0];
  return Number.isFinite(tau) ? tau : null;
}

export function requireComplete(y: Series): void {
  for (let t = 0; t < y.length; t++) {
    if (!Number.isFinite(y[t])) throw new InputError('series-missing-value', `series must be finite in every row, was ${y[t]} in row ${t}`);
  }
}

/** Δy_t on y_{t−1}, deterministic terms, Δy_{t−1} … Δy_{t−lags}, over the rows that `from` lags leave. */
function regressionOf(y: Series, trend: Trend, lags: number, from: number): LeastSquares | null {
  const rows = y.length - 1 - from;
  const difference = (lag: number): Float64Array => Float64Array.from({ length: rows }, (_, i) => y[i + 1 + from - lag] - y[i + from - lag]);
  const level = Float64Array.from({ length: rows }, (_, i) => y[i + from]);
  return leastSquares(difference(0), [level, ...trendColumns(trend, rows), ...Array.from({ length: lags }, (_, k) => difference(k + 1))]);
}

/** ⌈12 (n/100)^¼⌉ (Schwert 1989), as far as half the rows allow. */
function longestLag(rows: number, terms: number): number {
  return Math.max(0, Math.min(Math.ceil(12 * (rows / 100) ** 0.25), Math.floor(rows / 2) - terms - 1));
}

function chooseLags(y: Series, trend: Trend, by: LagCriterion, max: number): number {
  requireLags(y.length, max, trendColumns(trend, 1).length);
  if (by === 't-stat') return lastSignificant(y, trend, max);
  const rows = y.length - 1 - max;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let lags = 0; lags <= max; lags++) {
    const fit = regressionOf(y, trend, lags, max);
    if (fit === null) continue;
    const criterion = rows * Math.log(fit.residualSquares / rows) + fit.coefficients.length * (by === 'aic' ? 2 : Math.log(rows));
    if (criterion < least) [best, least] = [lags, criterion];
  }
  return best;
}

function lastSignificant(y: Series, trend: Trend, max: number): number {
  for (let lags = max; lags > 0; lags--) {
    const fit = regressionOf(y, trend, lags, max);
    const last = fit === null ? 0 : fit.coefficients.length - 1;
    if (fit !== null && Math.abs(fit.coefficients[last] / fit.standardErrors[last]) >= SIGNIFICANT_T) return lags;
  }
  return 0;
}

function requireLags(rows: number, lags: number, terms: number): void {
  const most = Math.floor((rows - terms - 3) / 2);
  requireInput(Number.isInteger(lags) && lags >= 0 && lags <= most, 'lags-out-of-range', 'lags', `a whole number from 0 to ${most}, which ${rows} rows leave room for`, lags);
}
