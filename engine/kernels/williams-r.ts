import { rollingMax, rollingMin } from './rolling-extremes.ts';
import { requireSameLength, zeroWhereDefined } from './window.ts';

/**
 * Williams %R: how far the close stands below the highest high, in percent of the range, −100 … 0.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads bars t-windowBars+1 .. t
 * memory  windowBars
 * NaN     while a high or low is in the window, or the close is
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_WILLR; a window without range gives 0
 */
export function williamsR(high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, out = new Float64Array(high.length)): Float64Array {
  requireSameLength(high, low, close);
  const top = rollingMax(high, windowBars);
  const bottom = rollingMin(low, windowBars);
  for (let t = 0; t < out.length; t++) {
    out[t] = top[t] === bottom[t] ? zeroWhereDefined(close[t]) : (-100 * (top[t] - close[t])) / (top[t] - bottom[t]);
  }
  return out;
}
