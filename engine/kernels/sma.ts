import { rollingMean } from './rolling-mean.ts';

/**
 * Simple moving average: the rolling mean under its trading name.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * throws  InputError `window-out-of-range`
 * memory  windowBars
 * source  TA-Lib TA_SMA
 */
export function sma(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return rollingMean(values, windowBars, out);
}
