import type { Trade } from '../../simulate/index.ts';
import { isPortfolio, type Strategy, tradesTogether } from '../../strategy/index.ts';
import type { WalkForward } from '../../walkforward/index.ts';
import type { Concentration, Known } from '../evidence.ts';
import { type AccountCurve, curveOf, daysOf, sharpeOfCurve, sharpeOfDays } from './curve.ts';
import { withoutTrades } from './without-trades.ts';

const TOP_TRADES = 5;

/** Annual Sharpe ratio of the out-of-sample curve without its five best trades, its best month, and its best market. */
export function concentrationOf(walk: Pick<WalkForward, 'spec' | 'openTimeMs' | 'equity' | 'trades'>, strategy: Strategy): Concentration {
  const curve = curveOf(walk);
  return {
    withoutTopTrades: withoutTopTrades(curve, walk.trades),
    withoutBestMonth: withoutBestMonth(curve),
    withoutBestMarket: withoutBestMarket(curve, walk, strategy),
  };
}

function withoutTopTrades(curve: AccountCurve, trades: readonly Trade[]): Concentration['withoutTopTrades'] {
  const best = trades.filter(({ pnlQuote }) => pnlQuote > 0).sort((a, b) => b.pnlQuote - a.pnlQuote).slice(0, TOP_TRADES);
  if (best.length === 0) return { missing: 'no trade with a profit' };
  return { trades: best.length, sharpeAnn: sharpeOfCurve(withoutTrades(curve, best, trades)) };
}

/** The days of the calendar month (UTC) with the largest compounded return are left out. */
function withoutBestMonth(curve: AccountCurve): Concentration['withoutBestMonth'] {
  const { timeMs, returns, perYear } = daysOf(curve);
  const months = Array.from(timeMs, (time) => new Date(time).toISOString().slice(0, 7));
  const growth = new Map<string, number>();
  months.forEach((month, d) => growth.set(month, (growth.get(month) ?? 1) * (1 + returns[d])));
  if (growth.size < 2) return { missing: 'fewer than two calendar months' };
  const [month] = [...growth].reduce((best, next) => (next[1] > best[1] ? next : best));
  return { month, sharpeAnn: sharpeOfDays({ returns: returns.filter((_, d) => months[d] !== month), perYear }) };
}

function withoutBestMarket(curve: AccountCurve, { spec, trades }: Pick<WalkForward, 'spec' | 'trades'>, strategy: Strategy): Concentration['withoutBestMarket'] {
  if (!tradesTogether(strategy) || spec.markets.length < 2) return { missing: 'one market' };
  if (!isPortfolio(strategy)) return { missing: 'the markets are legs of one position' };
  const profit = spec.markets.map((_, m) => trades.reduce((sum, { market, pnlQuote }) => (market === m ? sum + pnlQuote : sum), 0));
  const best = profit.indexOf(Math.max(...profit));
  const sharpeAnn = sharpeOfCurve(withoutTrades(curve, trades.filter(({ market }) => market === best), trades));
  return { market: spec.markets[best].instrument.symbol, sharpeAnn };
}

/** The same for one strategy on several markets with an account each: the mean return of the other markets, day by day. */
export function withoutBestCurve(curves: readonly { readonly name: string; readonly curve: AccountCurve }[]): Known<{ readonly market: string; readonly sharpeAnn: number | null }> {
  if (curves.length < 2) return { missing: 'one market' };
  const days = curves.map(({ name, curve }) => ({ name, ...daysOf(curve) }));
  const total = days.map(({ returns }) => returns.reduce((sum, r) => sum + Math.log1p(Math.max(r, -1)), 0));
  const best = total.indexOf(Math.max(...total));
  const others = days.filter((_, m) => m !== best);
  const byDay = new Map<number, { sum: number; count: number }>();
  for (const { timeMs, returns } of others) {
    timeMs.forEach((time, d) => {
      const { sum, count } = byDay.get(time) ?? { sum: 0, count: 0 };
      byDay.set(time, { sum: sum + returns[d], count: count + 1 });
    });
  }
  const returns = Float64Array.from([...byDay].sort(([a], [b]) => a - b), ([, { sum, count }]) => sum / count);
  return { market: days[best].name, sharpeAnn: sharpeOfDays({ returns, perYear: days[best].perYear }) };
}
