import { quantileSorted } from 'simple-statistics';
import type { MonotoneMap } from '../types/index.ts';
import { isotonicFit } from '../statistics/index.ts';
import { scoreGroups } from './score-groups.ts';

const MOST_GROUPS = 10;
/** Independent outcomes that a 10th percentile is read from, at least. */
const LEAST_OUTCOMES = 30;

/**
 * 10th and 90th percentile of the outcome by score: those of up to ten groups of scores, made to rise with it.
 *
 * source  isotonic quantiles by pooling: Casady & Cryer (1976), Ann. Statist. 4(3)
 */
export function outcomeBand(scores: Float64Array, outcomes: Float64Array, horizonBars: number): { readonly low: MonotoneMap; readonly high: MonotoneMap } {
  const independent = scores.length / horizonBars;
  const groups = scoreGroups(scores, Math.max(1, Math.min(MOST_GROUPS, Math.floor(independent / LEAST_OUTCOMES))));
  const members: number[][] = Array.from({ length: groups.count }, () => []);
  outcomes.forEach((outcome, row) => members[groups.groupOf[row]].push(outcome));
  for (const group of members) group.sort((a, b) => a - b);
  const x = Array.from(groups.center);
  const map = (probability: number): MonotoneMap => ({ x, y: Array.from(isotonicFit(members.map((group) => quantileSorted(group, probability)), groups.rows)) });
  return { low: map(0.1), high: map(0.9) };
}
