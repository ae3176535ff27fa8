import { quantileSorted } from 'simple-statistics';
import { type DrawPlan, drawRows, isotonicFit } from '../statistics/index.ts';
import { centredIsotonic } from './centred-isotonic.ts';
import { GroupMeans, type ScoreGroups } from './score-groups.ts';

/**
 * 95 % interval of the expected outcome at every group, by a stationary bootstrap of rows.
 *
 * Its widths are those of the fit before shrinkage, laid around the published mean: shrinkage makes an estimate more careful, not more certain.
 * Both bounds are made to rise with the score, as the mean does.
 *
 * shape   one value a group, ascending, low ≤ mean ≤ high
 */
export function meanInterval(groups: ScoreGroups, outcomes: Float64Array, mean: Float64Array, plan: DrawPlan): { readonly low: Float64Array; readonly high: Float64Array } {
  const sums = new GroupMeans(groups);
  const fit = centredIsotonic(groups, sums.of(outcomes), null);
  const draws: Float64Array[] = [];
  for (const rows of drawRows(outcomes.length, plan)) draws.push(centredIsotonic(groups, sums.of(outcomes, rows), null));
  const deviation = (probability: number): Float64Array =>
    fit.map((value, g) => quantileSorted(draws.map((draw) => draw[g]).sort((a, b) => a - b), probability) - value);
  const low = isotonicFit(deviation(0.025).map((d, g) => mean[g] + Math.min(0, d)), groups.rows);
  const high = isotonicFit(deviation(0.975).map((d, g) => mean[g] + Math.max(0, d)), groups.rows);
  return { low: low.map((value, g) => Math.min(value, mean[g])), high: high.map((value, g) => Math.max(value, mean[g])) };
}
