import { firstDefined, requireWindow } from './window.ts';

/** Where the recursion begins: with the simple mean of the first window, or with the first value. */
export type Seed = 'sma' | 'first';

export interface EmaOptions {
  readonly seed?: Seed;
  /** `keep` shows the recursion from its first value on (seed `first`; Tulip, pandas); `drop` waits for a full window. */
  readonly warmup?: 'drop' | 'keep';
}

/**
 * Exponential moving average with weight 2 / (windowBars + 1).
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[0..t]
 * memory  5 windowBars: a longer history changes out[t] by less than 0.01 % of its scale
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_EMA (default compatibility; seed `first` is its MetaStock mode)
 */
export function ema(
  values: Float64Array, windowBars: number, { seed = 'sma', warmup = 'drop' }: EmaOptions = {}, out = new Float64Array(values.length),
): Float64Array {
  return smooth(values, windowBars, emaWeight(windowBars), { seed, warmup }, out);
}

export function emaWeight(windowBars: number): number {
  return 2 / (windowBars + 1);
}

/** y ← y + weight · (x − y), begun after a full window from `from` (the first value that is not NaN) on; NaN before. */
export function smooth(
  values: Float64Array, windowBars: number, weight: number, { seed = 'sma', warmup = 'drop' }: EmaOptions,
  out: Float64Array, from = firstDefined(values),
): Float64Array {
  requireWindow(windowBars);
  const full = from + windowBars - 1;
  const start = seed === 'sma' ? full : from;
  const shown = warmup === 'drop' ? full : start;
  out.fill(Number.NaN, 0, Math.min(shown, values.length));
  if (start >= values.length) return out;
  let y = values[from];
  for (let t = from + 1; t <= start; t++) y += values[t];
  y /= start - from + 1;
  if (start >= shown) out[start] = y;
  for (let t = start + 1; t < values.length; t++) {
    y += weight * (values[t] - y);
    if (t >= shown) out[t] = y;
  }
  return out;
}
