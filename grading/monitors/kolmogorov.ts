/** Distribution function of evenly spaced quantiles (0 … 1): linear between them, flat where they are equal. */
export function shareBelow(quantiles: readonly number[], x: number): number {
  const last = quantiles.length - 1;
  if (x < quantiles[0]) return 0;
  if (x >= quantiles[last]) return 1;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (quantiles[middle] <= x) low = middle;
    else high = middle;
  }
  return (low + (x - quantiles[low]) / (quantiles[high] - quantiles[low])) / last;
}

/**
 * Kolmogorov–Smirnov distance of values from a distribution that is known by its quantiles; an atom of it is compared on both of its sides.
 *
 * null    without a value, or with fewer than two quantiles
 */
export function ksDistance(values: readonly number[], quantiles: readonly number[]): number | null {
  const n = values.length;
  if (n === 0 || quantiles.length < 2) return null;
  const sorted = values.toSorted((a, b) => a - b);
  let distance = 0;
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && sorted[end] === sorted[i]) end++;
    distance = Math.max(distance, end / n - shareBelow(quantiles, sorted[i]), shareStrictlyBelow(quantiles, sorted[i]) - i / n);
    i = end;
  }
  return distance;
}

/** Share below a value, where an atom counts half. */
export function midShare(quantiles: readonly number[], x: number): number {
  return (shareStrictlyBelow(quantiles, x) + shareBelow(quantiles, x)) / 2;
}

function shareStrictlyBelow(quantiles: readonly number[], x: number): number {
  const first = quantiles.indexOf(x);
  return first === -1 ? shareBelow(quantiles, x) : first / (quantiles.length - 1);
}

/**
 * P(D > distance) for n independent values, asymptotic with Stephens' correction for small n.
 *
 * source  Kolmogorov (1933); Stephens (1970), J. R. Stat. Soc. B 32; Press et al., Numerical Recipes, §14.3
 */
export function ksPValue(distance: number, n: number): number {
  const lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  if (lambda < 0.3) return 1;
  let sum = 0;
  for (let j = 1; j <= 100; j++) sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}

/**
 * Independent values that serially dependent ones are worth: n (1 − ρ) ÷ (1 + ρ) of the first autocorrelation, at least 1 and at most n.
 *
 * source  Bayley & Hammersley (1946), J. R. Stat. Soc. Suppl. 8, of a first-order autoregression
 */
export function effectiveCount(n: number, rho: number | null): number {
  const dependence = Math.max(0, Math.min(0.999, rho ?? 0));
  return Math.max(1, Math.min(n, (n * (1 - dependence)) / (1 + dependence)));
}
