import { rollingMax } from './rolling-extremes.ts';
import { rollingMean } from './rolling-mean.ts';
import { firstDefined, requireWindow } from './window.ts';

export interface UlcerIndexOptions {
  /** Each drawdown is from the highest of the windowBars values up to it (`rolling`, StockCharts), or of the index's own window up to it (`window`, Skender). */
  readonly peak?: 'rolling' | 'window';
}

/**
 * Ulcer index: root mean square of the percent drawdowns of the last windowBars bars.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN; the first drawdowns know fewer bars
 * units   percent
 * causal  out[t] reads values[t-2 windowBars+2 .. t], with `window` values[t-windowBars+1 .. t]
 * memory  2 windowBars - 1, with `window` windowBars
 * NaN     while one is in reach
 * throws  InputError `window-out-of-range`
 * source  Martin & McCann (1989), The Investor's Guide to Fidelity Funds; StockCharts ChartSchool
 */
export function ulcerIndex(values: Float64Array, windowBars: number, { peak = 'rolling' }: UlcerIndexOptions = {}, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  if (peak === 'rolling') rollingMean(squaredDrawdowns(values, windowBars), windowBars, out);
  else for (let t = 0; t < values.length; t++) out[t] = t < windowBars - 1 ? Number.NaN : meanSquareFrom(values, t - windowBars + 1, t);
  for (let t = 0; t < out.length; t++) out[t] = Math.sqrt(out[t]);
  return out;
}

function squaredDrawdowns(values: Float64Array, windowBars: number): Float64Array {
  const first = firstDefined(values);
  const peak = rollingMax(values, windowBars);
  let highest = Number.NEGATIVE_INFINITY;
  for (let t = first; t < Math.min(first + windowBars - 1, values.length); t++) peak[t] = highest = Math.max(highest, values[t]);
  return values.map((value, t) => (100 * (value / peak[t] - 1)) ** 2);
}

function meanSquareFrom(values: Float64Array, from: number, to: number): number {
  let highest = values[from];
  let squares = 0;
  for (let i = from; i <= to; i++) {
    highest = Math.max(highest, values[i]);
    squares += (100 * (values[i] / highest - 1)) ** 2;
  }
  return squares / (to - from + 1);
}
