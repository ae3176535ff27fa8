import { barsSinceMax, barsSinceMin } from './rolling-extremes.ts';
import { requireSameLength, requireWindow } from './window.ts';

export interface Aroon {
  readonly up: Float64Array;
  readonly down: Float64Array;
  /** up − down. */
  readonly oscillator: Float64Array;
}

/**
 * How recent the highest high and lowest low of the last windowBars + 1 bars are: 100 now, 0 windowBars ago.
 *
 * shape   high[n], low[n] → up[n], down[n], oscillator[n]; the first windowBars are NaN
 * causal  [t] reads bars t-windowBars .. t
 * memory  windowBars + 1
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_AROON, TA_AROONOSC; the latest of equals counts
 */
export function aroon(high: Float64Array, low: Float64Array, windowBars: number): Aroon {
  requireWindow(windowBars);
  requireSameLength(high, low);
  const recency = (age: number): number => (100 * (windowBars - age)) / windowBars;
  const up = barsSinceMax(high, windowBars + 1).map(recency);
  const down = barsSinceMin(low, windowBars + 1).map(recency);
  return { up, down, oscillator: up.map((value, t) => value - down[t]) };
}
