import { describe, expect, it } from 'vitest';
import { combineScores } from '../../../grading/service/combine.ts';
import type { ModelScore } from '../../../grading/index.ts';

function score(grade: number | null, weight: number, rest: Partial<ModelScore> = {}): ModelScore {
  const known = grade === null ? null : grade / 1000;
  return {
    model: 'a@1', state: 'LIVE', score: known, grade, pUp: known, expReturn: known, meanLow: known, meanHigh: known, outcomeLow: known, outcomeHigh: known, signal: grade === null ? null : 0,
    horizonBars: 24, weight, reason: grade === null ? 'none' : null, ...rest,
  };
}

describe('the grade of a token', () => {
  it('is the weighted mean of the models that answer', () => {
    const { traderGrade, pUp, nModels, coverage, dispersion, horizonBars } = combineScores([score(80, 3), score(40, 1, { horizonBars: 5 })]);
    expect(traderGrade).toBeCloseTo(70);
    expect(pUp).toBeCloseTo(0.07);
    expect(dispersion).toBeCloseTo(Math.sqrt((3 * 100 + 900) / 4));
    expect([nModels, coverage, horizonBars]).toEqual([2, 1, 24]);
  });

  it('covers less where a model has no answer, and leaves out models without weight', () => {
    const { traderGrade, coverage, nModels, dispersion } = combineScores([score(80, 1), score(null, 3), score(10, 0)]);
    expect(traderGrade).toBe(80);
    expect(coverage).toBe(0.25);
    expect(nModels).toBe(1);
    expect(dispersion).toBeNull();
  });

  it('is null, never a number, where none answers', () => {
    expect(combineScores([score(null, 1), score(50, 0)])).toMatchObject({ traderGrade: null, pUp: null, coverage: 0, nModels: 0, horizonBars: null });
    expect(combineScores([])).toMatchObject({ traderGrade: null, coverage: 0 });
  });
});
