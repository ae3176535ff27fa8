import { smooth } from './ema.ts';
import { firstDefinedOfAll, requireSameLength, requireWindow, zeroWhereDefined } from './window.ts';

export interface TrueRangeOptions {
  /** What the first bar, which has no close before it, counts: nothing (TA-Lib), or high − low (StockCharts, Tulip). */
  readonly firstRange?: 'none' | 'high-low';
}

/**
 * Greatest of high − low and the distances of high and low from the close before.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0] is NaN
 * causal  out[t] reads bars t-1 and t
 * memory  2
 * NaN     where high, low or the close before is
 * throws  InputError `length-mismatch`
 * source  TA-Lib TA_TRANGE
 */
export function trueRange(
  high: Float64Array, low: Float64Array, close: Float64Array, { firstRange = 'none' }: TrueRangeOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  requireSameLength(high, low, close);
  const first = firstDefinedOfAll(high, low, close);
  out.fill(Number.NaN, 0, Math.min(first + 1, high.length));
  if (firstRange === 'high-low' && first < high.length) out[first] = high[first] - low[first];
  for (let t = first + 1; t < high.length; t++) out[t] = Math.max(high[t], close[t - 1]) - Math.min(low[t], close[t - 1]);
  return out;
}

/**
 * Average true range: Wilder's average of the true range.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0 .. windowBars-1] is NaN, one fewer with firstRange `high-low`
 * causal  out[t] reads bars 0..t
 * memory  10 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_ATR
 */
export function atr(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, options: TrueRangeOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  requireWindow(windowBars);
  return smooth(trueRange(high, low, close, options), windowBars, 1 / windowBars, {}, out);
}

/** Average true range in percent of the close; 0 where the close is 0. See atr; TA-Lib TA_NATR. */
export function natr(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, options: TrueRangeOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  atr(high, low, close, windowBars, options, out);
  for (let t = 0; t < out.length; t++) out[t] = close[t] === 0 ? zeroWhereDefined(out[t]) : (100 * out[t]) / close[t];
  return out;
}
