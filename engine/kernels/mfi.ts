import { typicalPrice } from './prices.ts';
import { rollingSum } from './rolling-sum.ts';
import { requireSameLength, requireWindow, zeroWhereDefined } from './window.ts';

/**
 * Money flow index: share of the money (typical price × volume) that flowed on rising bars, 0 … 100.
 *
 * shape   high[n], low[n], close[n], volume[n] → out[n]; out[0 .. windowBars-1] is NaN
 * causal  out[t] reads bars t-windowBars .. t
 * memory  windowBars + 1
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_MFI; 0 where nothing flowed
 */
export function mfi(
  high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, windowBars: number, out = new Float64Array(high.length),
): Float64Array {
  requireWindow(windowBars);
  requireSameLength(high, volume);
  const price = typicalPrice(high, low, close);
  const rising = price.map((value, t) => (t === 0 ? Number.NaN : flow(value, value - price[t - 1], volume[t])));
  const falling = price.map((value, t) => (t === 0 ? Number.NaN : flow(value, price[t - 1] - value, volume[t])));
  const inward = rollingSum(rising, windowBars);
  const outward = rollingSum(falling, windowBars);
  for (let t = 0; t < out.length; t++) out[t] = inward[t] + outward[t] === 0 ? 0 : (100 * inward[t]) / (inward[t] + outward[t]);
  return out;
}

/** Money of a bar whose price moved up by `change`; keeps NaN. */
function flow(price: number, change: number, volume: number): number {
  return change > 0 ? price * volume : change <= 0 ? zeroWhereDefined(volume) : Number.NaN;
}
