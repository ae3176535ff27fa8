import { WindowComoments } from './window-comoments.ts';
import { requireSameLength, requireWindow } from './window.ts';

/**
 * Pearson correlation of the last windowBars pairs; 0 where either side is flat.
 *
 * shape   a[n], b[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads a, b [t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_CORREL
 */
export function rollingCorrelation(a: Float64Array, b: Float64Array, windowBars: number, out = new Float64Array(a.length)): Float64Array {
  requireWindow(windowBars);
  requireSameLength(a, b);
  const window = new WindowComoments(a, b, windowBars);
  for (let t = 0; t < a.length; t++) {
    if (!window.next(t)) out[t] = Number.NaN;
    else {
      const scale = Math.sqrt(window.aa * window.bb);
      // rounding may put a perfect correlation a hair above one
      out[t] = scale === 0 ? 0 : Math.max(-1, Math.min(1, window.ab / scale));
    }
  }
  return out;
}
