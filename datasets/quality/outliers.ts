import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowsWhere } from './finding.ts';

/** Robust standard deviations beyond which a move that reverts is called an outlier. */
const OUTLIER_SIGMAS = 20;
/** In a wild market a bar that doubles or halves the price, and back, is one below those as well. */
const DOUBLING_LOG_RETURN = Math.log(2);
/** A calm market's spike is no outlier below this log return. */
const LEAST_LOG_RETURN = 0.05;
/** A tenfold move within or between bars is told whether it reverts or not. */
const EXTREME_LOG_RETURN = Math.log(10);
/** More returns than these, evenly spaced, do not move the deviation. */
const MOST_SAMPLED = 100_000;
/** A return whose median absolute deviation is 1 has this standard deviation, if normal. */
const SIGMA_OF_MAD = 1.4826;

/**
 * Prices that jump away and come back, and tenfold moves: suspected, never removed.
 *
 * source  Hampel (1974): median absolute deviation, here of the close's non-zero log returns
 */
export function findOutliers(candles: RawCandles): Finding[] {
  const { high, low, close } = candles;
  const returns = close.map((value, t) => (t === 0 ? 0 : Math.log(value / close[t - 1])));
  const limit = Math.max(LEAST_LOG_RETURN, Math.min(DOUBLING_LOG_RETURN, OUTLIER_SIGMAS * robustSigma(returns)));
  const reverts = (t: number): boolean => t + 1 < close.length && Math.abs(returns[t] + returns[t + 1]) < Math.abs(returns[t]) / 2;
  const rows = rowsWhere(candles, (t) =>
    Math.abs(returns[t]) > EXTREME_LOG_RETURN || Math.log(high[t] / low[t]) > EXTREME_LOG_RETURN || (Math.abs(returns[t]) > limit && reverts(t)));
  return findingOf(candles, rows, {
    kind: 'outlier', severity: 'warn',
    say: (t) => `close ${close[t]} after ${t === 0 ? 'none' : close[t - 1]}${t + 1 < close.length ? ` and before ${close[t + 1]}` : ''}, range ${low[t]} to ${high[t]}`,
  });
}

function robustSigma(returns: Float64Array): number {
  const every = Math.ceil(returns.length / MOST_SAMPLED);
  const moves = returns.filter((value, t) => t % every === 0 && Number.isFinite(value) && value !== 0);
  const centre = median(moves);
  return SIGMA_OF_MAD * median(moves.map((value) => Math.abs(value - centre)));
}

function median(values: Float64Array): number {
  return values.length === 0 ? 0 : values.toSorted()[values.length >> 1];
}
