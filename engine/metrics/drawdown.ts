import { cagrByPeriods, present, type Returns } from './returns.ts';

/** One fall from a peak; indices are positions in the curve. */
export interface Drawdown {
  /** Last position at the old peak. */
  readonly peak: number;
  readonly trough: number;
  /** First position at or above the old peak; null when it was not regained. */
  readonly recovery: number | null;
  /** Negative fraction. */
  readonly depth: number;
}

/** Wealth that begins at 1 before the first return; a missing return leaves it. */
export function wealthOf(returns: Returns): number[] {
  let wealth = 1;
  return [1, ...Array.from(returns, (r) => (wealth *= Number.isNaN(r) ? 1 : 1 + r))];
}

/** W ÷ running maximum − 1 at each position: 0 or negative. */
export function drawdownSeries(curve: ArrayLike<number>): number[] {
  let peak = -Infinity;
  return Array.from(curve, (value) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

/** Deepest fall of a curve. null for an empty one. */
export function maxDrawdown(curve: ArrayLike<number>): number | null {
  const falls = drawdownSeries(curve);
  return falls.length === 0 ? null : Math.min(0, ...falls);
}

/** Every fall, in time order. */
export function drawdowns(curve: ArrayLike<number>): Drawdown[] {
  const found: Drawdown[] = [];
  let peak = 0;
  let trough = -1;
  for (let t = 1; t < curve.length; t++) {
    if (curve[t] < curve[peak]) {
      if (trough < 0 || curve[t] < curve[trough]) trough = t;
      continue;
    }
    if (trough >= 0) found.push({ peak, trough, recovery: t, depth: curve[trough] / curve[peak] - 1 });
    peak = t;
    trough = -1;
  }
  if (trough >= 0) found.push({ peak, trough, recovery: null, depth: curve[trough] / curve[peak] - 1 });
  return found;
}

/** The deepest so many falls, deepest first. */
export function worstDrawdowns(curve: ArrayLike<number>, count = 5): Drawdown[] {
  return drawdowns(curve).sort((a, b) => a.depth - b.depth || a.peak - b.peak).slice(0, count);
}

/** Positions from peak to recovery; an unrecovered fall runs to the last one. */
export function durationOf({ peak, recovery }: Drawdown, length: number): number {
  return (recovery ?? length - 1) - peak;
}

/** √(mean of squared drawdowns) over all points. null for an empty curve. */
export function ulcerIndex(curve: ArrayLike<number>): number | null {
  const falls = drawdownSeries(curve);
  return falls.length === 0 ? null : Math.sqrt(falls.reduce((sum, d) => sum + d * d, 0) / falls.length);
}

/** Mean depth over all returns, without the starting point. null without a return. */
export function painIndex(returns: Returns): number | null {
  const falls = drawdownSeries(wealthOf(present(returns))).slice(1);
  return falls.length === 0 ? null : falls.reduce((sum, d) => sum - d, 0) / falls.length;
}

/** Growth a year less the risk-free rate, over the ulcer index of the returns. null without a fall. */
export function ulcerPerformanceIndex(returns: Returns, periodsPerYear: number, riskFreeAnn = 0): number | null {
  const annual = cagrByPeriods(returns, periodsPerYear);
  const falls = drawdownSeries(wealthOf(present(returns))).slice(1);
  const ulcer = Math.sqrt(falls.reduce((sum, d) => sum + d * d, 0) / falls.length);
  return annual === null || !(ulcer > 0) ? null : (annual - riskFreeAnn) / ulcer;
}

/** Growth a year by periods ÷ |deepest fall|. null without a fall. */
export function calmar(returns: Returns, periodsPerYear: number): number | null {
  const annual = cagrByPeriods(returns, periodsPerYear);
  const deepest = maxDrawdown(wealthOf(returns));
  return annual === null || deepest === null || deepest === 0 ? null : annual / -deepest;
}

/** Longest recovered fall, in positions; 0 when none was recovered. */
export function longestRecovery(curve: ArrayLike<number>): number {
  return Math.max(0, ...drawdowns(curve).filter(({ recovery }) => recovery !== null).map((fall) => durationOf(fall, curve.length)));
}

/** Money below each high-water mark, one figure a fall. */
export function drawdownsInMoney(curve: ArrayLike<number>): number[] {
  return drawdowns(curve).map(({ peak, trough }) => curve[peak] - curve[trough]);
}
