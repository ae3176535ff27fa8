import { barsPerYear, paramSpace, type ParamSpace } from '../../../engine/index.ts';
import { rulesOf, type SweepWorkload } from '../cases/sweep.ts';
import type { Proof } from '../case.ts';
import { DifferenceMeter } from '../reference/difference.ts';

/** Figures that peers give of a point, in this order, an open trade counted. */
export const PEER_FIGURES = ['total return', 'Sharpe ratio', 'drawdown', 'trades', 'win rate'] as const;

export function spaceOf({ strategy, axes }: SweepWorkload): ParamSpace {
  return paramSpace(strategy, axes, { kind: 'grid' });
}

export function yearOf({ markets: [bars] }: SweepWorkload): number {
  return barsPerYear(bars.timeframeMs, bars.instrument.calendar);
}

/**
 * Figures of a peer against the plain loop that ours were proved equal to.
 *
 * shape   rows[points × 5], by row `PEER_FIGURES`; `points` are indices of the space
 */
export function comparePeer(workload: SweepWorkload, market: number, points: readonly number[], rows: Float64Array, meter: DifferenceMeter): void {
  const space = spaceOf(workload);
  const bars = workload.markets[market];
  points.forEach((point, i) => {
    const params = space.pointAt(point);
    const ours = workload.reference(bars, params, rulesOf(workload, bars));
    const trades = ours.trades + ours.openTrades;
    const expected = [ours.totalReturn, ours.sharpeWithFirst, ours.maxDrawdown, trades, (ours.wins + ours.openWins) / trades];
    PEER_FIGURES.forEach((name, f) => meter.compare(`${name} of market ${market}, ${JSON.stringify(params)}`, rows[PEER_FIGURES.length * i + f], expected[f]));
  });
}

export function allPoints(space: ParamSpace): number[] {
  return Array.from({ length: space.points }, (_, i) => i);
}

/** A difference is an error that names the worst value; nothing is timed then. */
export function requireEqual({ against, largestDifference, tolerance }: Proof): void {
  if (!(largestDifference <= tolerance)) throw new Error(`not equal, so not timed: differs by ${largestDifference} from ${against}`);
}
