import { bpsToFrac } from '../../core/index.ts';
import type { Costs, FeeSchedule, SimulationConfig } from '../../simulate/index.ts';
import type { Retrader, WalkForward } from '../../walkforward/index.ts';
import type { CostPoint, CostStress, Known } from '../evidence.ts';
import { curveOf, sharpeOfCurve, totalReturnOfCurve } from './curve.ts';

const MULTIPLES = [1, 1.5, 2, 3];
/** Tried where the account still gains at the multiples above. */
const FURTHER = [5, 10];
/** Steps that halve the bracket of the break-even: to less than 1 % of a multiple. */
const HALVINGS = 10;
/** Share of a unit's notional that its costs may reach before sizes stop making sense. */
const DEAREST_UNIT = 0.5;

/**
 * The stored choices at 1, 1.5, 2 and 3 times the fees, spread, slippage and impact, and the multiple at which nothing is left.
 *
 * Funding and borrow stay. The break-even is bracketed by the multiples tried and then bisected; 0 where the account loses even without costs.
 *
 * missing without a trade or without costs
 */
export function costStress(walk: Pick<WalkForward, 'spec' | 'openTimeMs' | 'equity' | 'trades'>, trade: Retrader): Known<CostStress> {
  const { config } = walk.spec;
  if (walk.trades.length === 0) return { missing: 'no trade out of sample' };
  if (isFree(config)) return { missing: 'the configuration states no costs to multiply' };
  const at = (multiple: number): CostPoint => {
    const curve = curveOf(walk, trade(withCosts(config, multiple)));
    return { multiple, sharpeAnn: sharpeOfCurve(curve), totalReturn: totalReturnOfCurve(curve) };
  };
  const most = Math.min(FURTHER[FURTHER.length - 1], DEAREST_UNIT / (dearestUnit(config) * config.account.maxLeverage));
  const points = MULTIPLES.filter((multiple) => multiple <= most || multiple === 1).map(at);
  for (const multiple of FURTHER) if (points.every(gains) && points[points.length - 1].multiple < most) points.push(at(Math.min(multiple, most)));
  return { points, breakEvenMultiple: breakEven(points, at), largestTried: points[points.length - 1].multiple };
}

/** A configuration whose fees, spread, slippage and impact cost so many times as much. */
export function withCosts(config: SimulationConfig, multiple: number): SimulationConfig {
  const costs = Object.fromEntries(Object.entries(config.costs).map(([name, bps]) => [name, bps * multiple])) as unknown as Costs;
  return { ...config, costs, fees: config.fees === null ? null : dearer(config.fees, multiple) };
}

/** A rebate is a cost below zero and stays as it is: stress makes nothing cheaper. */
function dearer({ name, tables }: FeeSchedule, multiple: number): FeeSchedule {
  const times = (bps: number): number => (bps > 0 ? bps * multiple : bps);
  return {
    name,
    tables: tables.map(({ fromMs, tiers }) => ({
      fromMs,
      tiers: tiers.map(({ fromVolumeQuote, takerFeeBps, makerFeeBps }) => ({ fromVolumeQuote, takerFeeBps: times(takerFeeBps), makerFeeBps: times(makerFeeBps) })),
    })),
  };
}

function gains({ totalReturn }: CostPoint): boolean {
  return totalReturn !== null && totalReturn > 0;
}

/** Between the last multiple that gains and the first that does not; null where all gain. */
function breakEven(points: readonly CostPoint[], at: (multiple: number) => CostPoint): number | null {
  const first = points.findIndex((point) => !gains(point));
  if (first < 0) return null;
  let low = first === 0 ? 0 : points[first - 1].multiple;
  let high = points[first].multiple;
  if (first === 0 && !gains(at(0))) return 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (gains(at(middle))) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function isFree({ costs, fees }: SimulationConfig): boolean {
  return Object.values(costs).every((bps) => bps === 0) && (fees === null || dearestFeeBps(fees) <= 0);
}

function dearestUnit({ costs, fees }: SimulationConfig): number {
  const feeBps = fees === null ? Math.max(costs.takerFeeBps, costs.makerFeeBps) : dearestFeeBps(fees);
  return bpsToFrac(feeBps + costs.halfSpreadBps + costs.slippageBps + costs.impactBps);
}

function dearestFeeBps({ tables }: FeeSchedule): number {
  return Math.max(...tables.flatMap(({ tiers }) => tiers.flatMap(({ takerFeeBps, makerFeeBps }) => [takerFeeBps, makerFeeBps])));
}
