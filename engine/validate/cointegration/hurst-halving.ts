import type { Series, Undefinable } from '../../core/index.ts';
import { logSlope, rescaledRange } from './hurst-rescaled-range.ts';

/**
 * Hurst exponent by slope of log mean R/S on log mean size over successive halvings of the series, blocks of eight and more.
 *
 * null    below 16 values, or where a block has no variance
 * source  pracma hurstexp ("corrected R over S"): 0.73846 for its brown72
 */
export function hurstHalving(values: Series, { smallestBlock = 8 }: { readonly smallestBlock?: number } = {}): Undefinable {
  const sizes: number[] = [];
  const ratios: number[] = [];
  for (let bounds = [0, values.length]; bounds[1] >= smallestBlock; bounds = halved(bounds)) {
    const blocks = bounds.slice(1).map((to, i) => rescaledRange(values, bounds[i], to - bounds[i], 1) ?? 0);
    sizes.push(values.length / blocks.length);
    ratios.push(blocks.includes(0) ? 0 : blocks.reduce((sum, ratio) => sum + ratio, 0) / blocks.length);
  }
  const slope = logSlope(sizes, ratios);
  return slope === null ? { value: null, reason: 'the series is too short to halve, or a block has no variance' } : { value: slope };
}

/** Every block in two; the first half of the whole is the shorter one, that of its parts the longer. */
function halved(bounds: readonly number[]): number[] {
  const extra = bounds.length > 2 ? 1 : 0;
  const middles = bounds.slice(1).map((bound, i) => bounds[i] + Math.floor((bound - bounds[i] + extra) / 2));
  return [...bounds, ...middles].sort((a, b) => a - b);
}
