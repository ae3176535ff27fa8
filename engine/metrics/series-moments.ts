/** Moments of a return series about its mean, by two passes in one fixed order. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sums of powers of r − mean. */
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

/** Missing values (NaN) are left out. */
export function momentsOf(values: ArrayLike<number>): Moments {
  let count = 0;
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    if (Number.isNaN(values[t])) continue;
    sum += values[t];
    count++;
  }
  const mean = count > 0 ? sum / count : Number.NaN;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let t = 0; t < values.length; t++) {
    if (Number.isNaN(values[t])) continue;
    const d = values[t] - mean;
    const d2 = d * d;
    m2 += d2;
    m3 += d2 * d;
    m4 += d2 * d2;
  }
  return { count, mean, m2, m3, m4 };
}

/** A return is a quotient near 1 less 1, so it is known to a few 2^-52 however small it is. */
const RETURN_ROUNDING = 1e-15;

/**
 * Sample standard deviation (ddof 1).
 *
 * null    below two values, or where the spread is only the rounding of a constant: up to 1e-12 of the mean, or 1e-15
 */
export function spreadOf({ count, mean, m2 }: Moments): number | null {
  if (count < 2) return null;
  const std = Math.sqrt(m2 / (count - 1));
  return std > Math.max(RETURN_ROUNDING, 1e-12 * Math.abs(mean)) ? std : null;
}

/** Bias-corrected skewness G1; null below three values or without spread. */
export function skewnessOf(moments: Moments): number | null {
  const { count: n, m2, m3 } = moments;
  if (n < 3 || spreadOf(moments) === null) return null;
  return ((m3 / n / (m2 / n) ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Bias-corrected excess kurtosis G2; null below four values or without spread. */
export function kurtosisExcessOf(moments: Moments): number | null {
  const { count: n, m2, m4 } = moments;
  if (n < 4 || spreadOf(moments) === null) return null;
  const g2 = m4 / n / (m2 / n) ** 2 - 3;
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6);
}
