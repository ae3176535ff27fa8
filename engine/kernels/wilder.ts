import { type EmaOptions, smooth } from './ema.ts';

/**
 * Wilder's moving average (RMA, SMMA): an exponential one with weight 1 / windowBars.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[0..t]
 * memory  10 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  Wilder (1978), New Concepts in Technical Trading Systems
 */
export function wilder(values: Float64Array, windowBars: number, options: EmaOptions = {}, out = new Float64Array(values.length)): Float64Array {
  return smooth(values, windowBars, 1 / windowBars, options, out);
}
