import { groupedCount } from '../../core/index.ts';
import { isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { above, gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { figure, joined, pValue, percent } from './words.ts';

/** G13: intercept over holding the market, and rank among random entries of the same turnover. */
export const g13: GateFunction = ({ baselines }, { G13: { maxP, minPercentile } }) => {
  const threshold = (tier: Tier): string => `intercept over holding with p below ${maxP[tier]}; above the ${percent(minPercentile[tier], 0)} point of random entries`;
  if (isMissing(baselines)) return notApplicable('G13', threshold, baselines.missing);
  const { hold, random } = baselines;
  const { p } = hold;
  if (p === null) return notApplicable('G13', threshold, `returns cannot be set against ${hold.name}`);
  const rank = isMissing(random) ? null : random.percentile;
  return gate('G13', {
    statistic: joined([
      `intercept ${percent(hold.alphaAnn)} a year over ${hold.name}, t ${figure(hold.t, 1)}, ${pValue(p)}`,
      isMissing(random) ? `random entries not drawn: ${random.missing}` : `better than ${percent(random.percentile)} of ${groupedCount(random.draws)} random entries`,
    ]),
    value: p,
    at: (tier) => {
      const isEarned = p < maxP[tier];
      const isRanked = rank === null || passing(above(rank, minPercentile[tier]), 'above') === 'pass';
      return {
        state: isEarned && isRanked ? 'pass' : 'fail',
        threshold: threshold(tier),
        margin: rank === null ? maxP[tier] - p : null,
        reason: joined([
          !isEarned && `what it earns beyond ${figure(hold.beta)} times the market is within chance (${pValue(p)})`,
          !isRanked && `random entries of the same turnover do as well in ${percent(1 - (rank ?? 0))} of draws`,
        ]),
        remedy: 'timing that adds to being in the market, over a history long enough to show it',
      };
    },
  });
};
