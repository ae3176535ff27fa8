/**
 * Annual Sharpe ratio of returns with first-order autocorrelation ρ: SR·[1 + 2ρ/(1 − ρ)·(1 − (1 − ρ^q)/(q(1 − ρ)))]^−½ with q periods a year.
 *
 * null    unless −1 < ρ < 1, or where the bracket is not positive
 * source  Lo (2002), The Statistics of Sharpe Ratios
 */
export function autocorrelationAdjustedSharpe(sharpeAnn: number, autocorrelation: number, periodsPerYear: number): number | null {
  const rho = autocorrelation;
  if (!(rho > -1 && rho < 1)) return null;
  const factor = 1 + ((2 * rho) / (1 - rho)) * (1 - (1 - rho ** periodsPerYear) / (periodsPerYear * (1 - rho)));
  return factor > 0 ? sharpeAnn / Math.sqrt(factor) : null;
}

/** First-order autocorrelation about the common mean. null where the spread is only the rounding of a constant. */
export function autocorrelation1(returns: ArrayLike<number>): number | null {
  const n = returns.length;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += returns[t] / n;
  let cross = 0;
  let square = 0;
  for (let t = 0; t < n; t++) {
    square += (returns[t] - mean) ** 2;
    if (t > 0) cross += (returns[t] - mean) * (returns[t - 1] - mean);
  }
  return square > n * Math.max(1e-15, 1e-12 * Math.abs(mean)) ** 2 ? cross / square : null;
}
