import { band } from './band.ts';
import type { Channel } from './donchian.ts';
import { ema, type EmaOptions } from './ema.ts';
import { rollingMean } from './rolling-mean.ts';
import { rollingStd, type StdOptions } from './rolling-std.ts';

export interface BollingerOptions extends StdOptions, EmaOptions {
  /** Deviations between middle and band; default 2. */
  readonly multiplier?: number;
  /** The middle; the deviation is about the simple mean either way (TA-Lib). */
  readonly average?: 'sma' | 'ema';
}

/**
 * Bollinger bands: a moving average and a number of population deviations above and below it.
 *
 * shape   values[n] → upper[n], middle[n], lower[n]; the first windowBars-1 are NaN
 * causal  [t] reads values[t-windowBars+1 .. t]
 * memory  windowBars, with `ema` 5 windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_BBANDS
 */
export function bollinger(values: Float64Array, windowBars: number, { multiplier = 2, average = 'sma', ...options }: BollingerOptions = {}): Channel {
  const middle = average === 'sma' ? rollingMean(values, windowBars) : ema(values, windowBars, options);
  return band(middle, rollingStd(values, windowBars, options), multiplier);
}

/** Where the value stands between the bands of bollinger: 0 at the lower, 1 at the upper, 0.5 where they meet. */
export function percentB(values: Float64Array, windowBars: number, options: BollingerOptions = {}, out = new Float64Array(values.length)): Float64Array {
  const { upper, lower } = bollinger(values, windowBars, options);
  for (let t = 0; t < values.length; t++) out[t] = upper[t] === lower[t] ? 0.5 : (values[t] - lower[t]) / (upper[t] - lower[t]);
  return out;
}

/** Distance of the bands of bollinger as a fraction of the middle. */
export function bandWidth(values: Float64Array, windowBars: number, options: BollingerOptions = {}, out = new Float64Array(values.length)): Float64Array {
  const { upper, middle, lower } = bollinger(values, windowBars, options);
  for (let t = 0; t < values.length; t++) out[t] = (upper[t] - lower[t]) / middle[t];
  return out;
}
