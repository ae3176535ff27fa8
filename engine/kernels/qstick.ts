import { rollingMean } from './rolling-mean.ts';
import { requireSameLength } from './window.ts';

/**
 * Mean body (close − open) of the last windowBars bars.
 *
 * shape   open[n], close[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads bars t-windowBars+1 .. t
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  Chande & Kroll (1994), The New Technical Trader
 */
export function qstick(open: Float64Array, close: Float64Array, windowBars: number, out = new Float64Array(open.length)): Float64Array {
  requireSameLength(open, close);
  return rollingMean(close.map((value, t) => value - open[t]), windowBars, out);
}
