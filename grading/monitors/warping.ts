/**
 * Dynamic time warping distance of two series: the least Σ |x − y| over monotone alignments of all their points.
 *
 * null    where one is empty
 * source  Sakoe & Chiba (1978), IEEE Trans. ASSP 26
 */
export function warpingDistance(x: readonly number[], y: readonly number[]): number | null {
  if (x.length === 0 || y.length === 0) return null;
  let row = new Float64Array(y.length + 1).fill(Infinity);
  row[0] = 0;
  for (const value of x) {
    const next = new Float64Array(y.length + 1).fill(Infinity);
    for (let j = 1; j <= y.length; j++) next[j] = Math.abs(value - y[j - 1]) + Math.min(row[j - 1], row[j], next[j - 1]);
    row = next;
  }
  return row[y.length];
}

/**
 * The distance of daily returns as a difference a year: (1 + distance ÷ days)^daysPerYear − 1; 0.2 is 20 % of return in a year.
 *
 * null    where the distance is
 * source  QuantConnect, Live Reconciliation: DTW of daily returns, annualised; below 0.2 is called good
 */
export function warpingAnn(x: readonly number[], y: readonly number[], daysPerYear: number): number | null {
  const distance = warpingDistance(x, y);
  return distance === null ? null : (1 + distance / Math.max(x.length, y.length)) ** daysPerYear - 1;
}
