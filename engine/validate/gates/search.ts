import { quantile } from '../../metrics/index.ts';
import { isMissing, type SearchEvidence } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { count, figure, joined, moreYears, pValue } from './words.ts';

/** G7: Reality Check of the whole search; trials of the claim that are not in its matrix multiply p (Bonferroni). */
export const g7: GateFunction = ({ search, outOfSample: { periodsPerYear } }, { G7: { maxP } }) => {
  const threshold = (tier: Tier): string => `Reality Check p at most ${maxP[tier]}`;
  if (isMissing(search)) return notApplicable('G7', threshold, search.missing, 'keep the returns of every trial of the claim');
  const { ledgerTrials, realityCheck, trials, dsr } = search;
  if (isMissing(ledgerTrials)) return notApplicable('G7', threshold, ledgerTrials.missing, 'run the searches of this claim with the trial ledger on');
  const others = Math.max(1, ledgerTrials.n / trials);
  const p = Math.min(1, realityCheck.p * others);
  return gate('G7', {
    statistic: joined([
      `Reality Check ${pValue(p)} over ${count(trials, 'trial')}`,
      others > 1 && `of the claim’s ${ledgerTrials.n}, raised ${figure(others)} times for those not in it`,
      `DSR ${figure(dsr)}`,
    ], ', '),
    value: p,
    at: (tier) => ({
      state: passing(maxP[tier] - p, 'reached'),
      threshold: threshold(tier),
      margin: maxP[tier] - p,
      reason: `as good a best of ${count(trials, 'trial')} without skill comes in ${figure(100 * p, 1)} of 100 searches`,
      remedy: remedyOf(search, maxP[tier] / others, search.days / periodsPerYear),
    }),
  });
};

function remedyOf({ realityCheck: { null: maxima, observed } }: SearchEvidence, p: number, years: number): string {
  const critical = quantile(maxima, 1 - p);
  const advice = 'or fewer points, chosen before looking; never the same data searched again';
  if (critical === null || observed <= 0) return `a history not yet searched, ${advice}`;
  return `${moreYears(years, (critical / observed) ** 2, 'strength')}, ${advice}`;
}
