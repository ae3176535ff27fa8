import { barNumbers } from './linear-regression.ts';
import { rollingMean } from './rolling-mean.ts';
import { WindowComoments } from './window-comoments.ts';

/**
 * Weighted moving average: the latest of windowBars values weighs windowBars, the oldest 1.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_WMA
 */
export function wma(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  const mean = rollingMean(values, windowBars);
  const window = new WindowComoments(barNumbers(values.length), values, windowBars);
  // Weights are bar numbers but for a constant: the mean plus what the values share with time.
  for (let t = 0; t < values.length; t++) {
    out[t] = window.next(t) ? mean[t] + (2 * window.ab) / (windowBars * (windowBars + 1)) : Number.NaN;
  }
  return out;
}
