import { requireWindow } from './window.ts';

/**
 * Change over windowBars bars as a fraction of the earlier value: 0.02 is 2 % up.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-1] is NaN
 * units   fraction (TA-Lib TA_ROCP; TA_ROC is the same in percent)
 * causal  out[t] reads values[t-windowBars] and values[t]
 * memory  windowBars + 1
 * NaN     where either value is
 * throws  InputError `window-out-of-range`
 */
export function rateOfChange(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return compare(values, windowBars, (now, then) => (now - then) / then, out);
}

/** The value over that windowBars bars ago: 1.02 is 2 % up; see rateOfChange. TA-Lib TA_ROCR. */
export function rateOfChangeRatio(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return compare(values, windowBars, (now, then) => now / then, out);
}

/** The value minus that windowBars bars ago; see rateOfChange. TA-Lib TA_MOM. */
export function momentum(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return compare(values, windowBars, (now, then) => now - then, out);
}

/** The value windowBars bars ago; see rateOfChange. */
export function lag(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return compare(values, windowBars, (_now, then) => then, out);
}

function compare(values: Float64Array, windowBars: number, change: (now: number, then: number) => number, out: Float64Array): Float64Array {
  requireWindow(windowBars);
  for (let t = 0; t < values.length; t++) out[t] = t < windowBars ? Number.NaN : change(values[t], values[t - windowBars]);
  return out;
}
