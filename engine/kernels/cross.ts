import { requireSameLength } from './window.ts';

/**
 * 1 where a rises above b: above it now, not above it one bar ago.
 *
 * shape   a[n], b[n] → out[n] of 0 and 1; out[0] is 0
 * causal  out[t] reads bars t-1 and t
 * memory  2
 * NaN     no crossing beside one
 * throws  InputError `length-mismatch`
 */
export function crossover(a: Float64Array, b: Float64Array, out = new Uint8Array(a.length)): Uint8Array {
  requireSameLength(a, b);
  for (let t = 0; t < a.length; t++) out[t] = t > 0 && a[t] > b[t] && a[t - 1] <= b[t - 1] ? 1 : 0;
  return out;
}

/** 1 where a falls below b; see crossover. */
export function crossunder(a: Float64Array, b: Float64Array, out = new Uint8Array(a.length)): Uint8Array {
  return crossover(b, a, out);
}

/** 1 where a rises above or falls below b; see crossover. */
export function crossAny(a: Float64Array, b: Float64Array, out = new Uint8Array(a.length)): Uint8Array {
  requireSameLength(a, b);
  for (let t = 0; t < a.length; t++) {
    const up = t > 0 && a[t] > b[t] && a[t - 1] <= b[t - 1];
    const down = t > 0 && a[t] < b[t] && a[t - 1] >= b[t - 1];
    out[t] = up || down ? 1 : 0;
  }
  return out;
}
