import { greatest, least } from './extremes.ts';
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
  return falls.length === 0 ? null : least(falls, 0);
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

/** The same over returns, one point a return: the starting wealth is a peak and no point. null without a return. */
export function ulcerIndexOfReturns(returns: Returns): number | null {
  const falls = fallsAfterReturns(returns);
  return falls.length === 0 ? null : Math.sqrt(falls.reduce((sum, d) => sum + d * d, 0) / falls.length);
}

/** Mean depth, one point a return. null without a return. */
export function painIndex(returns: Returns): number | null {
  const falls = fallsAfterReturns(returns);
  return falls.length === 0 ? null : falls.reduce((sum, d) => sum - d, 0) / falls.length;
}

/** Growth a year less the risk-free rate, over the pain index. null without a fall. */
export function painRatio(returns: Returns, periodsPerYear: number, riskFreeAnn = 0): number | null {
  return growthOver(painIndex(returns), returns, periodsPerYear, riskFreeAnn);
}

/** Growth a year less the risk-free rate, over the ulcer index of the returns. null without a fall. */
export function ulcerPerformanceIndex(returns: Returns, periodsPerYear: number, riskFreeAnn = 0): number | null {
  return growthOver(ulcerIndexOfReturns(returns), returns, periodsPerYear, riskFreeAnn);
}

/** Growth a year by periods ÷ |deepest fall|. null without a fall. */
export function calmar(returns: Returns, periodsPerYear: number): number | null {
  const annual = cagrByPeriods(returns, periodsPerYear);
  const deepest = maxDrawdown(wealthOf(returns));
  return annual === null || deepest === null || deepest === 0 ? null : annual / -deepest;
}

/** Longest recovered fall, in positions; 0 when none was recovered. */
export function longestRecovery(curve: ArrayLike<number>): number {
  return greatest(drawdowns(curve).filter(({ recovery }) => recovery !== null).map((fall) => durationOf(fall, curve.length)), 0);
}

/** Money below each high-water mark, one figure a fall. */
export function drawdownsInMoney(curve: ArrayLike<number>): number[] {
  return drawdowns(curve).map(({ peak, trough }) => curve[peak] - curve[trough]);
}

function fallsAfterReturns(returns: Returns): number[] {
  return drawdownSeries(wealthOf(present(returns))).slice(1);
}

function growthOver(risk: number | null, returns: Returns, periodsPerYear: number, riskFreeAnn: number): number | null {
  const annual = cagrByPeriods(returns, periodsPerYear);
  return annual === null || !risk ? null : (annual - riskFreeAnn) / risk;
}
