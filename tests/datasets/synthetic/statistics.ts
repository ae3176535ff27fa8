/** Slow, obvious statistics for checking what a synthetic market claims. */

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

export function deviation(values: ArrayLike<number>): number {
  return Math.sqrt(covariance(values, values));
}

export function covariance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / (a.length - 1);
}

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}

export function lagCorrelation(values: Float64Array, lag: number): number {
  return correlation(values.subarray(lag), values.subarray(0, values.length - lag));
}

/** Slope of the regression of y on x. */
export function slope(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return covariance(x, y) / covariance(x, x);
}

export function simpleReturns(close: Float64Array): Float64Array {
  return close.subarray(1).map((value, t) => value / close[t] - 1);
}

export function logReturns(close: Float64Array): Float64Array {
  return close.subarray(1).map((value, t) => Math.log(value / close[t]));
}

export function kurtosis(values: Float64Array): number {
  const [center, sd] = [mean(values), deviation(values)];
  return mean(values.map((value) => ((value - center) / sd) ** 4));
}

/** Half-life in steps of a series that reverts, from its lag-1 regression. */
export function halfLife(values: Float64Array): number {
  return -Math.LN2 / Math.log(slope(values.subarray(0, -1), values.subarray(1)));
}

/** Sum of r[t]·r[t−1] in units of its own standard error, whatever the volatility does. */
export function lagScore(returns: Float64Array): number {
  const products = returns.subarray(1).map((value, t) => value * returns[t]);
  return (mean(products) * products.length) / Math.sqrt(mean(products.map((value) => value ** 2)) * products.length);
}
