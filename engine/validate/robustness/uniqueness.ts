import { DAY_MS } from '../../core/index.ts';
import { correlation } from '../../metrics/index.ts';
import type { Uniqueness } from '../evidence.ts';
import { olsHac } from '../regression.ts';
import type { Days } from './curve.ts';

/** Daily net returns of a registered model. */
export interface DatedReturns {
  readonly model: string;
  readonly timeMs: ArrayLike<number>;
  readonly returns: ArrayLike<number>;
}

/**
 * G15: how like the account is to each registered model, and what it earns beside all of them.
 *
 * The residual is the intercept of its daily returns on the mean of the models that have a return on the day; models with fewer common days than
 * `minCommonDays` are left out of both.
 *
 * source  `olsHac`; grading.md §2.2
 */
export function uniquenessOf(account: Days, others: readonly DatedReturns[], minCommonDays: number): Uniqueness {
  const own = byDay(account);
  const beside = others.map((other) => ({ model: other.model, common: [...byDay(other)].filter(([day]) => own.has(day)) }));
  const models = beside.map(({ model, common }) => ({
    model,
    commonDays: common.length,
    correlation: common.length < minCommonDays ? null : correlation(common.map(([day]) => own.get(day) as number), common.map(([, value]) => value)),
  }));
  const mean = meanByDay(beside.filter(({ common }) => common.length >= minCommonDays).map(({ common }) => common));
  const days = [...mean.keys()].sort((a, b) => a - b);
  const fit = olsHac(days.map((day) => own.get(day) as number), [days.map((day) => mean.get(day) as number)]);
  return { models, residual: fit === null ? null : { days: days.length, alphaAnn: fit.coefficients[0] * account.perYear, t: fit.t[0] } };
}

function byDay({ timeMs, returns }: Pick<DatedReturns, 'timeMs' | 'returns'>): Map<number, number> {
  return new Map(Array.from(timeMs, (time, i) => [Math.floor(time / DAY_MS), returns[i]]));
}

function meanByDay(series: readonly (readonly (readonly [number, number])[])[]): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [day, value] of series.flat()) {
    const { sum, count } = sums.get(day) ?? { sum: 0, count: 0 };
    sums.set(day, { sum: sum + value, count: count + 1 });
  }
  return new Map([...sums].map(([day, { sum, count }]) => [day, sum / count]));
}
