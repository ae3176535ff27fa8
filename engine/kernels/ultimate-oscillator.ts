import { rollingSum } from './rolling-sum.ts';
import { trueRange } from './true-range.ts';
import { requireWindow } from './window.ts';

/**
 * Ultimate oscillator: buying pressure over true range of three windows, the shortest weighing most, 0 … 100.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0 .. longest window - 1] is NaN
 * causal  out[t] reads bars t-longest .. t
 * memory  longest window + 1
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_ULTOSC; a window without range adds nothing
 */
export function ultimateOscillator(
  high: Float64Array, low: Float64Array, close: Float64Array, shortBars = 7, middleBars = 14, longBars = 28, out = new Float64Array(high.length),
): Float64Array {
  requireWindow(shortBars, 'shortBars');
  requireWindow(middleBars, 'middleBars');
  requireWindow(longBars, 'longBars');
  const range = trueRange(high, low, close);
  const pressure = close.map((value, t) => (t === 0 ? Number.NaN : value - Math.min(low[t], close[t - 1])));
  const windows = [shortBars, middleBars, longBars].sort((a, b) => a - b);
  const [short, middle, long] = windows.map((bars) => ({ pressure: rollingSum(pressure, bars), range: rollingSum(range, bars) }));
  for (let t = 0; t < out.length; t++) out[t] = (100 * (4 * share(short, t) + 2 * share(middle, t) + share(long, t))) / 7;
  return out;
}

function share({ pressure, range }: { readonly pressure: Float64Array; readonly range: Float64Array }, t: number): number {
  return range[t] === 0 ? 0 : pressure[t] / range[t];
}
