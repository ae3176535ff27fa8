import { requireSameLength } from './window.ts';

/**
 * Middle of the bar: (high + low) / 2.
 *
 * shape   high[n], low[n] → out[n]
 * causal  out[t] reads bar t
 * memory  1
 * throws  InputError `length-mismatch`
 */
export function medianPrice(high: Float64Array, low: Float64Array, out = new Float64Array(high.length)): Float64Array {
  requireSameLength(high, low);
  for (let t = 0; t < out.length; t++) out[t] = (high[t] + low[t]) / 2;
  return out;
}

/** (high + low + close) / 3; see medianPrice. */
export function typicalPrice(high: Float64Array, low: Float64Array, close: Float64Array, out = new Float64Array(high.length)): Float64Array {
  requireSameLength(high, low, close);
  for (let t = 0; t < out.length; t++) out[t] = (high[t] + low[t] + close[t]) / 3;
  return out;
}

/** (high + low + 2 close) / 4; see medianPrice. */
export function weightedClose(high: Float64Array, low: Float64Array, close: Float64Array, out = new Float64Array(high.length)): Float64Array {
  requireSameLength(high, low, close);
  for (let t = 0; t < out.length; t++) out[t] = (high[t] + low[t] + 2 * close[t]) / 4;
  return out;
}

/** (open + high + low + close) / 4; see medianPrice. */
export function averagePrice(
  open: Float64Array, high: Float64Array, low: Float64Array, close: Float64Array, out = new Float64Array(open.length),
): Float64Array {
  requireSameLength(open, high, low, close);
  for (let t = 0; t < out.length; t++) out[t] = (open[t] + high[t] + low[t] + close[t]) / 4;
  return out;
}
