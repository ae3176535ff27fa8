import { adjustPValues, autocorrelation1 } from '../../engine/index.ts';
import { effectiveCount, ksDistance, ksPValue } from './kolmogorov.ts';
import { stabilityIndex, stabilityNoise } from './stability-index.ts';

/** One sample a market and day, so that neighbouring bars do not count as evidence. */
export interface DriftDay {
  readonly values: readonly number[];
  readonly missing: number;
}

/** How far the days of a window are from a reference. */
export interface Drift {
  readonly distance: number;
  readonly p: number;
  readonly psi: number;
  /** Index above which it is more than noise. */
  readonly psiLimit: number;
  readonly nEffective: number;
  readonly missingRate: number;
}

export function pushDriftDay(days: readonly DriftDay[], samples: readonly (number | null)[], windowDays: number): readonly DriftDay[] {
  if (samples.length === 0) return days;
  const values = samples.filter((value) => value !== null);
  return [...days, { values, missing: samples.length - values.length }].slice(-windowDays);
}

/**
 * KS and PSI of a window against a reference, worth as many independent values as its days are: markets of one day move together.
 *
 * null    without a value, or without a reference
 */
export function driftOf(days: readonly DriftDay[], quantiles: readonly number[], psiAt: number): Drift | null {
  const values = days.flatMap((day) => day.values);
  const distance = ksDistance(values, quantiles);
  const psi = stabilityIndex(values, quantiles);
  if (distance === null || psi === null) return null;
  const means = days.flatMap((day) => (day.values.length === 0 ? [] : [day.values.reduce((sum, x) => sum + x, 0) / day.values.length]));
  const nEffective = effectiveCount(means.length, means.length > 2 ? autocorrelation1(means) : null);
  const missing = days.reduce((sum, day) => sum + day.missing, 0);
  return { distance, p: ksPValue(distance, nEffective), psi, psiLimit: Math.max(psiAt, stabilityNoise(nEffective)), nEffective, missingRate: missing / (missing + values.length) };
}

/** Benjamini–Hochberg q-values of several drifts. */
export function qValues(drifts: readonly Drift[]): readonly number[] {
  return adjustPValues(drifts.map(({ p }) => p), 'benjamini-hochberg');
}

/**
 * How far a point is from everything that the reference saw: its distance beyond the reference's range ÷ the mean distance of two reference values, root
 * mean square over the inputs.
 *
 * null    where no input is known
 * source  FreqAI's dissimilarity index, of each input's quantiles: the reference is kept as quantiles, not as points
 */
export function dissimilarity(point: Readonly<Record<string, number | null>>, reference: Readonly<Record<string, readonly number[]>>): number | null {
  const parts = Object.entries(reference).flatMap(([name, quantiles]) => {
    const x = point[name] ?? null;
    const typical = meanDistance(quantiles);
    if (x === null || !(typical > 0)) return [];
    return [(Math.max(0, quantiles[0] - x, x - quantiles[quantiles.length - 1]) / typical) ** 2];
  });
  return parts.length === 0 ? null : Math.sqrt(parts.reduce((sum, part) => sum + part, 0) / parts.length);
}

/** Gini's mean difference of sorted values. */
function meanDistance(sorted: readonly number[]): number {
  const n = sorted.length;
  if (n < 2) return 0;
  return (2 * sorted.reduce((sum, x, i) => sum + (2 * i - n + 1) * x, 0)) / (n * (n - 1));
}
