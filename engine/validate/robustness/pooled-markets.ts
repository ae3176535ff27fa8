import { normalCdf } from '../../metrics/index.ts';
import type { Known, PooledMarkets } from '../evidence.ts';
import { type AccountCurve, daysOf, sharpeOfDays } from './curve.ts';

/**
 * Mean daily return over several markets' accounts, with errors that allow the markets of one day to move together.
 *
 * p is one-sided, that the true mean is not positive, by the normal.
 *
 * missing below two markets
 * source  Liang & Zeger (1986); factor G ÷ (G − 1) for G days, as Stata's `vce(cluster)` on a constant, but for (n − 1) ÷ n
 */
export function pooledMarkets(curves: readonly { readonly name: string; readonly curve: AccountCurve }[]): Known<PooledMarkets> {
  if (curves.length < 2) return { missing: 'one market' };
  const days = curves.map(({ name, curve }) => ({ name, ...daysOf(curve) }));
  const count = days.reduce((sum, { returns }) => sum + returns.length, 0);
  if (count === 0) return { missing: 'no daily return' };
  const meanDaily = days.reduce((sum, { returns }) => returns.reduce((total, r) => total + r, sum), 0) / count;
  const byDay = new Map<number, number>();
  for (const { timeMs, returns } of days) timeMs.forEach((time, d) => byDay.set(time, (byDay.get(time) ?? 0) + returns[d] - meanDaily));
  const clusters = byDay.size;
  const squares = [...byDay.values()].reduce((sum, score) => sum + score * score, 0);
  const error = clusters > 1 ? (Math.sqrt(squares) / count) * Math.sqrt(clusters / (clusters - 1)) : 0;
  const t = error > 0 ? meanDaily / error : null;
  return { markets: days.map((market) => ({ name: market.name, sharpeAnn: sharpeOfDays(market) })), meanDaily, t, p: t === null ? null : normalCdf(-t) };
}
