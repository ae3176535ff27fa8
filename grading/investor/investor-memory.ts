import { DAY_MS } from '../../engine/index.ts';
import type { DailyColumns } from '../daily/index.ts';
import { type Entry, INVESTOR_COMPONENTS, type InvestorGrade, type Market } from '../types/index.ts';
import { isWeeklyUpdate } from './weekly.ts';
import { componentWeights, weekEvidence, type WeekEvidence } from './weights.ts';

/** Weeks of evidence that are kept: ten years. */
const KEPT_WEEKS = 520;

interface Snapshot {
  readonly atMs: number;
  readonly rows: Map<string, { readonly components: InvestorGrade['components']; readonly close: number }>;
}

export interface InvestorMemory {
  apply(entry: Entry): void;
  weighting(): InvestorGrade['weighting'];
  gradeAt(market: Market, closeTimeMs: number): number | null;
  ageDays(market: Market, daily: DailyColumns, atMs: number): number;
}

const keyOf = ({ venue, symbol }: Pick<Market, 'venue' | 'symbol'>): string => `${venue}:${symbol}`;

/** What the Investor Grade has learnt from what was received and published. A market that has stopped counts at its last price. */
export function createInvestorMemory({ timeframeMs, horizonDays }: { readonly timeframeMs: number; readonly horizonDays: number }): InvestorMemory {
  const closes = new Map<string, number>();
  const firstSeenMs = new Map<string, number>();
  const grades = new Map<string, { readonly atMs: number; readonly grade: number | null }[]>();
  const waiting: Snapshot[] = [];
  const weeks: WeekEvidence[] = [];
  let weighting: InvestorGrade['weighting'] = { atMs: null, ...componentWeights([], horizonDays) };

  const seen = (key: string, timeMs: number): void => {
    if (timeMs < (firstSeenMs.get(key) ?? Infinity)) firstSeenMs.set(key, timeMs);
  };

  const update = (atMs: number): void => {
    while (waiting.length > 0 && waiting[0].atMs <= atMs - horizonDays * DAY_MS) {
      const rows = [...(waiting.shift() as Snapshot).rows];
      if (rows.length >= 3) weeks.push(weekEvidence(rows.map(([, { components }]) => components), rows.map(([key, { close }]) => Math.log((closes.get(key) ?? close) / close))));
    }
    if (weeks.length > KEPT_WEEKS) weeks.splice(0, weeks.length - KEPT_WEEKS);
    weighting = { atMs, ...componentWeights(weeks, horizonDays) };
  };

  const remember = (grade: InvestorGrade): void => {
    const key = keyOf(grade);
    const kept = grades.get(key) ?? [];
    kept.push({ atMs: grade.closeTimeMs, grade: grade.investorGrade });
    while (kept[0].atMs < grade.closeTimeMs - 7 * DAY_MS) kept.shift();
    grades.set(key, kept);
    const close = closes.get(key);
    if (!isWeeklyUpdate(grade.closeTimeMs) || close === undefined || INVESTOR_COMPONENTS.every((name) => grade.components[name] === null)) return;
    if (waiting.at(-1)?.atMs !== grade.closeTimeMs) waiting.push({ atMs: grade.closeTimeMs, rows: new Map() });
    waiting.at(-1)?.rows.set(key, { components: grade.components, close });
  };

  return {
    apply(entry): void {
      if (entry.type === 'bar_received' && entry.payload.timeframeMs === timeframeMs && entry.payload.revision === 0) {
        closes.set(keyOf(entry.payload), entry.payload.close);
        seen(keyOf(entry.payload), entry.payload.openTimeMs);
      } else if (entry.type === 'history_loaded' && entry.payload.market.timeframeMs === timeframeMs && entry.payload.firstOpenMs !== null) seen(keyOf(entry.payload.market), entry.payload.firstOpenMs);
      else if (entry.type === 'close' && entry.payload.timeframeMs === timeframeMs && isWeeklyUpdate(entry.payload.closeTimeMs)) update(entry.payload.closeTimeMs);
      else if (entry.type === 'investor_published') remember(entry.payload);
    },
    weighting: () => weighting,
    gradeAt: (market, time) => grades.get(keyOf(market))?.find(({ atMs }) => atMs === time)?.grade ?? null,
    ageDays: (market, { dayMs }, atMs) => Math.floor((atMs - Math.min(dayMs[0], firstSeenMs.get(keyOf(market)) ?? Infinity)) / DAY_MS),
  };
}
