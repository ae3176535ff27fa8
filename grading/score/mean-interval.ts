import { quantileSorted } from 'simple-statistics';
import { type DrawPlan, drawRows, isotonicFit } from '../statistics/index.ts';
import { centredIsotonic } from './centred-isotonic.ts';
import { GroupMeans, type ScoreGroups } from './score-groups.ts';

/**
 * 95 % interval of the expected outcome at every group, by a stationary bootstrap of rows.
 *
 * It holds the percentiles of the fit before shrinkage, and their distances from that fit laid around the published mean: the first cover a relation that
 * is there, the second one that is not, where an isotonic fit finds extremes at both ends. Both bounds rise with the score.
 *
 * shape   one value a group, ascending, low ≤ mean ≤ high
 */
export function meanInterval(groups: ScoreGroups, outcomes: Float64Array, mean: Float64Array, plan: DrawPlan): { readonly low: Float64Array; readonly high: Float64Array } {
  const sums = new GroupMeans(groups);
  const fit = centredIsotonic(groups, sums.of(outcomes), null);
  const draws: Float64Array[] = [];
  for (const rows of drawRows(outcomes.length, plan)) draws.push(centredIsotonic(groups, sums.of(outcomes, rows), null));
  const sorted = Array.from(fit, (_, g) => Array.from(draws, (draw) => draw[g]).sort((a, b) => a - b));
  const bound = (probability: number, outer: (...values: number[]) => number): Float64Array => {
    const own = sorted.map((values) => quantileSorted(values, probability));
    const laid = isotonicFit(own.map((value, g) => mean[g] + value - fit[g]), groups.rows);
    return mean.map((value, g) => outer(value, own[g], laid[g]));
  };
  return { low: bound(0.025, Math.min), high: bound(0.975, Math.max) };
}
