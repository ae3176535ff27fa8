/** Type-7 quantile of sorted values. null when there is none. */
export function quantileSorted(sorted: ArrayLike<number>, probability: number): number | null {
  const n = sorted.length;
  if (n === 0) return null;
  const at = (n - 1) * probability;
  const low = Math.floor(at);
  const high = Math.min(n - 1, low + 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** Mean of the sorted values that are at or below a threshold; null when there is none. */
export function meanAtOrBelow(sorted: ArrayLike<number>, threshold: number): number | null {
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sorted[count] <= threshold) sum += sorted[count++];
  return count > 0 ? sum / count : null;
}
