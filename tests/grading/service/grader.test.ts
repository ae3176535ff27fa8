import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../engine/index.ts';
import type { Entry, TraderGrade } from '../../../grading/index.ts';
import { gradingEntries } from '../../support/grading-entries.ts';

const stream = gradingEntries({ days: 6 });
const graded = stream.entries.filter((entry) => entry.type === 'grade_published') as Entry<'grade_published'>[];
const [first, second] = stream.markets;
const of = (symbol: string): TraderGrade[] => graded.map(({ payload }) => payload).filter((grade) => grade.symbol === symbol);

describe('the grader', () => {
  it('gives every received bar one grade, and the corrected bar a second that is only a revision', () => {
    const bars = stream.entries.filter((entry) => entry.type === 'bar_received');
    expect(graded.length).toBe(bars.length - 1);
    const revised = stream.entries.filter((entry) => entry.type === 'grade_revised') as Entry<'grade_revised'>[];
    expect(revised).toHaveLength(1);
    expect(revised[0].payload.revision).toBe(1);
    expect(of(first.symbol).filter(({ closeTimeMs }) => closeTimeMs === revised[0].payload.closeTimeMs)).toHaveLength(1);
  });

  it('has figures in their ranges, or none and a reason', () => {
    for (const { payload } of graded) {
      if (payload.traderGrade === null) expect(payload.reason).toBeTruthy();
      else {
        expect(payload.traderGrade).toBeGreaterThanOrEqual(0);
        expect(payload.traderGrade).toBeLessThanOrEqual(100);
        expect(payload.meanLow).toBeLessThanOrEqual(payload.expReturn ?? Number.NaN);
        expect(payload.expReturn).toBeLessThanOrEqual(payload.meanHigh ?? Number.NaN);
        expect(payload.reason).toBeNull();
      }
    }
  });

  it('gives no grade to the bar after a gap, and says why', () => {
    const gap = stream.entries.find((entry) => entry.type === 'gap') as Entry<'gap'>;
    const after = of(second.symbol).find(({ closeTimeMs }) => closeTimeMs === gap.payload.toMs + HOUR_MS);
    expect(after?.traderGrade).toBeNull();
    expect(after?.reason).toBe('the bar before it is missing');
    expect(after?.models.every(({ score, reason }) => score === null && reason !== null)).toBe(true);
    expect(of(second.symbol).find(({ closeTimeMs }) => closeTimeMs === gap.payload.toMs + 2 * HOUR_MS)?.traderGrade).not.toBeNull();
  });

  it('measures the change over 24 hours against the grade that was published then', () => {
    const grades = of(first.symbol);
    const late = grades[grades.length - 1];
    const before = grades.find(({ closeTimeMs }) => closeTimeMs === late.closeTimeMs - 24 * HOUR_MS);
    expect(late.change24h).toBeCloseTo((late.traderGrade ?? 0) - (before?.traderGrade ?? 0), 12);
    expect(grades[3].change24h).toBeNull();
  });

  it('keeps models in the shadow out of the published grade', () => {
    const early = of(first.symbol)[0];
    expect(Object.fromEntries(early.models.map(({ state, weight }) => [state, weight > 0]))).toEqual({ LIVE: true, SHADOW: false });
    expect(early.nModels).toBe(1);
    expect(of(first.symbol).at(-1)?.nModels).toBe(2);
  });

  it('keeps the last signal that was not flat as the trend', () => {
    let trend = 0;
    for (const { signal, tokenTrend } of of(first.symbol)) {
      if (signal !== null && signal !== 0) trend = signal;
      expect(tokenTrend).toBe(trend);
    }
  });
});
