import { requireWindow } from './window.ts';
import { wma } from './wma.ts';

/**
 * Hull moving average: WMA over √windowBars of 2 WMA(windowBars / 2) − WMA(windowBars), all windows rounded down.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars+⌊√windowBars⌋-3] is NaN
 * causal  out[t] reads values[t-windowBars-⌊√windowBars⌋+2 .. t]
 * memory  windowBars + ⌊√windowBars⌋ - 1
 * NaN     while one is in reach
 * throws  InputError `window-out-of-range`
 * source  Hull (2005), alanhull.com/hull-moving-average
 */
export function hma(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const half = wma(values, Math.max(1, Math.floor(windowBars / 2)));
  const whole = wma(values, windowBars);
  return wma(half.map((value, t) => 2 * value - whole[t]), Math.floor(Math.sqrt(windowBars)), out);
}
