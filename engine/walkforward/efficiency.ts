import type { Undefinable } from '../core/index.ts';

/** Profit of one stretch and its length in years. */
export interface Stretch {
  readonly profitQuote: number;
  readonly years: number;
}

/**
 * Annualised out-of-sample profit over annualised in-sample profit, as the ratio of totals and not the mean of ratios.
 *
 * null    where in-sample profit ≤ 0 or a side is empty
 * source  Pardo (2008), Walk-Forward Efficiency; statistics.md §5
 */
export function walkForwardEfficiency(inSample: readonly Stretch[], outOfSample: readonly Stretch[]): Undefinable {
  const inside = annualised(inSample);
  const outside = annualised(outOfSample);
  if (inside === null || outside === null) return { value: null, reason: 'no window was traded' };
  if (inside <= 0) return { value: null, reason: 'in-sample profit is not positive' };
  return { value: outside / inside };
}

function annualised(stretches: readonly Stretch[]): number | null {
  const years = stretches.reduce((sum, stretch) => sum + stretch.years, 0);
  return years > 0 ? stretches.reduce((sum, stretch) => sum + stretch.profitQuote, 0) / years : null;
}
