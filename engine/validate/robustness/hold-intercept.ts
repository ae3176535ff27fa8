import { normalCdf } from '../../metrics/index.ts';
import type { Baselines } from '../evidence.ts';
import { olsHac } from '../regression.ts';
import { type AccountCurve, type Days, daysOf, sharpeOfDays } from './curve.ts';

/**
 * What the account earns beside its share in holding: daily returns on those of holding, over the days that both have.
 *
 * The intercept is stated a year; p is one-sided, that the true intercept is not positive, by the normal of the Newey–West t.
 *
 * source  `olsHac`; Jensen (1968), J. Finance 23(2)
 */
export function holdIntercept(curve: AccountCurve, hold: AccountCurve, name: string): Baselines['hold'] {
  const held = daysOf(hold);
  const { own, theirs, perYear } = onCommonDays(daysOf(curve), held);
  const fit = olsHac(own, [theirs]);
  const t = fit?.t[0] ?? null;
  return {
    name,
    sharpeAnn: sharpeOfDays(held),
    alphaAnn: fit === null ? null : fit.coefficients[0] * perYear,
    beta: fit === null ? null : fit.coefficients[1],
    t,
    p: t === null ? null : normalCdf(-t),
  };
}

function onCommonDays(account: Days, market: Days): { readonly own: number[]; readonly theirs: number[]; readonly perYear: number } {
  const returnAt = new Map(Array.from(market.timeMs, (time, d) => [time, market.returns[d]]));
  const common = Array.from(account.timeMs, (_, d) => d).filter((d) => returnAt.has(account.timeMs[d]));
  return { own: common.map((d) => account.returns[d]), theirs: common.map((d) => returnAt.get(account.timeMs[d]) as number), perYear: account.perYear };
}
