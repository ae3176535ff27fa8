import type { Calendar } from '../../core/index.ts';
import { dailyReturns, observationsPerYear, sharpe } from '../../metrics/index.ts';
import type { WalkForward } from '../../walkforward/index.ts';

/** Account value at each close, with what a day and a year of it are. */
export interface AccountCurve {
  readonly openTimeMs: Float64Array;
  readonly equity: Float64Array;
  readonly timeframeMs: number;
  readonly calendar: Calendar;
}

/** One return a UTC day, or a bar where bars are longer; `perYear` of them make a year. */
export interface Days {
  readonly timeMs: Float64Array;
  readonly returns: Float64Array;
  readonly perYear: number;
}

/** The stitched curve of a walk-forward, or another account over the same bars. */
export function curveOf({ spec, openTimeMs, equity }: Pick<WalkForward, 'spec' | 'openTimeMs' | 'equity'>, account: { readonly equity: Float64Array } = { equity }): AccountCurve {
  const [{ timeframeMs, instrument }] = spec.markets;
  return { openTimeMs, equity: account.equity, timeframeMs, calendar: instrument.calendar };
}

/** Daily returns of a curve; of one that is ruined, up to and with the day of the ruin. */
export function daysOf({ openTimeMs, equity, timeframeMs, calendar }: AccountCurve): Days {
  const ruin = equity.findIndex((value) => value <= 0);
  const end = ruin < 0 ? equity.length : ruin + 1;
  return { ...dailyReturns(equity.subarray(0, end), openTimeMs.subarray(0, end), timeframeMs), perYear: observationsPerYear(timeframeMs, calendar) };
}

/** Annual Sharpe ratio of daily returns; null where a return loses everything, or `sharpe` is. */
export function sharpeOfDays({ returns, perYear }: Pick<Days, 'returns' | 'perYear'>): number | null {
  return returns.some((r) => r <= -1) ? null : sharpe(returns, perYear);
}

export function sharpeOfCurve(curve: AccountCurve): number | null {
  return sharpeOfDays(daysOf(curve));
}

/** Last value ÷ first − 1. null without a value. */
export function totalReturnOfCurve({ equity }: Pick<AccountCurve, 'equity'>): number | null {
  return equity.length === 0 ? null : Math.max(0, equity[equity.length - 1]) / equity[0] - 1;
}
