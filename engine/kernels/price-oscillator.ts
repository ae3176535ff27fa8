import { ema, type EmaOptions } from './ema.ts';
import { rollingMean } from './rolling-mean.ts';
import { requireWindow, zeroWhereDefined } from './window.ts';

export interface PriceOscillatorOptions extends EmaOptions {
  readonly average?: 'sma' | 'ema';
}

/**
 * Absolute price oscillator: fast average − slow average.
 *
 * shape   values[n] → out[n]; out[0 .. slowBars-2] is NaN
 * causal  out[t] reads values[t-slowBars+1 .. t], with `ema` values[0..t]
 * memory  slowBars, with `ema` 5 slowBars
 * NaN     as the averages
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_APO: simple averages unless told otherwise; exponential ones are each seeded on their own
 */
export function apo(values: Float64Array, fastBars = 12, slowBars = 26, options: PriceOscillatorOptions = {}, out = new Float64Array(values.length)): Float64Array {
  return oscillate(values, fastBars, slowBars, options, (fast, slow) => fast - slow, out);
}

/** Fast − slow average in percent of the slow one, 0 where that is 0; see apo. TA-Lib TA_PPO. */
export function ppo(values: Float64Array, fastBars = 12, slowBars = 26, options: PriceOscillatorOptions = {}, out = new Float64Array(values.length)): Float64Array {
  return oscillate(values, fastBars, slowBars, options, percentAbove, out);
}

/** Fast − slow simple average of volume in percent of the slow one; see ppo. Tulip `vosc`. */
export function vosc(volume: Float64Array, fastBars: number, slowBars: number, out = new Float64Array(volume.length)): Float64Array {
  return oscillate(volume, fastBars, slowBars, {}, percentAbove, out);
}

function percentAbove(fast: number, slow: number): number {
  return slow === 0 ? zeroWhereDefined(fast) : (100 * (fast - slow)) / slow;
}

function oscillate(
  values: Float64Array, fastBars: number, slowBars: number, { average = 'sma', ...options }: PriceOscillatorOptions,
  combine: (fast: number, slow: number) => number, out: Float64Array,
): Float64Array {
  requireWindow(fastBars, 'fastBars');
  requireWindow(slowBars, 'slowBars');
  const of = (bars: number): Float64Array => (average === 'sma' ? rollingMean(values, bars) : ema(values, bars, options));
  const fast = of(Math.min(fastBars, slowBars));
  const slow = of(Math.max(fastBars, slowBars));
  for (let t = 0; t < values.length; t++) out[t] = combine(fast[t], slow[t]);
  return out;
}
