import { probit } from '../../metrics/index.ts';
import { above, gate, type GateFunction, passing } from './gate.ts';
import { figure, moreYears, percent } from './words.ts';

const NO_STRENGTH = 'nothing but another idea: the Sharpe ratio itself is not above the threshold';

/** G5: stationary-bootstrap lower bound of the out-of-sample Sharpe ratio. */
export const g5: GateFunction = ({ outOfSample }, { G5: { confidence, minSharpeAnn } }) => {
  const { observations, periodsPerYear, bootstrap } = outOfSample;
  const { estimate, lower95, lower99 } = bootstrap.sharpeAnn;
  return gate('G5', {
    statistic: `Sharpe ${figure(outOfSample.sharpeAnn)}; lower bounds ${figure(lower95)} (95 %) and ${figure(lower99)} (99 %)`,
    value: lower95,
    at: (tier) => {
      const bound = confidence[tier] === 0.99 ? lower99 : lower95;
      const least = minSharpeAnn[tier];
      const isHopeful = estimate !== null && bound !== null && estimate > least;
      return {
        state: passing(above(bound, least), 'above'),
        threshold: `${percent(confidence[tier], 0)} lower bound above ${figure(least, 1)}`,
        margin: above(bound, least),
        reason: bound === null ? 'the Sharpe ratio is undefined' : `the ${percent(confidence[tier], 0)} lower bound is ${figure(bound)}`,
        remedy: isHopeful ? moreYears(observations / periodsPerYear, ((estimate - bound) / (estimate - least)) ** 2, 'Sharpe ratio') : NO_STRENGTH,
      };
    },
  });
};

/** G6: probability of a true Sharpe ratio above zero. */
export const g6: GateFunction = ({ outOfSample }, { G6: { minPsr } }) => {
  const { psr, minTrackRecordYears, observations, periodsPerYear } = outOfSample;
  return gate('G6', {
    statistic: `P(true Sharpe > 0) is ${percent(psr)}`,
    value: psr,
    at: (tier) => {
      const years = observations / periodsPerYear;
      const needed = minTrackRecordYears === null ? null : minTrackRecordYears * (probit(minPsr[tier]) / probit(0.95)) ** 2;
      return {
        state: passing(above(psr, minPsr[tier]), 'reached'),
        threshold: `at least ${percent(minPsr[tier], 1)}`,
        margin: above(psr, minPsr[tier]),
        reason: psr === null ? 'the Sharpe ratio is undefined' : `a true Sharpe ratio of zero or less has a probability of ${percent(1 - psr)}`,
        remedy: needed === null ? NO_STRENGTH : `${moreYears(years, needed / years, 'Sharpe ratio')}: ${figure(needed, 1)} instead of ${figure(years, 1)}`,
      };
    },
  });
};
