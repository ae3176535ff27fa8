import { requireWindow } from './window.ts';

/**
 * Mean absolute deviation of the last windowBars values from their mean; exactly 0 in a flat window.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 */
export function meanDeviation(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  for (let t = 0; t < values.length; t++) {
    const mean = t < windowBars - 1 ? Number.NaN : meanOffset(values, windowBars, t);
    let absolute = Number.isNaN(mean) ? Number.NaN : 0;
    for (let i = Math.max(0, t - windowBars + 1); i <= t; i++) absolute += Math.abs(values[i] - values[t] - mean);
    out[t] = absolute / windowBars;
  }
  return out;
}

/** Mean of the window that ends at t, counted from the value at t: what is flat has exactly 0. */
export function meanOffset(values: Float64Array, windowBars: number, t: number): number {
  let sum = 0;
  for (let i = t - windowBars + 1; i <= t; i++) sum += values[i] - values[t];
  return sum / windowBars;
}
