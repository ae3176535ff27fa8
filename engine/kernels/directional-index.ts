import { type DirectionalOptions, type DirectionalSums, directionalSums } from './directional-movement.ts';

/**
 * Wilder's running sum of upward movement: how far the high rose, where it rose more than the low fell.
 *
 * shape   high[n], low[n] → out[n]; out[0 .. windowBars-2] is NaN, with seed `wilder` one more
 * causal  out[t] reads bars 0..t
 * memory  10 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_PLUS_DM
 */
export function plusDm(high: Float64Array, low: Float64Array, windowBars: number, options: DirectionalOptions = {}, out = new Float64Array(high.length)): Float64Array {
  out.set(directionalSums(high, low, low, windowBars, options).plus);
  return out;
}

/** Wilder's running sum of downward movement; see plusDm. TA-Lib TA_MINUS_DM. */
export function minusDm(high: Float64Array, low: Float64Array, windowBars: number, options: DirectionalOptions = {}, out = new Float64Array(high.length)): Float64Array {
  out.set(directionalSums(high, low, low, windowBars, options).minus);
  return out;
}

/**
 * Upward movement in percent of the true range, both as Wilder's running sums; 0 where there is no range.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0 .. windowBars-1] is NaN, with seed `early` one fewer
 * causal  out[t] reads bars 0..t
 * memory  10 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_PLUS_DI
 */
export function plusDi(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, options: DirectionalOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  const { plus, range, start } = directionalSums(high, low, close, windowBars, options);
  return share(plus, range, start, out);
}

/** Downward movement in percent of the true range; see plusDi. TA-Lib TA_MINUS_DI. */
export function minusDi(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, options: DirectionalOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  const { minus, range, start } = directionalSums(high, low, close, windowBars, options);
  return share(minus, range, start, out);
}

/**
 * Directional index: difference of the two directional indicators in percent of their sum; holds where both are 0.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0 .. windowBars-1] is NaN, with seed `early` one fewer
 * causal  out[t] reads bars 0..t
 * memory  10 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_DX; a flat series gives 0
 */
export function dx(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, options: DirectionalOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  const sums = directionalSums(high, low, close, windowBars, options);
  out.fill(Number.NaN, 0, Math.min(sums.start, out.length));
  let held = 0;
  for (let t = sums.start; t < out.length; t++) {
    if (moved(sums, t)) held = indexAt(sums, t);
    out[t] = held;
  }
  return out;
}

/**
 * Average directional index: Wilder's average of dx, passing over bars without movement.
 *
 * shape   high[n], low[n], close[n] → out[n]; out[0 .. 2 windowBars-2] is NaN, with seed `early` one fewer
 * causal  out[t] reads bars 0..t
 * memory  20 windowBars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  TA-Lib TA_ADX
 */
export function adx(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, options: DirectionalOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  const sums = directionalSums(high, low, close, windowBars, options);
  const shown = sums.start + windowBars - 1;
  out.fill(Number.NaN, 0, Math.min(shown, out.length));
  let average = 0;
  for (let t = sums.start; t < out.length; t++) {
    if (moved(sums, t)) {
      const index = indexAt(sums, t);
      average = t <= shown ? average + index / windowBars : (average * (windowBars - 1) + index) / windowBars;
    }
    if (t >= shown) out[t] = average;
  }
  return out;
}

/** Mean of adx now and windowBars-1 bars ago; see adx, begins windowBars-1 bars later. TA-Lib TA_ADXR. */
export function adxr(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, options: DirectionalOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  const strength = adx(high, low, close, windowBars, options);
  for (let t = 0; t < out.length; t++) out[t] = t < windowBars - 1 ? Number.NaN : (strength[t] + strength[t - windowBars + 1]) / 2;
  return out;
}

function share(movement: Float64Array, range: Float64Array, start: number, out: Float64Array): Float64Array {
  for (let t = 0; t < out.length; t++) out[t] = t < start ? Number.NaN : range[t] === 0 ? 0 : (100 * movement[t]) / range[t];
  return out;
}

/** NaN counts as movement, so that it shows. */
function moved({ plus, minus, range }: DirectionalSums, t: number): boolean {
  return range[t] !== 0 && plus[t] + minus[t] !== 0;
}

function indexAt({ plus, minus }: DirectionalSums, t: number): number {
  return (100 * Math.abs(plus[t] - minus[t])) / (plus[t] + minus[t]);
}
