import { conditionalValueAtRisk, correlation, maxDrawdown, sortino } from '../../engine/index.ts';
import { type DailyColumns, dailyReturnsOf, medianDollarVolume } from '../daily/index.ts';
import { INVESTOR_COMPONENTS, type InvestorComponent } from '../types/index.ts';
import { crossPercentiles } from './percentiles.ts';

/** Windows of the components, in days. */
export const INVESTOR_DAYS = { trend: 180, risk: 180, liquidity: 90, value: 365, resilience: 365 } as const;
/** Days that the book must hold. */
export const INVESTOR_HISTORY_DAYS = INVESTOR_DAYS.value + 1;
/** Share of days, worst first, that count as sell-offs of the leading market. */
const SELL_OFF_SHARE = 0.1;
const LEAST_SELL_OFFS = 15;

export interface InvestorSubject {
  readonly daily: DailyColumns;
  /** Days since it was first known. */
  readonly ageDays: number;
  /** Markets in which its base is traded. */
  readonly listings: number;
}

/** Figures of each component, higher is better; null where one cannot be computed. */
export type RawComponents = Readonly<Record<InvestorComponent, readonly (number | null)[]>>;

/**
 * What the components of one market are ranked by.
 *
 * | component | figures |
 * |---|---|
 * | trend | t of the slope of log price on time, 180 days |
 * | risk | Sortino ratio, conditional value at risk, deepest fall, 180 days |
 * | liquidity | median dollar volume; −mean (|return| ÷ dollar volume) (Amihud 2002), 90 days |
 * | value | −log(price ÷ mean price of 365 days) |
 * | resilience | −beta to, and mean return in, the sell-offs of the leading market: its worst tenth of days, 365 days |
 * | maturity | days known, markets it is traded in |
 */
export function rawComponents({ daily, ageDays, listings }: InvestorSubject, leader: DailyColumns | null): RawComponents {
  const returns = dailyReturnsOf(daily, INVESTOR_DAYS.risk);
  const hasRisk = returns.length >= INVESTOR_DAYS.risk - 1;
  return {
    trend: [trendT(daily.close)],
    risk: hasRisk ? [sortino(returns, 0, 1), conditionalValueAtRisk(returns), maxDrawdown(daily.close.slice(-INVESTOR_DAYS.risk))] : [null],
    liquidity: [medianDollarVolume(daily, INVESTOR_DAYS.liquidity), amihud(daily)],
    value: [distanceFromMean(daily.close)],
    resilience: leader === null ? [null] : resilience(daily, leader),
    maturity: [ageDays, listings],
  };
}

/** Components of all markets of one day as cross-sectional percentiles: each is ranked by the mean percentile of its figures. */
export function componentPercentiles(markets: readonly RawComponents[]): Record<InvestorComponent, number | null>[] {
  const columns = INVESTOR_COMPONENTS.map((name) => {
    const count = Math.max(...markets.map((raw) => raw[name].length));
    const ranked = Array.from({ length: count }, (_, f) => crossPercentiles(markets.map((raw) => raw[name][f] ?? null)));
    return crossPercentiles(markets.map((_, m) => meanOf(ranked.map((percentiles) => percentiles[m]).filter((value) => value !== null))));
  });
  return markets.map((_, m) => Object.fromEntries(INVESTOR_COMPONENTS.map((name, c) => [name, columns[c][m]])) as Record<InvestorComponent, number | null>);
}

function trendT(close: readonly number[]): number | null {
  if (close.length < INVESTOR_DAYS.trend) return null;
  const log = close.slice(-INVESTOR_DAYS.trend).map(Math.log);
  const r = correlation(log.map((_, i) => i), log);
  return r === null || 1 - r * r < 1e-12 ? null : r * Math.sqrt((log.length - 2) / (1 - r * r));
}

function amihud(daily: DailyColumns): number | null {
  const returns = dailyReturnsOf(daily, INVESTOR_DAYS.liquidity);
  const volumes = daily.dollarVolume.slice(-returns.length);
  const known = returns.flatMap((r, i) => (volumes[i] > 0 ? [Math.abs(r) / volumes[i]] : []));
  const mean = known.length < INVESTOR_DAYS.liquidity / 2 ? null : meanOf(known);
  return mean === null ? null : -mean;
}

function distanceFromMean(close: readonly number[]): number | null {
  if (close.length < INVESTOR_DAYS.value) return null;
  const mean = meanOf(close.slice(-INVESTOR_DAYS.value));
  return mean === null ? null : -Math.log(close[close.length - 1] / mean);
}

function resilience(daily: DailyColumns, leader: DailyColumns): (number | null)[] {
  const own = returnByDay(daily);
  const days = [...returnByDay(leader)].slice(-INVESTOR_DAYS.resilience).sort(([, a], [, b]) => a - b);
  const pairs = days.slice(0, Math.floor(SELL_OFF_SHARE * days.length)).flatMap(([day, fall]) => (own.has(day) ? [[own.get(day) as number, fall] as const] : []));
  if (pairs.length < LEAST_SELL_OFFS) return [null];
  let [product, square] = [0, 0];
  for (const [r, fall] of pairs) {
    product += r * fall;
    square += fall * fall;
  }
  return [square > 0 ? -product / square : null, meanOf(pairs.map(([r]) => r))];
}

function returnByDay({ dayMs, close }: DailyColumns): Map<number, number> {
  return new Map(dayMs.slice(1).map((day, i) => [day, close[i + 1] / close[i] - 1]));
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
