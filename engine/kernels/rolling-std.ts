import { WindowMoments } from './window-moments.ts';
import { requireWindow } from './window.ts';

export interface StdOptions {
  /** Delta degrees of freedom: 0 population (default), 1 sample. */
  readonly ddof?: 0 | 1;
}

/**
 * Standard deviation of the last windowBars values, exact at any price level.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window; everywhere when windowBars is not above ddof
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_STDDEV (population)
 */
export function rollingStd(values: Float64Array, windowBars: number, { ddof = 0 }: StdOptions = {}, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const window = new WindowMoments(values, windowBars);
  for (let t = 0; t < values.length; t++) {
    out[t] = window.next(t) && windowBars > ddof ? Math.sqrt(window.squares / (windowBars - ddof)) : Number.NaN;
  }
  return out;
}

/**
 * How many deviations (population) the latest value of the window is from its mean; 0 in a flat window.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 */
export function rollingZScore(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const window = new WindowMoments(values, windowBars);
  for (let t = 0; t < values.length; t++) {
    if (!window.next(t)) out[t] = Number.NaN;
    else out[t] = window.squares === 0 ? 0 : window.deviation / Math.sqrt(window.squares / windowBars);
  }
  return out;
}
