import type { Series, Undefinable } from '../../core/index.ts';
import { expectedRescaledRange, hurstRescaledRange, logSlope } from './hurst-rescaled-range.ts';

/** Hurst exponents over block sizes that divide the series. */
export interface HurstByDivisors {
  /** Slope of log R/S. */
  readonly empirical: Undefinable;
  /** Anis–Lloyd, by difference. */
  readonly corrected: Undefinable;
  /** Slope of the R/S expected of independent normal values. */
  readonly theoretical: Undefinable;
  readonly blockSizes: readonly number[];
  /** Rows used, from the first. */
  readonly rows: number;
}

/**
 * Hurst exponents by rescaled range over the divisors of the length, from a smallest block on.
 *
 * Of the lengths within the last hundredth the one with most divisors is taken, and the rows after it are left out.
 *
 * source  pracma hurstexp; Weron (2002), Physica A 312
 */
export function hurstByDivisors(values: Series, { smallestBlock = 50 }: { readonly smallestBlock?: number } = {}): HurstByDivisors {
  const { rows, blockSizes } = divisibleLength(values.length, smallestBlock);
  const used = values.subarray(0, rows);
  const slope = logSlope(blockSizes, blockSizes.map(expectedRescaledRange));
  return {
    empirical: hurstRescaledRange(used, { blockSizes, ddof: 1 }),
    corrected: hurstRescaledRange(used, { blockSizes, ddof: 1, correction: 'difference' }),
    theoretical: slope === null ? { value: null, reason: 'fewer than two block sizes' } : { value: slope },
    blockSizes,
    rows,
  };
}

function divisibleLength(length: number, smallest: number): { rows: number; blockSizes: number[] } {
  let rows = Math.min(Math.floor(0.99 * length), length - 1);
  let blockSizes = divisors(rows, smallest);
  for (let candidate = rows + 1; candidate <= length; candidate++) {
    const found = divisors(candidate, smallest);
    if (found.length > blockSizes.length) [rows, blockSizes] = [candidate, found];
  }
  return { rows, blockSizes };
}

/** Divisors from the smallest up to half. */
function divisors(n: number, smallest: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor(n / 2) - smallest + 1) }, (_, i) => smallest + i).filter((size) => n % size === 0);
}
