import type { MonotoneMap } from '../types/index.ts';

/** Value of a map at a point: linear between its knots, constant outside. */
export function valueAt({ x, y }: MonotoneMap, at: number): number {
  const last = x.length - 1;
  if (at <= x[0]) return y[0];
  if (at >= x[last]) return y[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  return between(x[low], x[high], y[low], y[high], at);
}

/**
 * Smallest point at which an ascending map reaches a level.
 *
 * null    where it never does
 */
export function firstAtLeast({ x, y }: MonotoneMap, level: number): number | null {
  const i = y.findIndex((value) => value >= level);
  if (i < 0) return null;
  return i === 0 ? x[0] : Math.min(x[i], Math.max(x[i - 1], between(y[i - 1], y[i], x[i - 1], x[i], level)));
}

/** Never outside the two values, whatever the rounding. */
function between(a: number, b: number, from: number, to: number, at: number): number {
  const value = from + ((at - a) / (b - a)) * (to - from);
  return from <= to ? Math.min(to, Math.max(from, value)) : Math.max(to, Math.min(from, value));
}

/**
 * Share of values at or below a point, as at most `knots` knots and one at 0: the distribution of distances from a point.
 *
 * shape   ascending values ≥ 0
 */
export function distribution(sorted: Float64Array, knots: number): MonotoneMap {
  const x = [0];
  const y = [0];
  const n = sorted.length;
  if (n === 0) return { x, y };
  for (let k = 1; k < knots; k++) {
    const at = Math.ceil((k / (knots - 1)) * n) - 1;
    const share = (lastOf(sorted, at) + 1) / n;
    if (sorted[at] > x[x.length - 1]) {
      x.push(sorted[at]);
      y.push(share);
    }
  }
  return { x, y };
}

/** Last index that holds the same value. */
function lastOf(sorted: Float64Array, index: number): number {
  let last = index;
  while (last + 1 < sorted.length && sorted[last + 1] === sorted[index]) last++;
  return last;
}
