import { DAY_MS, DAYS_PER_YEAR } from '../core/index.ts';
import { kurtosisExcessOf, type Moments, momentsOf, skewnessOf, spreadOf } from './series-moments.ts';

/** Simple returns, one a period; NaN is a missing one and is left out unless a function says otherwise. */
export type Returns = ArrayLike<number>;

/** prod(1 + r) − 1; a missing return counts as 0. null without a return. */
export function totalReturn(returns: Returns): number | null {
  return returns.length === 0 ? null : growth(returns) - 1;
}

/** Growth a year by counted periods, missing ones included: prod(1 + r)^(P / n) − 1. null without a return or where `compounded` is. */
export function cagrByPeriods(returns: Returns, periodsPerYear: number): number | null {
  return returns.length === 0 ? null : compounded(growth(returns), periodsPerYear / returns.length);
}

/** Growth a year by the calendar: growthFactor^(daysPerYear / days) − 1. null unless days > 0, or where `compounded` is. */
export function cagrByDays(growthFactor: number, days: number, daysPerYear = DAYS_PER_YEAR): number | null {
  return days > 0 ? compounded(growthFactor, daysPerYear / days) : null;
}

/** factor^exponent − 1. null where that is no rate: wealth below zero, or a power beyond the doubles. */
export function compounded(factor: number, exponent: number): number | null {
  const rate = factor >= 0 ? factor ** exponent - 1 : Number.NaN;
  return Number.isFinite(rate) ? rate : null;
}

/** Years of 365.25 days between two times. */
export function yearsBetween(startMs: number, endMs: number): number {
  return (endMs - startMs) / (DAYS_PER_YEAR * DAY_MS);
}

/** Sample deviation × √P. null below two returns; 0 for a constant series. */
export function annualVolatility(returns: Returns, periodsPerYear: number): number | null {
  const moments = momentsOf(returns);
  return moments.count < 2 ? null : (spreadOf(moments) ?? 0) * Math.sqrt(periodsPerYear);
}

/**
 * mean(r − rf) ÷ sample deviation × √P; P = 1 leaves it per period.
 *
 * null    below two returns or without spread: never infinite in a ranking
 */
export function sharpe(returns: Returns, periodsPerYear: number, riskFree = 0): number | null {
  const moments = momentsOf(excess(returns, riskFree));
  const spread = spreadOf(moments);
  return spread === null ? null : (moments.mean / spread) * Math.sqrt(periodsPerYear);
}

/** √(mean over all n of min(r − required, 0)²) × √P. null without a return. */
export function downsideDeviation(returns: Returns, required: number, periodsPerYear = 1): number | null {
  return rootMeanSquare(excess(returns, required), (d) => Math.min(d, 0), periodsPerYear);
}

/** The same of the returns above. */
export function upsideDeviation(returns: Returns, required: number, periodsPerYear = 1): number | null {
  return rootMeanSquare(excess(returns, required), (d) => Math.max(d, 0), periodsPerYear);
}

/** mean(max(r − required, 0)). null without a return. */
export function upsidePotential(returns: Returns, required: number): number | null {
  const values = excess(returns, required);
  return values.length === 0 ? null : values.reduce((sum, d) => sum + Math.max(d, 0), 0) / values.length;
}

/** Mean gain above the required return ÷ downside deviation from it, both per period. null without a return below it. */
export function upsidePotentialRatio(returns: Returns, required: number): number | null {
  const potential = upsidePotential(returns, required);
  const downside = downsideDeviation(returns, required);
  return potential === null || !downside ? null : potential / downside;
}

/** Share of returns above the required one. null without a return. */
export function upsideFrequency(returns: Returns, required: number): number | null {
  const values = excess(returns, required);
  return values.length === 0 ? null : values.filter((d) => d > 0).length / values.length;
}

/** Share of returns below the required one. null without a return. */
export function downsideFrequency(returns: Returns, required: number): number | null {
  const values = excess(returns, required);
  return values.length === 0 ? null : values.filter((d) => d < 0).length / values.length;
}

/** (mean(r) − required) × P ÷ annual downside deviation. null without a return below the required one. */
export function sortino(returns: Returns, required: number, periodsPerYear: number): number | null {
  const downside = downsideDeviation(returns, required, periodsPerYear);
  if (downside === null || downside === 0) return null;
  return ((momentsOf(returns).mean - required) * periodsPerYear) / downside;
}

/** Sum of gains over a threshold ÷ sum of losses below it, both per period. null without a loss. */
export function omega(returns: Returns, threshold: number): number | null {
  const values = excess(returns, threshold);
  const losses = values.reduce((sum, d) => sum + Math.max(-d, 0), 0);
  return losses > 0 ? values.reduce((sum, d) => sum + Math.max(d, 0), 0) / losses : null;
}

/** A return a year as the same return a period: (1 + r)^(1/P) − 1. null at −100 % or below. */
export function perPeriod(annual: number, periodsPerYear: number): number | null {
  return annual <= -1 ? null : (1 + annual) ** (1 / periodsPerYear) - 1;
}

/** Sum of losses × their number ÷ (sum of gains × their number): below 1 is better. null without a gain. */
export function dRatio(returns: Returns): number | null {
  const values = present(returns);
  const gains = values.filter((r) => r > 0);
  const losses = values.filter((r) => r < 0);
  const sum = (list: readonly number[]): number => list.reduce((total, r) => total + r, 0);
  return gains.length === 0 ? null : (-sum(losses) * losses.length) / (sum(gains) * gains.length);
}

/** mean |r − mean|. null without a return. */
export function meanAbsoluteDeviation(returns: Returns): number | null {
  const values = present(returns);
  const { mean } = momentsOf(returns);
  return values.length === 0 ? null : values.reduce((sum, r) => sum + Math.abs(r - mean), 0) / values.length;
}

/** R² of the straight line through the cumulative log return. null below two returns or where equity is lost. */
export function stability(returns: Returns): number | null {
  const values = present(returns);
  if (values.length < 2 || values.some((r) => r <= -1)) return null;
  let sum = 0;
  const cumulative = values.map((r) => (sum += Math.log1p(r)));
  const rho = correlation(cumulative.map((_, i) => i), cumulative);
  return rho === null ? null : rho * rho;
}

/** Bias-corrected skewness G1 (as pandas). */
export function skewness(returns: Returns): number | null {
  return skewnessOf(momentsOf(returns));
}

/** Bias-corrected excess kurtosis G2 (as pandas). */
export function kurtosisExcess(returns: Returns): number | null {
  return kurtosisExcessOf(momentsOf(returns));
}

/** Population skewness and non-excess kurtosis, as probabilistic Sharpe ratios take them. null without spread. */
export function populationShape(returns: Returns): { readonly skewness: number; readonly kurtosis: number } | null {
  const moments: Moments = momentsOf(returns);
  if (spreadOf(moments) === null) return null;
  const { count, m2, m3, m4 } = moments;
  return { skewness: m3 / count / (m2 / count) ** 1.5, kurtosis: m4 / count / (m2 / count) ** 2 };
}

/**
 * SR · (1 + S/6 · SR − K/24 · SR²) with population skewness S and excess kurtosis K.
 *
 * source  Pezier & White (2006); Bacon (2008)
 */
export function adjustedSharpe(returns: Returns, sharpeRatio: number): number | null {
  const shape = populationShape(returns);
  if (shape === null) return null;
  return sharpeRatio * (1 + (shape.skewness / 6) * sharpeRatio - ((shape.kurtosis - 3) / 24) * sharpeRatio ** 2);
}

/** Compounded return of each group of rows. */
export function aggregateReturns(returns: Returns, groups: readonly (readonly number[])[]): number[] {
  return groups.map((rows) => growth(rows.map((row) => returns[row])) - 1);
}

/** A figure of each whole window of consecutive returns, the first ending at windowBars − 1. */
export function rolling<T>(returns: Returns, windowBars: number, figure: (window: number[]) => T): T[] {
  const all = Array.from(returns);
  return Array.from({ length: Math.max(0, all.length - windowBars + 1) }, (_, start) => figure(all.slice(start, start + windowBars)));
}

/** Pearson correlation. null below two pairs or without spread. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
  const momentsA = momentsOf(a);
  const momentsB = momentsOf(b);
  if (spreadOf(momentsA) === null || spreadOf(momentsB) === null) return null;
  let ab = 0;
  for (let i = 0; i < a.length; i++) ab += (a[i] - momentsA.mean) * (b[i] - momentsB.mean);
  return ab / Math.sqrt(momentsA.m2 * momentsB.m2);
}

/** Values that are there. */
export function present(returns: Returns): number[] {
  return Array.from(returns).filter((r) => !Number.isNaN(r));
}

function growth(returns: Returns): number {
  let product = 1;
  for (let t = 0; t < returns.length; t++) if (!Number.isNaN(returns[t])) product *= 1 + returns[t];
  return product;
}

function excess(returns: Returns, required: number): number[] {
  return present(returns).map((r) => r - required);
}

function rootMeanSquare(values: readonly number[], part: (d: number) => number, periodsPerYear: number): number | null {
  if (values.length === 0) return null;
  return Math.sqrt(values.reduce((sum, d) => sum + part(d) ** 2, 0) / values.length) * Math.sqrt(periodsPerYear);
}
