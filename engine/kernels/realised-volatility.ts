import { rollingStd } from './rolling-std.ts';
import { requireWindow } from './window.ts';

export interface RealisedVolatilityOptions {
  /** Bars in a year, to annualise; default 1: volatility a bar. */
  readonly barsPerYear?: number;
}

/**
 * Sample deviation of the last windowBars logarithmic returns, annualised.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-1] is NaN
 * units   fraction a bar, or a year with barsPerYear
 * causal  out[t] reads values[t-windowBars .. t]
 * memory  windowBars + 1
 * NaN     while one is in the window; everywhere for a window of 1
 * throws  InputError `window-out-of-range`
 */
export function realisedVolatility(
  values: Float64Array, windowBars: number, { barsPerYear = 1 }: RealisedVolatilityOptions = {}, out = new Float64Array(values.length),
): Float64Array {
  requireWindow(windowBars);
  const returns = new Float64Array(values.length).fill(Number.NaN, 0, 1);
  for (let t = 1; t < values.length; t++) returns[t] = Math.log(values[t] / values[t - 1]);
  rollingStd(returns, windowBars, { ddof: 1 }, out);
  const scale = Math.sqrt(barsPerYear);
  for (let t = 0; t < out.length; t++) out[t] *= scale;
  return out;
}
