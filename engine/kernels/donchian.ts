import { rollingMax, rollingMin } from './rolling-extremes.ts';
import { requireSameLength } from './window.ts';

export interface Channel {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/**
 * Highest high and lowest low of the last windowBars bars, bar t included; a breakout compares a close with the channel one bar ago.
 *
 * shape   high[n], low[n] → upper[n], middle[n], lower[n]; the first windowBars-1 are NaN
 * causal  [t] reads bars t-windowBars+1 .. t
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * memory  windowBars
 */
export function donchian(high: Float64Array, low: Float64Array, windowBars: number): Channel {
  requireSameLength(high, low);
  const upper = rollingMax(high, windowBars);
  const lower = rollingMin(low, windowBars);
  const middle = new Float64Array(upper.length);
  for (let t = 0; t < middle.length; t++) middle[t] = (upper[t] + lower[t]) / 2;
  return { upper, middle, lower };
}
