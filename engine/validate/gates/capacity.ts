import { isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { count, figure, percent } from './words.ts';

/** G16: median share of a bar's volume that a fill takes at the target size. */
export const g16: GateFunction = ({ capacity }, { G16: { maxMedianParticipation } }) => {
  const threshold = (tier: Tier): string => `median participation at most ${percent(maxMedianParticipation[tier])}`;
  if (isMissing(capacity)) return notApplicable('G16', threshold, capacity.missing);
  const { medianParticipation: median, largestParticipation, fills } = capacity;
  if (median === null) return notApplicable('G16', threshold, 'no fill met a bar with volume');
  return gate('G16', {
    statistic: `median ${percent(median, 3)} of volume, largest ${percent(largestParticipation, 2)}, of ${count(fills, 'fill')}`,
    value: median,
    at: (tier) => ({
      state: passing(maxMedianParticipation[tier] - median, 'reached'),
      threshold: threshold(tier),
      margin: maxMedianParticipation[tier] - median,
      reason: `half of the fills take more than ${percent(median, 2)} of the volume they meet`,
      remedy: `an account ${figure(median / maxMedianParticipation[tier], 1)} times smaller, or a market with more volume`,
    }),
  });
};
