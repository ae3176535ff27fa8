import { requireSameLength, requireWindow } from './window.ts';
import { rollingMean } from './rolling-mean.ts';

export interface StdOptions {
  /** Delta degrees of freedom: 0 population (default), 1 sample. */
  readonly ddof?: 0 | 1;
}

/**
 * Standard deviation of the last windowBars values, two passes over each window: exact at any price level.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * memory  windowBars
 * source  TA-Lib TA_STDDEV (population)
 */
export function rollingStd(values: Float64Array, windowBars: number, { ddof = 0 }: StdOptions = {}, out = new Float64Array(values.length)): Float64Array {
  const mean = rollingMean(values, windowBars);
  for (let t = 0; t < values.length; t++) {
    let squares = Number.isNaN(mean[t]) ? Number.NaN : 0;
    for (let i = Math.max(0, t - windowBars + 1); i <= t; i++) squares += (values[i] - mean[t]) ** 2;
    out[t] = windowBars > ddof ? Math.sqrt(squares / (windowBars - ddof)) : Number.NaN;
  }
  return out;
}

/** How many deviations (population) the latest value of the window is from its mean; 0 in a flat window. See rollingStd. */
export function rollingZScore(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  const mean = rollingMean(values, windowBars);
  rollingStd(values, windowBars, {}, out);
  for (let t = 0; t < values.length; t++) out[t] = out[t] === 0 ? 0 : (values[t] - mean[t]) / out[t];
  return out;
}

/**
 * Pearson correlation of the last windowBars pairs, two passes over each window; 0 where either side is flat.
 *
 * shape   a[n], b[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads a, b [t-windowBars+1 .. t]
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * memory  windowBars
 * source  TA-Lib TA_CORREL
 */
export function rollingCorrelation(a: Float64Array, b: Float64Array, windowBars: number, out = new Float64Array(a.length)): Float64Array {
  requireWindow(windowBars);
  requireSameLength(a, b);
  const meanA = rollingMean(a, windowBars);
  const meanB = rollingMean(b, windowBars);
  for (let t = 0; t < a.length; t++) out[t] = t < windowBars - 1 ? Number.NaN : correlationAt(a, b, meanA[t], meanB[t], t, windowBars);
  return out;
}

function correlationAt(a: Float64Array, b: Float64Array, meanA: number, meanB: number, t: number, windowBars: number): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = t - windowBars + 1; i <= t; i++) {
    const x = a[i] - meanA;
    const y = b[i] - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const scale = Math.sqrt(aa * bb);
  return scale === 0 ? 0 : ab / scale;
}
