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

export interface T3Options extends ChainedEmaOptions {
  /** 0 a plain chain of EMAs … 1 the full overshoot of dema; default 0.7. */
  readonly volumeFactor?: number;
}

/**
 * Tillson's T3: dema with its overshoot held back by a factor, three times over.
 *
 * shape   values[n] → out[n]; out[0 .. 6 (windowBars-1)-1] is NaN
 * causal  out[t] reads values[0..t]
 * memory  30 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_T3; Tillson (1998), Stocks & Commodities 16(1)
 */
export function t3(
  values: Float64Array, windowBars: number, { volumeFactor: v = 0.7, ...options }: T3Options = {}, out = new Float64Array(values.length),
): Float64Array {
  const [, , e3, e4, e5, e6] = chainedEma(values, windowBars, 6, options);
  const c6 = -(v ** 3);
  const c5 = 3 * (v ** 2 + v ** 3);
  const c4 = -6 * v ** 2 - 3 * (v + v ** 3);
  const c3 = 1 + 3 * v + 3 * v ** 2 + v ** 3;
  for (let t = 0; t < out.length; t++) out[t] = c6 * e6[t] + c5 * e5[t] + c4 * e4[t] + c3 * e3[t];
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
