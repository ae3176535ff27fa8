import { isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { gate, type GateFunction, notApplicable } from './gate.ts';
import { joined, percent } from './words.ts';

/** G14: loss in named shocks, and no rare kind of market that holds all the profit. */
export const g14: GateFunction = ({ regimes }, { G14: { maxShockLossFrac, rareShare } }) => {
  const threshold = (tier: Tier): string =>
    `no shock loses more than ${percent(maxShockLossFrac[tier], 0)}; no regime of ${percent(rareShare, 0)} of the days or fewer holds all the profit`;
  if (isMissing(regimes)) return notApplicable('G14', threshold, regimes.missing);
  const { shocks } = regimes;
  const alone = regimes.regimes.filter(({ profitShare }) => profitShare !== null && profitShare >= 1);
  if (shocks.length === 0 && regimes.regimes.length === 0) return notApplicable('G14', threshold, 'no named shock and no regime lies in the out-of-sample window');
  const worst = shocks.length === 0 ? null : shocks.reduce((a, b) => (b.totalReturn < a.totalReturn ? b : a));
  const rare = alone.filter(({ share }) => share <= rareShare);
  const names = alone.map(({ name }) => name).join(', ');
  return gate('G14', {
    statistic: joined([
      worst === null ? 'no named shock in the window' : `worst shock ${worst.name}: ${percent(worst.totalReturn)}`,
      alone.length === 0 ? 'no regime holds all the profit' : `all the profit in: ${names}`,
    ]),
    value: worst?.totalReturn ?? null,
    at: (tier) => {
      const deep = shocks.filter(({ totalReturn }) => -totalReturn > maxShockLossFrac[tier]);
      return {
        state: deep.length > 0 || rare.length > 0 ? 'fail' : alone.length > 0 ? 'warn' : 'pass',
        threshold: threshold(tier),
        reason: joined([
          deep.length > 0 && `loses ${deep.map(({ name, totalReturn }) => `${percent(-totalReturn)} in ${name}`).join(', ')}`,
          alone.length > 0 && `the other regimes lose what ${names} earns beyond the total`,
        ]),
        remedy: deep.length > 0 ? 'less exposure, or a stop that is filled in such bars' : 'trade only in the regime that pays, and say so in the claim',
      };
    },
  });
};
