import { DAY_MS, DAYS_PER_YEAR, type Undefinable } from '../core/index.ts';
import { walkForwardEfficiency } from './efficiency.ts';
import type { WalkForwardWindow } from './types.ts';

/** What the efficiency reads of a window. */
export type GrowthWindow = Pick<WalkForwardWindow, 'trainFromMs' | 'trainToMs' | 'testFromMs' | 'testToMs'> & {
  readonly inSample: { readonly totalReturn: number | null } | null;
  readonly outOfSample: { readonly totalReturn: number | null };
};

/**
 * Walk-forward efficiency in growth instead of profit: log growth a year out of sample ÷ in sample, as the ratio of totals.
 *
 * A train window compounds for longer than a test window, so that profits a year would compare unlike things: an account that grows at one and
 * the same pace in both has an efficiency of 1 here, and 0.76 in profit where it doubles in a train window of a year and tests last 90 days.
 *
 * null    where in-sample growth ≤ 0, a window lost everything, or a side is empty
 * source  Pardo (2008), Walk-Forward Efficiency, without compounding
 */
export function growthEfficiency(windows: readonly GrowthWindow[]): Undefinable {
  const stretch = (totalReturn: number | null, ms: number) => ({ profitQuote: Math.log1p(totalReturn ?? 0), years: ms / (DAYS_PER_YEAR * DAY_MS) });
  const inside = windows.map((window) => stretch(window.inSample?.totalReturn ?? 0, window.trainToMs - window.trainFromMs));
  const outside = windows.map((window) => stretch(window.outOfSample.totalReturn, window.testToMs - window.testFromMs));
  if ([...inside, ...outside].some(({ profitQuote }) => !Number.isFinite(profitQuote))) return { value: null, reason: 'a window lost everything' };
  const { value, reason } = walkForwardEfficiency(inside, outside);
  return value === null ? { value, reason: reason === 'in-sample profit is not positive' ? 'in-sample growth is not positive' : reason } : { value };
}
