import { type Calendar, DAY_MS, DAYS_PER_YEAR } from '../core/index.ts';

/** Returns one an observation: a UTC day, or a bar where bars are longer. */
export interface DailyReturns {
  /** Start of the day, or open of the bar. */
  readonly timeMs: Float64Array;
  readonly returns: Float64Array;
}

/**
 * Returns of an equity curve by UTC days: inference on bars shorter than a day would see power that is not there.
 *
 * A day's return is its last equity over that of the day before, so that the log returns of its bars are summed; a bar belongs to the day in
 * which it opens. The first value is the base and makes no day of its own. Bars of a day or longer are one observation each.
 *
 * shape   equity[n] → at most n − 1 returns
 * source  statistics.md §8
 */
export function dailyReturns(equity: Float64Array, openTimeMs: Float64Array, timeframeMs: number): DailyReturns {
  const n = Math.max(0, equity.length - 1);
  const timeMs = new Float64Array(n);
  const returns = new Float64Array(n);
  let count = 0;
  let base = equity[0];
  for (let t = 1; t < equity.length; t++) {
    const day = timeframeMs < DAY_MS ? Math.floor(openTimeMs[t] / DAY_MS) * DAY_MS : openTimeMs[t];
    const isLast = t === equity.length - 1 || timeframeMs >= DAY_MS || Math.floor(openTimeMs[t + 1] / DAY_MS) * DAY_MS !== day;
    if (!isLast) continue;
    timeMs[count] = day;
    returns[count++] = base > 0 ? equity[t] / base - 1 : 0;
    base = equity[t];
  }
  return { timeMs: timeMs.subarray(0, count), returns: returns.subarray(0, count) };
}

/** Observations a year of such returns, for annualising. */
export function observationsPerYear(timeframeMs: number, calendar: Calendar): number {
  if (timeframeMs > DAY_MS) return (DAYS_PER_YEAR * DAY_MS) / timeframeMs;
  return calendar === '24/7' ? 365 : 252;
}
