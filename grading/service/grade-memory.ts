import { DAY_MS, formatDuration } from '../../engine/index.ts';
import { type ClosedBar, closeTimeMs, type Entry, marketKey, type ModelKey, type SignalSide, type TraderGrade } from '../types/index.ts';

interface MarketMemory {
  readonly signals: Map<ModelKey, SignalSide>;
  signal: SignalSide;
  trend: SignalSide;
  /** Published grades of the last day, oldest first. */
  grades: { readonly closeTimeMs: number; readonly grade: number | null }[];
  lastOpenMs: number | null;
  /** Open time of the bar that a gap came before. */
  gapUntilMs: number | null;
}

export interface GradeMemory {
  apply(entry: Entry): void;
  /** The signal that is held; of the token itself without a model. */
  signalOf(market: string, model: ModelKey | null): SignalSide;
  trendOf(market: string): SignalSide;
  /** The grade that was published at a close time; null where none was. */
  gradeAt(market: string, closeTimeMs: number): number | null;
  /** Why a bar may get no grade; null where it may. */
  withheld(bar: ClosedBar, atMs: number): string | null;
}

/** What the grader remembers of each market: all of it from what was received and published. */
export function createGradeMemory(): GradeMemory {
  const markets = new Map<string, MarketMemory>();

  const of = (key: string): MarketMemory => {
    const known = markets.get(key) ?? { signals: new Map<ModelKey, SignalSide>(), signal: 0, trend: 0, grades: [], lastOpenMs: null, gapUntilMs: null };
    markets.set(key, known);
    return known;
  };

  return {
    apply(entry): void {
      if (entry.type === 'bar_received' && entry.payload.revision === 0) of(marketKey(entry.payload)).lastOpenMs = entry.payload.openTimeMs;
      else if (entry.type === 'gap') of(marketKey(entry.payload.market)).gapUntilMs = entry.payload.toMs;
      else if (entry.type === 'grade_published') remember(of(marketKey(entry.payload)), entry.payload);
    },
    signalOf: (key, model) => (model === null ? markets.get(key)?.signal : markets.get(key)?.signals.get(model)) ?? 0,
    trendOf: (key) => markets.get(key)?.trend ?? 0,
    gradeAt: (key, time) => markets.get(key)?.grades.find((row) => row.closeTimeMs === time)?.grade ?? null,
    withheld(bar, atMs): string | null {
      const lateMs = atMs - closeTimeMs(bar);
      if (lateMs < 0) return `received ${formatDuration(-lateMs)} before its close`;
      if (lateMs > bar.timeframeMs) return `received ${formatDuration(lateMs)} after its close`;
      return markets.get(marketKey(bar))?.gapUntilMs === bar.openTimeMs ? 'the bar before it is missing' : null;
    },
  };
}

function remember(market: MarketMemory, grade: TraderGrade): void {
  for (const { model, signal } of grade.models) market.signals.set(model, signal ?? 0);
  market.signal = grade.signal ?? 0;
  market.trend = grade.tokenTrend;
  market.grades.push({ closeTimeMs: grade.closeTimeMs, grade: grade.traderGrade });
  while (market.grades[0].closeTimeMs < grade.closeTimeMs - DAY_MS) market.grades.shift();
}
