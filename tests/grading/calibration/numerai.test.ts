import { describe, expect, it } from 'vitest';
import { contribution, numeraiCorr } from '../../../grading/index.ts';

const SCORES = Float64Array.of(0.3, -1, 2, 0.1, 0.3);
const RETURNS = Float64Array.of(0.01, -0.02, 0.03, 0, -0.01);

describe("Numerai's figures of five tokens", () => {
  it('are those of the published formulas, computed apart from here with another normal quantile', () => {
    expect(numeraiCorr(SCORES, RETURNS)).toBeCloseTo(0.923947920059571, 12);
    expect(contribution(SCORES, Float64Array.of(1, 2, 3, 4, 5), RETURNS)).toBeCloseTo(0.8452796220219524, 12);
  });

  it('do not change with the scale of scores or returns', () => {
    expect(numeraiCorr(SCORES.map((s) => Math.exp(s)), RETURNS.map((r) => 7 * r))).toBe(numeraiCorr(SCORES, RETURNS));
  });

  it('are undefined where all scores are the same', () => {
    expect(numeraiCorr(new Float64Array(5), RETURNS)).toBeNull();
    expect(contribution(new Float64Array(5), SCORES, RETURNS)).toBeNull();
  });
});
