import { firstDefined, requireWindow } from './window.ts';

/**
 * Relative strength index: Wilder's average gain over the sum of average gain and average loss, 0 … 100.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-1] is NaN
 * causal  out[t] reads values[0..t]
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * memory  10 windowBars
 * source  TA-Lib TA_RSI; a flat series gives 0
 */
export function rsi(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const first = firstDefined(values);
  const start = first + windowBars;
  out.fill(Number.NaN, 0, Math.min(start, values.length));
  let gain = 0;
  let loss = 0;
  for (let t = first + 1; t < values.length; t++) {
    const change = values[t] - values[t - 1];
    const up = change > 0 ? change : change < 0 ? 0 : change;
    const down = change < 0 ? -change : change > 0 ? 0 : change;
    if (t <= start) {
      gain += up / windowBars;
      loss += down / windowBars;
    } else {
      gain = (gain * (windowBars - 1) + up) / windowBars;
      loss = (loss * (windowBars - 1) + down) / windowBars;
    }
    if (t >= start) out[t] = gain + loss === 0 ? 0 : (100 * gain) / (gain + loss);
  }
  return out;
}
