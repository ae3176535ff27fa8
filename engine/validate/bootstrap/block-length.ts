/** Mean block length of the stationary, and block length of the circular bootstrap. */
export interface BlockLengths {
  readonly stationary: number;
  readonly circular: number;
}

/**
 * Block lengths that are best for the variance of a mean.
 *
 * null    for fewer than 8 values, or without spread
 * source  Politis & White (2004) with the correction of Patton, Politis & White (2009)
 */
export function optimalBlockLength(values: ArrayLike<number>): BlockLengths | null {
  const n = values.length;
  if (n < 8) return null;
  const centred = centre(values);
  const lags = Math.min(n - 2, Math.ceil(Math.sqrt(n)) + Math.max(5, Math.floor(Math.log10(n))));
  const covariance = new Float64Array(lags + 1);
  for (let lag = 0; lag <= lags; lag++) covariance[lag] = product(centred, lag) / n;
  if (!(covariance[0] > 0)) return null;
  const m = Math.min(lags, bandwidth(centred, lags));
  let slope = 0;
  let spectrum = covariance[0];
  for (let k = 1; k <= m; k++) {
    const weight = Math.min(1, 2 * (1 - k / m));
    slope += 2 * weight * k * covariance[k];
    spectrum += 2 * weight * covariance[k];
  }
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (c: number): number => Math.min(most, ((2 * slope * slope) / (c * spectrum * spectrum)) ** (1 / 3) * n ** (1 / 3));
  return { stationary: length(2), circular: length(4 / 3) };
}

/**
 * Mean block of every bootstrap of a return series: the longer of those for r and for |r|, at least 1.
 *
 * source  statistics.md §8
 */
export function blockLengthOf(returns: ArrayLike<number>): number {
  const plain = optimalBlockLength(returns)?.stationary ?? 1;
  const absolute = optimalBlockLength(Float64Array.from(returns, Math.abs))?.stationary ?? 1;
  return Math.max(1, plain, absolute);
}

/** Twice the first lag after which k_n autocorrelations in a row are insignificant; all lags where there is none. */
function bandwidth(centred: Float64Array, lags: number): number {
  const n = centred.length;
  const inARow = Math.max(5, Math.floor(Math.log10(n)));
  const band = 2 * Math.sqrt(Math.log10(n) / n);
  let quiet = 0;
  for (let lag = 0; lag < lags; lag++) {
    quiet = Math.abs(correlationAt(centred, lag)) < band ? quiet + 1 : 0;
    if (quiet === inARow) return 2 * Math.max(lag + 1 - inARow, 1);
  }
  return lags;
}

/** Autocorrelation whose two sides have their own sums of squares. */
function correlationAt(centred: Float64Array, lag: number): number {
  const n = centred.length;
  let ahead = 0;
  let behind = 0;
  for (let t = lag + 1; t < n; t++) {
    ahead += centred[t] ** 2;
    behind += centred[t - lag - 1] ** 2;
  }
  return product(centred, lag) / Math.sqrt(ahead * behind);
}

function product(centred: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < centred.length; t++) sum += centred[t] * centred[t - lag];
  return sum;
}

function centre(values: ArrayLike<number>): Float64Array {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += values[t];
  const mean = sum / values.length;
  return Float64Array.from(values, (value) => value - mean);
}
