import { probit } from '../../engine/index.ts';
import { shareBelow } from './kolmogorov.ts';

const BINS = 10;

/**
 * Population stability index: Σ (a − e) ln(a ÷ e) over tenths of the reference, a share of none counted as half a value.
 *
 * null    without a value, or with fewer than two quantiles
 * source  Siddiqi, Credit Risk Scorecards (2006); 0.25 is its "major shift"
 */
export function stabilityIndex(values: readonly number[], quantiles: readonly number[]): number | null {
  const n = values.length;
  if (n === 0 || quantiles.length < 2) return null;
  const counts = Array.from({ length: BINS }, () => 0);
  for (const x of values) counts[Math.min(BINS - 1, Math.floor(shareBelow(quantiles, x) * BINS))]++;
  return populationStability(counts.map((count) => count / n), counts.map(() => 1 / BINS), 0.5 / n);
}

/** The index of shares that are given; shares below `floor` count as it. */
export function populationStability(actual: readonly number[], expected: readonly number[], floor: number): number {
  return actual.reduce((sum, share, i) => {
    const a = Math.max(share, floor);
    const e = Math.max(expected[i], floor);
    return sum + (a - e) * Math.log(a / e);
  }, 0);
}

/**
 * Index that n values of the reference itself exceed in 5 % of samples: n · PSI is about χ² with bins − 1 degrees of freedom.
 *
 * source  Yurdakul (2018), Statistical Properties of the Population Stability Index; Wilson & Hilferty (1931) for χ²
 */
export function stabilityNoise(n: number): number {
  const freedom = BINS - 1;
  const third = 2 / (9 * freedom);
  return (freedom * (1 - third + probit(0.95) * Math.sqrt(third)) ** 3) / n;
}
