import { DataError, DAY_MS, formatTime } from '../../engine/index.ts';
import type { Entry, Market, SignalSide, TraderGrade } from '../types/index.ts';
import type { GradeRow, MarketView } from './state.ts';
import type { View } from './view.ts';

/** Which markets; what is not stated does not restrict. */
export interface MarketFilter {
  readonly venues?: readonly string[];
  /** `BTC/USDT`, or the base alone. */
  readonly symbols?: readonly string[];
  readonly timeframeMs?: number;
  readonly accepts?: (market: Market) => boolean;
}

export interface GradeFilter extends MarketFilter {
  /** Close times, both ends included. With neither only the newest row of each market is meant. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Rows as they were known then, revisions included; without it what was published first. */
  readonly asKnownAtMs?: number;
  readonly signal?: SignalSide;
}

/** How far back the row is looked for that was the newest at a time in the past. */
const LOOK_BACK_MS = 30 * DAY_MS;

export function marketsOf({ state }: Pick<View, 'state'>, filter: MarketFilter): MarketView[] {
  return [...state.markets.values()].filter(({ market }) => matches(market, filter)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function matches({ venue, symbol, timeframeMs }: Market, filter: MarketFilter): boolean {
  const { venues, symbols, accepts } = filter;
  return (venues?.includes(venue) ?? true)
    && (symbols?.some((one) => one === symbol || one === symbol.split('/')[0]) ?? true)
    && (filter.timeframeMs === undefined || filter.timeframeMs === timeframeMs)
    && (accepts?.({ venue, symbol, timeframeMs }) ?? true);
}

/**
 * Trader Grades that a filter asks for, the newest close first, then by market; older than the ring from the journal.
 *
 * throws  DataError `history-unavailable` where rows have fallen out of the ring and no journal was given
 */
export async function gradeRows(view: View, filter: GradeFilter): Promise<GradeRow[]> {
  const isLatest = filter.fromMs === undefined && filter.toMs === undefined;
  const markets = marketsOf(view, filter);
  const { fromMs, toMs, knownMs } = bounds(filter);
  const older = await olderRows(view, markets, fromMs, knownMs);
  const rows = markets.flatMap(({ key, grades }) => {
    const inRange = [...(older.get(key) ?? []), ...grades.values()].filter(({ tsMs, value }) => tsMs <= knownMs && value.closeTimeMs >= fromMs && value.closeTimeMs <= toMs);
    const known = asKnown(inRange, filter.asKnownAtMs !== undefined).sort((a, b) => b.value.closeTimeMs - a.value.closeTimeMs);
    return isLatest ? known.slice(0, 1) : known;
  });
  const asked = filter.signal === undefined ? rows : rows.filter(({ value }) => value.signal === filter.signal);
  return asked.sort((a, b) => b.value.closeTimeMs - a.value.closeTimeMs);
}

function bounds({ fromMs, toMs, asKnownAtMs }: GradeFilter): { readonly fromMs: number; readonly toMs: number; readonly knownMs: number } {
  const knownMs = asKnownAtMs ?? Number.POSITIVE_INFINITY;
  const isLatestThen = fromMs === undefined && toMs === undefined && asKnownAtMs !== undefined;
  return { fromMs: isLatestThen ? knownMs - LOOK_BACK_MS : (fromMs ?? (toMs === undefined ? Number.NEGATIVE_INFINITY : toMs - LOOK_BACK_MS)), toMs: toMs ?? Number.POSITIVE_INFINITY, knownMs };
}

/** What was published first of each close; or, as known, its newest revision. */
function asKnown(rows: readonly GradeRow[], withRevisions: boolean): GradeRow[] {
  if (!withRevisions) return rows.filter(({ value }) => value.revision === 0);
  const byClose = new Map<number, GradeRow>();
  for (const row of rows) {
    const kept = byClose.get(row.value.closeTimeMs);
    if (kept === undefined || row.value.revision >= kept.value.revision) byClose.set(row.value.closeTimeMs, row);
  }
  return [...byClose.values()];
}

/** Rows that have fallen out of a ring, by market. */
async function olderRows(view: View, markets: readonly MarketView[], fromMs: number, toMs: number): Promise<ReadonlyMap<string, GradeRow[]>> {
  const older = new Map<string, GradeRow[]>();
  const lacking = Number.isFinite(fromMs) ? markets.filter(({ grades }) => grades.dropped > 0 && fromMs < (grades.first()?.value.closeTimeMs ?? 0)) : [];
  if (lacking.length === 0) return older;
  if (view.readEntries === null) throw new DataError('history-unavailable', `rows before ${formatTime(lacking[0].grades.first()?.value.closeTimeMs ?? 0)} are not held, and no journal was given to read them from`);
  const firstSeq = new Map(lacking.map(({ key, grades }) => [key, grades.first()?.seq ?? 0]));
  const lastMs = Math.min(toMs, Math.max(...lacking.map(({ grades }) => grades.first()?.tsMs ?? 0)));
  for await (const entry of view.readEntries({ fromMs, toMs: lastMs, types: ['grade_published', 'grade_revised'] })) {
    const grade = gradeOf(entry);
    if (grade === null) continue;
    const key = `${grade.venue}:${grade.symbol}@${grade.timeframeMs}`;
    if (entry.seq >= (firstSeq.get(key) ?? 0)) continue;
    const rows = older.get(key) ?? [];
    rows.push({ seq: entry.seq, tsMs: entry.tsMs, value: grade, signalReturn: null, holdReturn: null });
    older.set(key, rows);
  }
  return older;
}

function gradeOf(entry: Entry): TraderGrade | null {
  return entry.type === 'grade_published' || entry.type === 'grade_revised' ? entry.payload : null;
}
