import type { SimulationConfig } from '../../simulate/index.ts';
import { type CostStress, isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { above, gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { figure, joined } from './words.ts';

/** G9: net Sharpe at a multiple of the assumed costs, and the multiple at which nothing is left. */
export const g9: GateFunction = ({ costs, subject }, { G9: { multiple, minSharpeAnn, minBreakEvenMultiple } }) => {
  const threshold = (tier: Tier): string =>
    joined([`Sharpe above ${figure(minSharpeAnn[tier], 1)} at ${multiple} times the costs`, `break-even at ${minBreakEvenMultiple[tier]} times or more`]);
  if (isMissing(costs)) return notApplicable('G9', threshold, costs.missing);
  const point = costs.points.find((one) => one.multiple === multiple);
  if (point === undefined) return notApplicable('G9', threshold, `no curve at ${multiple} times the costs`);
  const breakEven = breakEvenOf(costs);
  const isUnbroken = breakEven !== null && costs.breakEvenMultiple === null;
  const breaks = breakEven === null ? 'it loses even at the assumed costs' : `break-even is ${isUnbroken ? 'above ' : ''}${figure(breakEven, 1)} times the assumed costs`;
  return gate('G9', {
    statistic: `Sharpe ${figure(point.sharpeAnn)} at ${multiple} times the costs; ${breaks}`,
    value: breakEven,
    at: (tier) => {
      const sharpeState = passing(above(point.sharpeAnn, minSharpeAnn[tier]), 'above');
      const breakState = passing(above(breakEven, minBreakEvenMultiple[tier]), 'reached');
      return {
        state: sharpeState === 'pass' && breakState === 'pass' ? 'pass' : 'fail',
        threshold: threshold(tier),
        margin: sharpeState === 'pass' ? above(breakEven, minBreakEvenMultiple[tier]) : above(point.sharpeAnn, minSharpeAnn[tier]),
        reason: joined([sharpeState === 'fail' && `Sharpe ${figure(point.sharpeAnn)} at ${multiple} times the costs`, breakState === 'fail' && breaks]),
        remedy: remedyOf(breakEven, Math.max(multiple, minBreakEvenMultiple[tier]), subject.config),
      };
    },
  });
};

/** The break-even multiple; the largest tried where nothing tried loses, null where the assumed costs lose already and no smaller is known. */
function breakEvenOf({ points, breakEvenMultiple, largestTried }: CostStress): number | null {
  if (breakEvenMultiple !== null) return breakEvenMultiple;
  return points.every(({ totalReturn }) => totalReturn !== null && totalReturn > 0) ? largestTried : null;
}

function remedyOf(breakEven: number | null, needed: number, { costs: { takerFeeBps, halfSpreadBps, slippageBps }, fees }: SimulationConfig): string {
  if (breakEven === null || breakEven <= 0) return 'trade less often, or more for each trade: no cost above zero is earned';
  const assumed = takerFeeBps + halfSpreadBps + slippageBps;
  const allowed = (breakEven / needed) * assumed;
  const fee = allowed - halfSpreadBps - slippageBps;
  const less = fees !== null ? `costs ${figure(needed / breakEven, 1)} times lower`
    : fee >= 0 ? `fees of ${figure(fee, 1)} bps instead of ${takerFeeBps}` : `costs of ${figure(allowed, 1)} bps a side instead of ${figure(assumed, 1)}`;
  return `break-even is ${figure(breakEven, 1)} times the assumed costs: ${less}, or fewer trades for the same profit`;
}
