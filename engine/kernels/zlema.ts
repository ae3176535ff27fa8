import { type EmaOptions, emaWeight, smooth } from './ema.ts';
import { firstDefined, requireWindow } from './window.ts';

/**
 * Zero-lag exponential moving average: an EMA of each value plus its change over half a window.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2+⌊(windowBars-1)/2⌋] is NaN
 * causal  out[t] reads values[0..t]
 * memory  6 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  Ehlers & Way (2010), Stocks & Commodities 28(12); seed `first` starts from the plain value one bar earlier, as Tulip does
 */
export function zlema(values: Float64Array, windowBars: number, options: EmaOptions = {}, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const lagBars = Math.floor((windowBars - 1) / 2);
  const first = firstDefined(values);
  const ahead = values.map((value, t) => (t - lagBars < first ? Number.NaN : 2 * value - values[t - lagBars]));
  if (options.seed === 'first' && lagBars > 0) ahead[first + lagBars - 1] = values[first + lagBars - 1];
  return smooth(ahead, windowBars, emaWeight(windowBars), options, out);
}
