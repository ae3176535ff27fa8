/** Count, mean and sum of squared deviations. */
export interface Sums {
  n: number;
  mean: number;
  m2: number;
}

/** Of the values of a column that are defined, in order. */
export function sumsOf(values: Float64Array): Sums {
  let n = 0;
  let sum = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
  }
  const mean = n === 0 ? 0 : sum / n;
  let m2 = 0;
  for (const value of values) if (!Number.isNaN(value)) m2 += (value - mean) * (value - mean);
  return { n, mean, m2 };
}

/**
 * Adds the second to the first.
 *
 * source  Chan, Golub & LeVeque (1983), The American Statistician 37(3)
 */
export function addSums(into: Sums, { n, mean, m2 }: Sums): void {
  if (n === 0) return;
  const all = into.n + n;
  const delta = mean - into.mean;
  into.m2 += m2 + (delta * delta * into.n * n) / all;
  into.mean += (delta * n) / all;
  into.n = all;
}

/** Sample variance; null below two values. */
export function varianceOfSums({ n, m2 }: Sums): number | null {
  return n < 2 ? null : m2 / (n - 1);
}
