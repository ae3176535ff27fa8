import { rollingSum } from './rolling-sum.ts';
import { wilder } from './wilder.ts';
import { requireWindow } from './window.ts';

export interface CmoOptions {
  /** `wilder`: Wilder's averages of gains and losses (TA-Lib). `window`: their plain sums (Chande, Tulip). */
  readonly smoothing?: 'wilder' | 'window';
}

/**
 * Chande momentum oscillator: gains minus losses in percent of both, −100 … 100.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-1] is NaN
 * causal  out[t] reads values[0..t], with `window` values[t-windowBars .. t]
 * memory  10 windowBars, with `window` windowBars + 1
 * NaN     leading NaN is skipped; one inside stays for good, with `window` while it is in the window
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_CMO; a flat series gives 0
 */
export function cmo(values: Float64Array, windowBars: number, { smoothing = 'wilder' }: CmoOptions = {}, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const change = values.map((value, t) => (t === 0 ? Number.NaN : value - values[t - 1]));
  const distance = change.map(Math.abs);
  const net = smoothing === 'wilder' ? wilder(change, windowBars) : rollingSum(change, windowBars);
  const path = smoothing === 'wilder' ? wilder(distance, windowBars) : rollingSum(distance, windowBars);
  for (let t = 0; t < values.length; t++) out[t] = path[t] === 0 ? 0 : (100 * net[t]) / path[t];
  return out;
}
