import { rollingMax, rollingMin } from './rolling-extremes.ts';
import { rollingMean } from './rolling-mean.ts';
import { rsi } from './rsi.ts';
import { requireSameLength, requireWindow, zeroWhereDefined } from './window.ts';

export interface Stochastic {
  readonly k: Float64Array;
  readonly d: Float64Array;
}

/**
 * Stochastic oscillator: where the close stands between the lowest low and the highest high, in percent, smoothed; and its average.
 *
 * shape   high[n], low[n], close[n] → k[n], d[n]; the first kBars+slowBars-2 of k and kBars+slowBars+dBars-3 of d are NaN
 * causal  [t] reads bars t-kBars-slowBars-dBars+3 .. t
 * memory  kBars + slowBars + dBars - 2
 * NaN     while one is in reach
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_STOCH (simple averages); a window without range gives 0
 */
export function stochastic(high: Float64Array, low: Float64Array, close: Float64Array, kBars = 5, slowBars = 3, dBars = 3): Stochastic {
  requireWindow(kBars, 'kBars');
  requireWindow(slowBars, 'slowBars');
  requireWindow(dBars, 'dBars');
  requireSameLength(high, low, close);
  const top = rollingMax(high, kBars);
  const bottom = rollingMin(low, kBars);
  const raw = close.map((value, t) => (top[t] === bottom[t] ? zeroWhereDefined(value) : (100 * (value - bottom[t])) / (top[t] - bottom[t])));
  const k = slowBars === 1 ? raw : rollingMean(raw, slowBars);
  return { k, d: dBars === 1 ? k.slice() : rollingMean(k, dBars) };
}

/** The stochastic oscillator without smoothing of %K; see stochastic. TA-Lib TA_STOCHF. */
export function stochasticFast(high: Float64Array, low: Float64Array, close: Float64Array, kBars = 5, dBars = 3): Stochastic {
  return stochastic(high, low, close, kBars, 1, dBars);
}

/**
 * Fast stochastic oscillator of the relative strength index, in percent.
 *
 * shape   values[n] → k[n], d[n]; the first rsiBars+kBars-1 of k and rsiBars+kBars+dBars-2 of d are NaN
 * causal  [t] reads values[0..t]
 * memory  10 rsiBars + kBars + dBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_STOCHRSI
 */
export function stochasticRsi(values: Float64Array, rsiBars = 14, kBars = 5, dBars = 3): Stochastic {
  requireWindow(rsiBars, 'rsiBars');
  const strength = rsi(values, rsiBars);
  return stochastic(strength, strength, strength, kBars, 1, dBars);
}
