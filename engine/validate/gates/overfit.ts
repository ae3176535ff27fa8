import { groupedCount } from '../../core/index.ts';
import { isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { percent } from './words.ts';

/** G8: share of combinatorial splits whose in-sample winner loses out of sample; PBO is shown, not judged. */
export const g8: GateFunction = ({ overfit }, { G8: { maxProbabilityOfLoss } }) => {
  const threshold = (tier: Tier): string => `P(loss) at most ${percent(maxProbabilityOfLoss[tier], 0)}`;
  if (isMissing(overfit)) return notApplicable('G8', threshold, overfit.missing, 'search at least two points over a longer window');
  const { probabilityOfLoss, combinations, pbo } = overfit;
  return gate('G8', {
    statistic: `the in-sample winner loses in ${percent(probabilityOfLoss)} of ${groupedCount(combinations)} splits; PBO ${percent(pbo, 0)}`,
    value: probabilityOfLoss,
    at: (tier) => ({
      state: passing(maxProbabilityOfLoss[tier] - probabilityOfLoss, 'reached'),
      threshold: threshold(tier),
      margin: maxProbabilityOfLoss[tier] - probabilityOfLoss,
      reason: `choosing the best in sample loses out of sample in ${percent(probabilityOfLoss)} of splits`,
      remedy: 'fewer or more alike points, chosen before looking, or a longer history',
    }),
  });
};
