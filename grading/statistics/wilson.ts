export interface Interval {
  readonly low: number;
  readonly high: number;
}

const Z95 = 1.959963984540054;

/**
 * Wilson's 95 % interval of a share; n may be a number of independent observations that is not whole.
 *
 * null    of none
 * source  Wilson (1927), JASA 22; Brown, Cai & DasGupta (2001), Statist. Sci. 16(2)
 */
export function wilson(share: number, n: number): Interval | null {
  if (!(n > 0)) return null;
  const z2 = Z95 * Z95;
  const center = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
