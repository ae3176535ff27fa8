import type { SignalSide, TraderGrade } from '../../types/index.ts';
import type { GradeRow } from '../state.ts';

/** The grades of all markets of one timeframe at one close, together. */
export interface MarketMetrics {
  readonly timeframeMs: number;
  readonly closeTimeMs: number;
  readonly tokens: number;
  readonly graded: number;
  /** Mean of the grades; null without one. */
  readonly meanGrade: number | null;
  readonly shareBullish: number | null;
  readonly shareBearish: number | null;
  readonly shareLong: number | null;
  readonly shareShort: number | null;
  /** 1 from a mean grade of 60, −1 up to 40. */
  readonly marketSignal: SignalSide | null;
  /** The last one that was not 0, this close included. */
  readonly lastMarketSignal: SignalSide;
}

const BULLISH = 80;
const BEARISH = 20;
const LONG_FROM = 60;
const SHORT_TO = 40;

/** One row a timeframe and close, oldest first. */
export function marketMetrics(rows: readonly GradeRow[]): MarketMetrics[] {
  const byClose = new Map<string, TraderGrade[]>();
  for (const { value } of rows) {
    const key = `${value.timeframeMs} ${value.closeTimeMs}`;
    byClose.set(key, [...(byClose.get(key) ?? []), value]);
  }
  const last = new Map<number, SignalSide>();
  return [...byClose.values()].sort(([a], [b]) => a.closeTimeMs - b.closeTimeMs || a.timeframeMs - b.timeframeMs).map((grades) => {
    const metrics = metricsOf(grades, last.get(grades[0].timeframeMs) ?? 0);
    last.set(metrics.timeframeMs, metrics.lastMarketSignal);
    return metrics;
  });
}

function metricsOf(grades: readonly TraderGrade[], before: SignalSide): MarketMetrics {
  const known = grades.flatMap(({ traderGrade }) => (traderGrade === null ? [] : [traderGrade]));
  const share = (holds: (grade: TraderGrade) => boolean): number | null => (known.length === 0 ? null : grades.filter((grade) => grade.traderGrade !== null && holds(grade)).length / known.length);
  const meanGrade = known.length === 0 ? null : known.reduce((sum, grade) => sum + grade, 0) / known.length;
  const marketSignal = meanGrade === null ? null : signalOf(meanGrade);
  return {
    timeframeMs: grades[0].timeframeMs, closeTimeMs: grades[0].closeTimeMs, tokens: grades.length, graded: known.length, meanGrade,
    shareBullish: share(({ traderGrade }) => (traderGrade ?? 0) >= BULLISH), shareBearish: share(({ traderGrade }) => (traderGrade ?? 0) <= BEARISH),
    shareLong: share(({ signal }) => signal === 1), shareShort: share(({ signal }) => signal === -1),
    marketSignal, lastMarketSignal: marketSignal === null || marketSignal === 0 ? before : marketSignal,
  };
}

function signalOf(meanGrade: number): SignalSide {
  if (meanGrade >= LONG_FROM) return 1;
  return meanGrade <= SHORT_TO ? -1 : 0;
}
