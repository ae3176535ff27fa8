import { rollingMean } from './rolling-mean.ts';
import { requireWindow } from './window.ts';

/**
 * Triangular moving average: a mean of means, which weighs the middle of the window most.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_TRIMA
 */
export function trima(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const inner = Math.ceil(windowBars / 2);
  return rollingMean(rollingMean(values, inner), windowBars - inner + 1, out);
}
