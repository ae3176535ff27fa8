import { type Concentration, isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { above, gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { count, figure, joined } from './words.ts';

interface Without {
  readonly what: string;
  readonly sharpeAnn: number | null;
}

/** G12: Sharpe ratio without the best trades, the best month and the best market, of those that can be left out. */
export const g12: GateFunction = ({ concentration }, { G12: { minSharpeAnn } }) => {
  const threshold = (tier: Tier): string => `each above ${figure(minSharpeAnn[tier], 1)}`;
  const parts = partsOf(concentration);
  if (parts.length === 0) return notApplicable('G12', threshold, reasonsOf(concentration));
  const least = parts.some(({ sharpeAnn }) => sharpeAnn === null) ? null : Math.min(...parts.map(({ sharpeAnn }) => sharpeAnn ?? 0));
  return gate('G12', {
    statistic: `Sharpe ${parts.map(({ what, sharpeAnn }) => `${figure(sharpeAnn)} without ${what}`).join(', ')}`,
    value: least,
    at: (tier) => {
      const gone = parts.filter(({ sharpeAnn }) => passing(above(sharpeAnn, minSharpeAnn[tier]), 'above') === 'fail').map(({ what }) => what);
      return {
        state: gone.length === 0 ? 'pass' : 'fail',
        threshold: threshold(tier),
        margin: above(least, minSharpeAnn[tier]),
        reason: `nothing is left without ${gone.join(' or ')}`,
        remedy: 'more bets, or more markets, so that no single one carries the result',
      };
    },
  });
};

function partsOf({ withoutTopTrades, withoutBestMonth, withoutBestMarket }: Concentration): Without[] {
  const parts: Without[] = [];
  if (!isMissing(withoutTopTrades)) parts.push({ what: `the best ${count(withoutTopTrades.trades, 'trade')}`, sharpeAnn: withoutTopTrades.sharpeAnn });
  if (!isMissing(withoutBestMonth)) parts.push({ what: `the best month (${withoutBestMonth.month})`, sharpeAnn: withoutBestMonth.sharpeAnn });
  if (!isMissing(withoutBestMarket)) parts.push({ what: `the best market (${withoutBestMarket.market})`, sharpeAnn: withoutBestMarket.sharpeAnn });
  return parts;
}

function reasonsOf(concentration: Concentration): string {
  return joined([...new Set(Object.values(concentration).map((part) => isMissing(part) && part.missing))]);
}
