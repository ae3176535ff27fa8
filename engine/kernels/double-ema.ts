import { type EmaOptions, emaWeight, type Seed, smooth } from './ema.ts';
import { firstDefined } from './window.ts';

export interface ChainedEmaOptions {
  readonly seed?: Seed;
  /** Values of each inner average that are passed over before the next begins (TA-Lib's unstable period). */
  readonly unstableBars?: number;
}

/**
 * Double exponential moving average: 2 EMA − EMA of EMA.
 *
 * shape   values[n] → out[n]; out[0 .. 2 (windowBars-1)-1] is NaN
 * causal  out[t] reads values[0..t]
 * memory  10 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_DEMA; Mulloy (1994), Stocks & Commodities 12(1)
 */
export function dema(values: Float64Array, windowBars: number, options: ChainedEmaOptions = {}, out = new Float64Array(values.length)): Float64Array {
  const [once, twice] = chainedEma(values, windowBars, 2, options);
  for (let t = 0; t < out.length; t++) out[t] = 2 * once[t] - twice[t];
  return out;
}

/**
 * Triple exponential moving average: 3 EMA − 3 EMA of EMA + EMA of EMA of EMA.
 *
 * shape   values[n] → out[n]; out[0 .. 3 (windowBars-1)-1] is NaN
 * causal  out[t] reads values[0..t]
 * memory  15 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_TEMA
 */
export function tema(values: Float64Array, windowBars: number, options: ChainedEmaOptions = {}, out = new Float64Array(values.length)): Float64Array {
  const [once, twice, thrice] = chainedEma(values, windowBars, 3, options);
  for (let t = 0; t < out.length; t++) out[t] = 3 * once[t] - 3 * twice[t] + thrice[t];
  return out;
}

/**
 * Percent change a bar of a triply smoothed EMA.
 *
 * shape   values[n] → out[n]; out[0 .. 3 (windowBars-1)] is NaN
 * units   percent
 * causal  out[t] reads values[0..t]
 * memory  15 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_TRIX
 */
export function trix(values: Float64Array, windowBars: number, options: ChainedEmaOptions = {}, out = new Float64Array(values.length)): Float64Array {
  const thrice = chainedEma(values, windowBars, 3, options)[2];
  for (let t = 0; t < out.length; t++) out[t] = t === 0 ? Number.NaN : 100 * (thrice[t] / thrice[t - 1] - 1);
  return out;
}

/** Averages of averages; each begins where the one before has its first value, `unstableBars` later. */
function chainedEma(values: Float64Array, windowBars: number, depth: number, { seed = 'sma', unstableBars = 0 }: ChainedEmaOptions): Float64Array[] {
  const options: EmaOptions = { seed };
  const chain: Float64Array[] = [];
  for (let inner = values; chain.length < depth; inner = chain[chain.length - 1]) {
    const average = smooth(inner, windowBars, emaWeight(windowBars), options, new Float64Array(values.length));
    const first = firstDefined(average);
    chain.push(average.fill(Number.NaN, first, Math.min(first + unstableBars, values.length)));
  }
  return chain;
}
