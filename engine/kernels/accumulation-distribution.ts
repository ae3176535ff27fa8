import { emaWeight, smooth } from './ema.ts';
import { firstDefinedOfAll, requireSameLength, requireWindow, zeroWhereDefined } from './window.ts';

/**
 * Accumulation/distribution line: the running sum of volume, weighed by where the close stands in its bar (−1 low … 1 high).
 *
 * shape   high[n], low[n], close[n], volume[n] → out[n]; defined from the first bar
 * causal  out[t] reads bars 0..t
 * memory  all bars: only changes of it compare
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `length-mismatch`
 * source  TA-Lib TA_AD; a bar without range adds nothing
 */
export function adLine(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, out = new Float64Array(high.length)): Float64Array {
  requireSameLength(high, low, close, volume);
  const first = firstDefinedOfAll(high, low, close, volume);
  out.fill(Number.NaN, 0, first);
  let sum = 0;
  for (let t = first; t < high.length; t++) {
    const range = high[t] - low[t];
    sum += range === 0 ? zeroWhereDefined(volume[t]) : ((close[t] - low[t] - (high[t] - close[t])) / range) * volume[t];
    out[t] = sum;
  }
  return out;
}

/**
 * Chaikin oscillator: fast − slow EMA of the accumulation/distribution line.
 *
 * shape   high[n], low[n], close[n], volume[n] → out[n]; out[0 .. slowBars-2] is NaN
 * causal  out[t] reads bars 0..t
 * memory  6 slowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_ADOSC: both averages start from the line's first value
 */
export function adOscillator(
  high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, fastBars = 3, slowBars = 10, out = new Float64Array(high.length),
): Float64Array {
  requireWindow(fastBars, 'fastBars');
  requireWindow(slowBars, 'slowBars');
  const line = adLine(high, low, close, volume);
  const fast = smooth(line, fastBars, emaWeight(fastBars), { seed: 'first' }, new Float64Array(line.length));
  const slow = smooth(line, slowBars, emaWeight(slowBars), { seed: 'first' }, new Float64Array(line.length));
  for (let t = 0; t < out.length; t++) out[t] = fast[t] - slow[t];
  return out;
}
