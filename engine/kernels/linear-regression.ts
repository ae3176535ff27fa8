import { rollingMean } from './rolling-mean.ts';
import { WindowComoments } from './window-comoments.ts';
import { zeroWhereDefined } from './window.ts';

export interface Regression {
  /** Of the line at the latest bar. */
  readonly value: Float64Array;
  /** A bar. */
  readonly slope: Float64Array;
  /** Of the line at the oldest bar of the window. */
  readonly intercept: Float64Array;
}

/**
 * Least-squares line through the last windowBars values.
 *
 * shape   values[n] → value[n], slope[n], intercept[n]; the first windowBars-1 are NaN
 * causal  [t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_LINEARREG, TA_LINEARREG_SLOPE, TA_LINEARREG_INTERCEPT; a window of one bar has slope 0
 */
export function linearRegression(values: Float64Array, windowBars: number): Regression {
  const mean = rollingMean(values, windowBars);
  const window = new WindowComoments(barNumbers(values.length), values, windowBars);
  const [value, slope, intercept] = [0, 1, 2].map(() => new Float64Array(values.length).fill(Number.NaN));
  for (let t = 0; t < values.length; t++) {
    if (!window.next(t)) continue;
    slope[t] = windowBars === 1 ? zeroWhereDefined(values[t]) : window.ab / window.aa;
    const rise = (slope[t] * (windowBars - 1)) / 2;
    value[t] = mean[t] + rise;
    intercept[t] = mean[t] - rise;
  }
  return { value, slope, intercept };
}

/** 0, 1, 2 … */
export function barNumbers(length: number): Float64Array {
  const numbers = new Float64Array(length);
  for (let t = 0; t < length; t++) numbers[t] = t;
  return numbers;
}
