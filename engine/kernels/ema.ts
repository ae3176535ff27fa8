import { firstDefined, requireWindow } from './window.ts';

/** Where the recursion begins: with the simple mean of the first window, or with the first value. */
export interface EmaOptions {
  readonly seed?: 'sma' | 'first';
}

/**
 * Exponential moving average with weight 2 / (windowBars + 1).
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[0..t]
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * memory  5 windowBars: a longer history changes out[t] by less than 0.01 % of its scale
 * source  TA-Lib TA_EMA (default compatibility; seed `first` is its MetaStock mode)
 */
export function ema(values: Float64Array, windowBars: number, { seed = 'sma' }: EmaOptions = {}, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  return smooth(values, windowBars, 2 / (windowBars + 1), seed, out);
}

/** y ← y + weight · (x − y), begun after a full window; NaN before. */
export function smooth(values: Float64Array, windowBars: number, weight: number, seed: 'sma' | 'first', out: Float64Array): Float64Array {
  const first = firstDefined(values);
  const start = first + windowBars - 1;
  out.fill(Number.NaN, 0, Math.min(start, values.length));
  if (start >= values.length) return out;
  let y = values[first];
  if (seed === 'sma') {
    let sum = 0;
    for (let t = first; t <= start; t++) sum += values[t];
    y = sum / windowBars;
  } else {
    for (let t = first + 1; t <= start; t++) y += weight * (values[t] - y);
  }
  out[start] = y;
  for (let t = start + 1; t < values.length; t++) {
    y += weight * (values[t] - y);
    out[t] = y;
  }
  return out;
}
