import { annualVolatility, DAY_MS } from '../../engine/index.ts';
import { type DailyColumns, dailyOf, dailyReturnsOf, medianDollarVolume } from '../daily/index.ts';
import { type BarBook, type Market, marketKey } from '../types/index.ts';
import type { IndexRule } from './rule.ts';

/** A market that an index may hold, as it was at the time. */
export interface Member {
  /** `venue:symbol` */
  readonly symbol: string;
  readonly price: number;
  readonly dollarVolume: number;
  readonly volatilityAnn: number;
}

export interface Universe {
  /** By dollar volume, largest first. */
  readonly members: readonly Member[];
  readonly excluded: Readonly<Record<string, string>>;
}

/** Days of bars that a rule reads: a book must hold them. */
export function indexHistoryDays({ universe, weights }: IndexRule): number {
  return Math.max(universe.minHistoryDays, universe.volumeDays, weights.volatilityDays + 1);
}

/** The markets of a timeframe that a rule admits at a close, from bars up to it, and why the others are not among them. */
export function universeAt(bars: BarBook, timeframeMs: number, rule: IndexRule, closeTimeMs: number): Universe {
  const { universe, weights, delisting } = rule;
  const excluded: Record<string, string> = {};
  const days = indexHistoryDays(rule);
  const candidates = bars.markets().filter((market) => market.timeframeMs === timeframeMs).flatMap((market): Member[] => {
    const symbol = `${market.venue}:${market.symbol}`;
    const daily = dailyOf(bars, market, days);
    const reason = daily === null ? 'has no bars' : whyNot(market, daily, { universe, bars, closeTimeMs, delisting });
    if (daily === null || reason !== null) {
      excluded[symbol] = reason ?? '';
      return [];
    }
    const volatilityAnn = annualVolatility(dailyReturnsOf(daily, weights.volatilityDays), 365) ?? 0;
    return [{ symbol, price: daily.close[daily.close.length - 1], dollarVolume: medianDollarVolume(daily, universe.volumeDays) ?? 0, volatilityAnn }];
  });
  const ranked = candidates.toSorted((a, b) => b.dollarVolume - a.dollarVolume || (a.symbol < b.symbol ? -1 : 1));
  ranked.forEach(({ symbol }, i) => {
    if (i + 1 < universe.fromRank || i + 1 > universe.toRank) excluded[symbol] = `rank ${i + 1} by dollar volume`;
  });
  return { members: ranked.slice(universe.fromRank - 1, universe.toRank), excluded };
}

interface Gate extends Pick<IndexRule, 'universe' | 'delisting'> {
  readonly bars: BarBook;
  readonly closeTimeMs: number;
}

function whyNot(market: Market, daily: DailyColumns, { universe, delisting, bars, closeTimeMs }: Gate): string | null {
  const [base] = market.symbol.split('/');
  if (universe.excludeBases.includes(base)) return `${base} is excluded by the rule`;
  const last = bars.last(marketKey(market));
  if (last === null || last.openTimeMs + market.timeframeMs <= closeTimeMs - delisting.afterDays * DAY_MS) return 'has no recent bar';
  if (daily.dayMs.length < universe.minHistoryDays) return `${daily.dayMs.length} days of history, ${universe.minHistoryDays} needed`;
  const dollars = medianDollarVolume(daily, universe.volumeDays);
  if (dollars === null) return 'volume is not known';
  return dollars < universe.minMedianDollarVolume ? `median dollar volume ${Math.round(dollars)} below ${universe.minMedianDollarVolume}` : null;
}
