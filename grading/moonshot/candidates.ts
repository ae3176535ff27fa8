import { DAY_MS } from '../../engine/index.ts';
import { type DailyColumns, dailyOf, medianDollarVolume } from '../daily/index.ts';
import { crossPercentiles } from '../investor/index.ts';
import { type BarBook, marketKey } from '../types/index.ts';
import type { MoonshotRule } from './rule.ts';

export interface Candidate {
  /** `venue:symbol` */
  readonly symbol: string;
  readonly price: number;
  /** 0 … 100 among the candidates of the day. */
  readonly score: number;
  readonly why: string;
}

/** Days of bars that a rule reads: a book must hold them. */
export function moonshotHistoryDays({ gate, score }: MoonshotRule): number {
  return Math.max(gate.minHistoryDays, gate.volumeDays, score.momentumDays + 1, score.highDays);
}

/** Markets of a timeframe with a bar at this close that pass the gate, best first. */
export function candidatesAt(bars: BarBook, timeframeMs: number, rule: MoonshotRule, closeTimeMs: number): Candidate[] {
  const days = moonshotHistoryDays(rule);
  const admitted = bars.markets().flatMap((market): { symbol: string; daily: DailyColumns }[] => {
    if (market.timeframeMs !== timeframeMs || rule.gate.excludeBases.includes(market.symbol.split('/')[0])) return [];
    const last = bars.last(marketKey(market));
    const daily = last !== null && last.openTimeMs + timeframeMs === closeTimeMs ? dailyOf(bars, market, days) : null;
    return daily !== null && passes(daily, rule.gate) ? [{ symbol: `${market.venue}:${market.symbol}`, daily }] : [];
  });
  const parts = admitted.map(({ daily }) => partsOf(daily, rule.score));
  const { momentum, volumeSurge, nearHigh } = rule.score;
  const percentiles = (['momentum', 'volumeSurge', 'nearHigh'] as const).map((name) => crossPercentiles(parts.map((part) => part[name])));
  const total = momentum + volumeSurge + nearHigh;
  return admitted.flatMap(({ symbol, daily }, m): Candidate[] => {
    const [p, q, r] = percentiles.map((column) => column[m]);
    if (p === null || q === null || r === null || total === 0) return [];
    const part = parts[m];
    const why = `${percent(part.momentum)} in ${rule.score.momentumDays} days, volume ${(part.volumeSurge ?? 0).toFixed(1)} × its median, ${percent(part.nearHigh === null ? null : part.nearHigh - 1)} from its ${rule.score.highDays}-day high`;
    return [{ symbol, price: daily.close[daily.close.length - 1], score: (momentum * p + volumeSurge * q + nearHigh * r) / total, why }];
  }).sort((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : 1));
}

function passes(daily: DailyColumns, { volumeDays, minMedianDollarVolume, maxMedianDollarVolume, minHistoryDays }: MoonshotRule['gate']): boolean {
  const dollars = medianDollarVolume(daily, volumeDays);
  return daily.dayMs.length >= minHistoryDays && dollars !== null && dollars >= minMedianDollarVolume && dollars <= (maxMedianDollarVolume ?? Infinity)
    && daily.dayMs[daily.dayMs.length - 1] - daily.dayMs[0] <= 2 * daily.dayMs.length * DAY_MS;
}

interface Parts {
  readonly momentum: number | null;
  readonly volumeSurge: number | null;
  /** Price ÷ highest price. */
  readonly nearHigh: number | null;
}

function partsOf(daily: DailyColumns, { momentumDays, surgeDays, highDays }: MoonshotRule['score']): Parts {
  const { close, high, dollarVolume } = daily;
  const now = close[close.length - 1];
  const usual = medianDollarVolume(daily, highDays);
  const recent = dollarVolume.slice(-surgeDays);
  const surge = recent.reduce((sum, value) => sum + value, 0) / recent.length;
  return {
    momentum: close.length > momentumDays ? now / close[close.length - 1 - momentumDays] - 1 : null,
    volumeSurge: usual !== null && usual > 0 && !Number.isNaN(surge) ? surge / usual : null,
    nearHigh: now / Math.max(...high.slice(-highDays)),
  };
}

function percent(frac: number | null): string {
  return frac === null ? '–' : `${frac >= 0 ? '+' : '−'}${(100 * Math.abs(frac)).toFixed(1)} %`;
}
