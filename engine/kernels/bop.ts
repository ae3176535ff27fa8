import { requireSameLength, zeroWhereDefined } from './window.ts';

/**
 * Balance of power: the bar's body as a fraction of its range, −1 … 1.
 *
 * shape   open[n], high[n], low[n], close[n] → out[n]
 * causal  out[t] reads bar t
 * memory  1
 * throws  InputError `length-mismatch`
 * source  TA-Lib TA_BOP; 0 where there is no range
 */
export function bop(open: Float64Array, high: Float64Array, low: Float64Array, close: Float64Array, out = new Float64Array(open.length)): Float64Array {
  requireSameLength(open, high, low, close);
  for (let t = 0; t < out.length; t++) out[t] = high[t] === low[t] ? zeroWhereDefined(close[t] - open[t]) : (close[t] - open[t]) / (high[t] - low[t]);
  return out;
}
