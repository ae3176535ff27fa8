import { annualVolatility, cagrByPeriods, correlation, DAY_MS, maxDrawdown, type BarColumns, sharpe } from '../../engine/index.ts';
import type { BarBook, IndexRebalance, IndexValue } from '../types/index.ts';

/** Measured figures of an index; null where one cannot be computed. */
export interface IndexStatistics {
  readonly days: number;
  readonly totalReturn: number | null;
  readonly cagr: number | null;
  readonly volatilityAnn: number | null;
  readonly sharpeAnn: number | null;
  readonly maxDrawdown: number | null;
  /** Total return less that of the baseline. */
  readonly excessReturn: number | null;
  /** Σ turnover a year. */
  readonly turnoverAnn: number | null;
  /** Σ wᵢσᵢ ÷ σ of the last holdings over the window; 1 is no diversification. */
  readonly diversificationRatio: number | null;
  /** Of daily returns with those of the leading market. */
  readonly leaderCorrelation: number | null;
}

/** Daily closes of a market by time of the close. */
export type DailyCloses = ReadonlyMap<number, number>;

/**
 * Figures of the values of an index by UTC day.
 *
 * @param closesOf daily closes of `venue:symbol`
 * @param leader   the market that correlation is measured with, usually BTC
 */
export function indexStatistics(values: readonly IndexValue[], rebalances: readonly IndexRebalance[], closesOf: (symbol: string) => DailyCloses | null, leader: string): IndexStatistics {
  const curve = values.map(({ value }) => value);
  const returns = returnsOf(curve);
  const last = values.at(-1);
  const total = growthOf(curve);
  const base = growthOf(values.map(({ baselineValue }) => baselineValue));
  const turnover = rebalances.reduce((sum, { turnover: one }) => sum + one, 0);
  return {
    days: returns.length,
    totalReturn: total,
    cagr: cagrByPeriods(returns, 365),
    volatilityAnn: annualVolatility(returns, 365),
    sharpeAnn: sharpe(returns, 365),
    maxDrawdown: maxDrawdown(curve),
    excessReturn: total === null || base === null ? null : total - base,
    turnoverAnn: returns.length === 0 ? null : (365 * turnover) / returns.length,
    diversificationRatio: last === undefined ? null : diversification(rebalances.at(-1)?.holdings ?? [], values.map(({ atMs }) => atMs), closesOf),
    leaderCorrelation: leaderCorrelation(values, closesOf(leader)),
  };
}

/** Σ wᵢσᵢ ÷ σ(Σ wᵢrᵢ) of held markets at constant weights, over the days on which all have a close. null below 20 returns or without movement. */
function diversification(holdings: IndexRebalance['holdings'], times: readonly number[], closesOf: (symbol: string) => DailyCloses | null): number | null {
  const closes = holdings.map(({ symbol }) => closesOf(symbol));
  const common = times.filter((time) => closes.every((series) => series?.has(time) === true));
  if (holdings.length === 0 || common.length < 21) return null;
  const returns = closes.map((series) => returnsOf(common.map((time) => series?.get(time) ?? 0)));
  const mixed = returns[0].map((_, t) => holdings.reduce((sum, { weight }, i) => sum + weight * returns[i][t], 0));
  const spread = annualVolatility(mixed, 1) ?? 0;
  const parts = holdings.reduce((sum, { weight }, i) => sum + weight * (annualVolatility(returns[i], 1) ?? 0), 0);
  return spread > 0 ? parts / spread : null;
}

function leaderCorrelation(values: readonly IndexValue[], closes: DailyCloses | null): number | null {
  if (closes === null) return null;
  const both = values.filter(({ atMs }) => closes.has(atMs));
  return correlation(returnsOf(both.map(({ value }) => value)), returnsOf(both.map(({ atMs }) => closes.get(atMs) ?? 0)));
}

function returnsOf(curve: readonly number[]): number[] {
  return curve.slice(1).map((value, i) => value / curve[i] - 1);
}

function growthOf(curve: readonly number[]): number | null {
  return curve.length < 2 ? null : curve[curve.length - 1] / curve[0] - 1;
}

/** Closes at UTC midnights, of bars that a book or a dataset holds. */
export function closesByDay({ openTimeMs, close }: Pick<BarColumns, 'openTimeMs' | 'close'>, timeframeMs: number): DailyCloses {
  return new Map(Array.from(openTimeMs, (time, t) => [time + timeframeMs, close[t]] as const).filter(([time]) => time % DAY_MS === 0));
}

/**
 * What a reader must know where no market of a book has ended: the losers of the past are not in it. null where one has.
 */
export function survivorshipWarning(bars: BarBook, timeframeMs: number, atMs: number): string | null {
  const markets = bars.markets().filter((market) => market.timeframeMs === timeframeMs);
  const ended = markets.filter(({ venue, symbol }) => (bars.last(`${venue}:${symbol}@${timeframeMs}`)?.openTimeMs ?? -Infinity) + timeframeMs < atMs - 3 * DAY_MS);
  if (markets.length === 0 || ended.length > 0) return null;
  return `all ${markets.length} markets still trade: coins that were delisted before are not among them, and values of the past are too high`;
}
