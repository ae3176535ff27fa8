import { type ClosedBar, closeTimeMs, type TraderGrade } from '../../grading/index.ts';
import type { Arrival } from './processors.ts';

/** A published grade of a bar with nothing in it but what a test states. */
export function traderGradeOf(bar: ClosedBar, stated: Partial<TraderGrade>): TraderGrade {
  const { venue, symbol, timeframeMs, close } = bar;
  return {
    venue, symbol, timeframeMs, closeTimeMs: closeTimeMs(bar), close, traderGrade: null, taGrade: null, quantGrade: null, signal: null, tokenTrend: 0, pUp: null, expReturn: null,
    meanLow: null, meanHigh: null, outcomeLow: null, outcomeHigh: null, horizonBars: null, nModels: 0, dispersion: null, coverage: 0, change24h: null, models: [], reason: null,
    publishedAtMs: closeTimeMs(bar), revision: 0, ...stated,
  };
}

/** Puts a grade behind every bar, as the grader does. */
export function withGrades(arrivals: readonly Arrival[], grade: (bar: ClosedBar) => Partial<TraderGrade> | null): Arrival[] {
  return arrivals.flatMap((arrival): Arrival[] => {
    if (arrival.type !== 'bar_received') return [arrival];
    const stated = grade(arrival.payload);
    return stated === null ? [arrival] : [arrival, { type: 'grade_published', model: null, payload: traderGradeOf(arrival.payload, stated), tsMs: arrival.tsMs }];
  });
}
