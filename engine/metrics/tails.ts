import { selectInPlace } from './select.ts';

/** The two ends of a distribution. */
export interface Tails {
  /** Type-7 quantiles at the cutoff and at one minus it. */
  readonly low: number;
  readonly high: number;
  /** Mean of the values at or below `low`. */
  readonly meanBelow: number;
}

/** Both tails of values that may be reordered; by selection instead of a sort, as it runs once a trial. null when there is no value. */
export function tailsInPlace(values: Float64Array, cutoff: number): Tails | null {
  const n = values.length;
  if (n === 0) return null;
  const low = quantileInPlace(values, cutoff, 0);
  const lowRank = Math.floor((n - 1) * cutoff);
  let sum = 0;
  let count = 0;
  for (let i = 0; i <= lowRank; i++) {
    sum += values[i];
    count++;
  }
  for (let i = lowRank + 1; i < n; i++) {
    if (values[i] > low) continue;
    sum += values[i];
    count++;
  }
  return { low, high: quantileInPlace(values, 1 - cutoff, lowRank), meanBelow: sum / count };
}

function quantileInPlace(values: Float64Array, probability: number, from: number): number {
  const at = (values.length - 1) * probability;
  const rank = Math.min(values.length - 1, Math.floor(at));
  selectInPlace(values, rank, from);
  if (rank === values.length - 1 || at === rank) return values[rank];
  let next = values[rank + 1];
  for (let i = rank + 2; i < values.length; i++) if (values[i] < next) next = values[i];
  return values[rank] + (at - rank) * (next - values[rank]);
}
