/** A one-sided cumulative sum against a fall of the mean; `peak` is the highest that it stood. */
export interface Cusum {
  readonly value: number;
  readonly peak: number;
  readonly n: number;
}

export const NEW_CUSUM: Cusum = { value: 0, peak: 0, n: 0 };

/**
 * C = max(0, C + k − z): z is a standardised observation, k the midpoint between the good and the bad mean.
 *
 * source  Page (1954), Biometrika 41; Moustakides (1986): optimal for a shift from good to bad
 */
export function pushCusum({ value, peak, n }: Cusum, z: number, k: number): Cusum {
  const next = Math.max(0, value + k - z);
  return { value: next, peak: Math.max(peak, next), n: n + 1 };
}
