import type { Series, Undefinable } from '../../core/index.ts';
import { slopeOn } from './least-squares.ts';

/** `ornstein-uhlenbeck`: −ln 2 ÷ slope of Δy on y before it; `autoregressive`: ln ½ ÷ ln(1 + slope), exact for a discrete AR(1). */
export type HalfLifeForm = 'ornstein-uhlenbeck' | 'autoregressive';

/**
 * Bars in which a deviation from the mean halves.
 *
 * null    where the slope is not negative (no reversion), or for the exact form where it is at or below −1
 * source  Chan (2013), Algorithmic Trading, ch. 2; statistics.md §6
 */
export function halfLife(y: Series, { form = 'ornstein-uhlenbeck' }: { readonly form?: HalfLifeForm } = {}): Undefinable {
  const rows = Math.max(0, y.length - 1);
  const before = Float64Array.from({ length: rows }, (_, t) => y[t]);
  const slope = slopeOn(before, Float64Array.from({ length: rows }, (_, t) => y[t + 1] - y[t]));
  if (slope === null) return { value: null, reason: 'the series is shorter than four rows or constant' };
  if (slope >= 0) return { value: null, reason: 'the series does not revert: the slope is not negative' };
  if (form === 'ornstein-uhlenbeck') return { value: -Math.LN2 / slope };
  return slope > -1 ? { value: Math.log(0.5) / Math.log1p(slope) } : { value: null, reason: 'the series overshoots its mean in one bar' };
}
