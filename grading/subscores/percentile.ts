import { kernels } from '../../engine/index.ts';

/**
 * Where the last value lies among those of its trailing window: 0 lowest, 1 highest, equals counting half.
 *
 * null    unless every value of the window is known
 */
export function percentileOfLast(values: Float64Array, windowBars: number): number | null {
  if (values.length < windowBars) return null;
  const rank = kernels.rollingRank(values.subarray(values.length - windowBars), windowBars)[windowBars - 1];
  return Number.isNaN(rank) ? null : rank;
}
