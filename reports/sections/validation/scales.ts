import type { ValueScale } from '../../figures/axes.ts';

/** A linear axis with a little air on both sides. */
export function sharpeScale(values: readonly number[]): ValueScale {
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  const air = (hi - lo || 1) * 0.08;
  return { kind: 'linear', lo: lo - air, hi: hi + air };
}
