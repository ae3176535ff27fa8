import { type Calendar, DAY_MS, formatDuration, formatTime } from '../../engine/core/index.ts';
import type { RawCandles } from '../types.ts';
import { type Finding, findingOf } from './finding.ts';

export interface GapRule {
  readonly timeframeMs: number;
  readonly calendar: Calendar;
  /** Bars are calendar months, of whatever length. */
  readonly monthly: boolean;
}

/** Missing bars between ascending times. Under `session` a weekend, and within a day's bars the night, is no gap. */
export function findGaps(candles: RawCandles, rule: GapRule): Finding[] {
  const { openTimeMs } = candles;
  const missing = new Map<number, number>();
  for (let t = 1; t < openTimeMs.length; t++) {
    const bars = missingBars(openTimeMs[t - 1], openTimeMs[t], rule);
    if (bars > 0) missing.set(t, bars);
  }
  const rows = [...missing.keys()];
  const distance = (t: number): number => openTimeMs[t] - openTimeMs[t - 1];
  const longest = rows.reduce((best, t) => (distance(t) > distance(best) ? t : best), rows[0]);
  const say = (t: number): string => `${missing.get(t)} missing after ${formatTime(openTimeMs[t - 1])} (${formatDuration(distance(t))})`;
  const ranked = [longest, ...rows.filter((row) => row !== longest)];
  return findingOf(candles, rows.length === 0 ? [] : ranked, {
    kind: 'gap', severity: 'warn', say,
    measures: { missingBars: [...missing.values()].reduce((sum, bars) => sum + bars, 0), longestMs: rows.length === 0 ? 0 : distance(longest) },
  }).map((finding) => ({ rows: [], defect: { ...finding.defect, firstLine: candles.line[rows[0]], firstTimeMs: openTimeMs[rows[0]] } }));
}

function missingBars(beforeMs: number, afterMs: number, { timeframeMs, calendar, monthly }: GapRule): number {
  if (monthly) return monthIndex(afterMs) - monthIndex(beforeMs) - 1;
  const bars = Math.round((afterMs - beforeMs) / timeframeMs) - 1;
  if (calendar === '24/7' || bars <= 0) return bars;
  if (timeframeMs > DAY_MS) return bars;
  if (timeframeMs < DAY_MS) return Math.floor(beforeMs / DAY_MS) === Math.floor(afterMs / DAY_MS) ? bars : 0;
  return bars - weekendDays(beforeMs, afterMs);
}

function monthIndex(timeMs: number): number {
  const date = new Date(timeMs);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/** Saturdays and Sundays strictly between two days. */
function weekendDays(beforeMs: number, afterMs: number): number {
  let days = 0;
  for (let day = beforeMs + DAY_MS; day < afterMs; day += DAY_MS) if ([0, 6].includes(new Date(day).getUTCDay())) days++;
  return days;
}
