import { meanDeviation, meanOffset } from './mean-deviation.ts';
import { typicalPrice } from './prices.ts';
import { requireWindow } from './window.ts';

/**
 * Commodity channel index: distance of the typical price from its mean, over 0.015 mean absolute deviations.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads bars t-windowBars+1 .. t
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_CCI; 0 where the deviation is 0
 */
export function cci(high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, out = new Float64Array(high.length)): Float64Array {
  requireWindow(windowBars);
  const price = typicalPrice(high, low, close);
  const absolute = meanDeviation(price, windowBars);
  for (let t = 0; t < out.length; t++) out[t] = absolute[t] === 0 ? 0 : -meanOffset(price, windowBars, t) / (0.015 * absolute[t]);
  return out;
}
