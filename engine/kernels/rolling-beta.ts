import { rateOfChange } from './rate-of-change.ts';
import { WindowComoments } from './window-comoments.ts';
import { requireSameLength, requireWindow } from './window.ts';

/**
 * Least-squares slope of the last windowBars values of y on those of x, such as a hedge ratio of prices; 0 where x is flat.
 *
 * shape   y[n], x[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads y, x [t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 */
export function rollingSlope(y: Float64Array, x: Float64Array, windowBars: number, out = new Float64Array(y.length)): Float64Array {
  requireWindow(windowBars);
  requireSameLength(y, x);
  const window = new WindowComoments(x, y, windowBars);
  for (let t = 0; t < y.length; t++) {
    if (!window.next(t)) out[t] = Number.NaN;
    else out[t] = window.aa === 0 ? 0 : window.ab / window.aa;
  }
  return out;
}

/**
 * Slope of an asset's last windowBars returns on the market's; both are given as prices.
 *
 * shape   asset[n], market[n] → out[n]; out[0 .. windowBars-1] is NaN
 * causal  out[t] reads asset, market [t-windowBars .. t]
 * memory  windowBars + 1
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_BETA (whose first input is the market)
 */
export function rollingBeta(asset: Float64Array, market: Float64Array, windowBars: number, out = new Float64Array(asset.length)): Float64Array {
  requireSameLength(asset, market);
  return rollingSlope(rateOfChange(asset, 1), rateOfChange(market, 1), windowBars, out);
}
