import { firstDefinedOfAll, requireSameLength } from './window.ts';

export interface ObvOptions {
  /** Value of the first bar: its volume (TA-Lib), or zero (StockCharts, Skender, Tulip). A constant offset. */
  readonly start?: 'volume' | 'zero';
}

/**
 * On-balance volume: the running sum of volume, signed by the change of the close.
 *
 * shape   close[n], volume[n] → out[n]; defined from the first bar
 * causal  out[t] reads bars 0..t
 * memory  all bars: only changes of it compare
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `length-mismatch`
 * source  TA-Lib TA_OBV
 */
export function obv(close: Float64Array, volume: Float64Array, { start = 'volume' }: ObvOptions = {}, out = new Float64Array(close.length)): Float64Array {
  requireSameLength(close, volume);
  const first = firstDefinedOfAll(close, volume);
  out.fill(Number.NaN, 0, first);
  let sum = start === 'volume' ? volume[first] : 0;
  for (let t = first; t < close.length; t++) {
    if (t > first) sum += Math.sign(close[t] - close[t - 1]) * volume[t];
    out[t] = sum;
  }
  return out;
}
