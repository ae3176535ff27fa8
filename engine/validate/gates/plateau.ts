import { isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { above, gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { count, figure, percent } from './words.ts';

/** G10: median Sharpe ratio of the parameter neighbours ÷ that of the chosen point. */
export const g10: GateFunction = ({ plateau }, { G10: { minNeighbours, minRatio } }) => {
  const threshold = (tier: Tier): string => `median of ${minNeighbours} or more neighbours at least ${percent(minRatio[tier], 0)} of the chosen`;
  if (isMissing(plateau)) return notApplicable('G10', threshold, plateau.missing);
  const { ratio, median, chosen } = plateau;
  const defined = plateau.neighbours.filter(({ sharpeAnn }) => sharpeAnn !== null).length;
  if (defined < minNeighbours) return notApplicable('G10', threshold, `${count(defined, 'neighbour')} with a defined Sharpe ratio: a plateau needs ${minNeighbours}`, 'search a finer grid');
  return gate('G10', {
    statistic: `median Sharpe of ${count(defined, 'neighbour')} ${figure(median)}, chosen ${figure(chosen)}: ${percent(ratio, 0)}`,
    value: ratio,
    at: (tier) => ({
      state: passing(above(ratio, minRatio[tier]), 'reached'),
      threshold: threshold(tier),
      margin: above(ratio, minRatio[tier]),
      reason: ratio === null ? 'the chosen point has no positive Sharpe ratio' : `one step away ${percent(1 - ratio, 0)} of the Sharpe ratio is gone`,
      remedy: 'choose among points whose neighbours earn too',
    }),
  });
};
