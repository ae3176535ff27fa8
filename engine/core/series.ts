/** One number a bar. NaN marks warm-up. Index `t` is the bar. */
export type Series = Float64Array;

/** A series on shared memory, so that workers read it without a copy. */
export function sharedSeries(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** A statistic that may not exist: null, with the reason in words. */
export type Undefinable = { readonly value: number; readonly reason?: undefined } | { readonly value: null; readonly reason: string };
