import { WindowSum } from './rolling-mean.ts';
import { requireWindow } from './window.ts';

/**
 * Sum of the last windowBars values.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_SUM
 */
export function rollingSum(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const sum = new WindowSum(values, windowBars);
  for (let t = 0; t < values.length; t++) out[t] = sum.next(t);
  return out;
}
