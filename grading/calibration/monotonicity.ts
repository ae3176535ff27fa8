import { blockFor, drawRows } from '../statistics/index.ts';
import type { Arranged } from './arrange.ts';
import { type GradeRange, rangeOf } from './buckets.ts';
import type { Monotonicity } from './types.ts';

export interface Bootstrap {
  readonly seed: number;
  readonly draws: number;
}

/**
 * Whether outcomes rise with the bucket: Jonckheere–Terpstra, its p by drawing whole closes in blocks of time, recentred on what was observed.
 *
 * null    where all grades lie in one bucket
 * source  Jonckheere (1954), Biometrika 41; Politis & Romano (1994)
 */
export function monotonicity({ outcomes, rowsAt, gross, horizonBars }: Arranged, ranges: readonly GradeRange[], { seed, draws }: Bootstrap): Monotonicity {
  const bucket = Uint8Array.from(outcomes, ({ grade }) => rangeOf(grade, ranges));
  const order = Int32Array.from(bucket, (_, row) => row).sort((a, b) => gross[a] - gross[b] || a - b);
  const weights = new Float64Array(outcomes.length).fill(1);
  const statisticOf = (): number | null => jonckheere(order, gross, bucket, weights, ranges.length);
  const statistic = statisticOf();
  if (statistic === null) return { statistic, p: null, draws };
  let above = 0;
  for (const closes of drawRows(rowsAt.length, { draws, seed, meanBlock: blockFor(horizonBars, rowsAt.length), stream: 'monotonicity' })) {
    weights.fill(0);
    for (const close of closes) for (const row of rowsAt[close]) weights[row]++;
    const drawn = statisticOf();
    if (drawn === null || drawn - statistic >= statistic) above++;
  }
  return { statistic, p: (1 + above) / (1 + draws), draws };
}

/** Pairs of different buckets that agree with the outcome less those that do not, as a share of all; equal outcomes do neither. */
function jonckheere(order: Int32Array, values: Float64Array, bucket: Uint8Array, weights: Float64Array, buckets: number): number | null {
  const seen = new Float64Array(buckets);
  let [balance, total] = [0, 0];
  const balanceOf = (row: number): number => {
    let sum = 0;
    for (let b = 0; b < buckets; b++) sum += b < bucket[row] ? seen[b] : b > bucket[row] ? -seen[b] : 0;
    return sum;
  };
  for (let i = 0; i < order.length; ) {
    let end = i;
    for (; end < order.length && values[order[end]] === values[order[i]]; end++) balance += weights[order[end]] * balanceOf(order[end]);
    for (; i < end; i++) {
      seen[bucket[order[i]]] += weights[order[i]];
      total += weights[order[i]];
    }
  }
  const pairs = (total ** 2 - seen.reduce((sum, count) => sum + count ** 2, 0)) / 2;
  return pairs > 0 ? balance / pairs : null;
}
