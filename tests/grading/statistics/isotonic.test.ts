import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isotonicBlocks, isotonicFit } from '../../../grading/statistics/index.ts';

const ones = (values: readonly number[]): number[] => values.map(() => 1);
const rounded = (values: Float64Array): number[] => Array.from(values, (x) => Math.round(x * 1e6) / 1e6);

describe('isotonic regression', () => {
  it("pools what falls: the example of R's isoreg, whose seven last values have the mean 21 ÷ 7", () => {
    const values = [1, 0, 4, 3, 3, 5, 4, 2, 0];
    expect(rounded(isotonicFit(values, ones(values)))).toEqual([0.5, 0.5, 3, 3, 3, 3, 3, 3, 3]);
  });

  it('leaves what rises and makes one block of what only falls', () => {
    expect([...isotonicFit([1, 2, 3], [1, 5, 1])]).toEqual([1, 2, 3]);
    expect([...isotonicFit([3, 2, 1], [1, 1, 1])]).toEqual([2, 2, 2]);
    expect(isotonicBlocks([2, 2, 3], [1, 3, 1])).toEqual([{ from: 0, to: 2, value: 2, weight: 4 }, { from: 2, to: 3, value: 3, weight: 1 }]);
  });

  it('weighs: (3 × 2 + 1 × 0) ÷ 4', () => {
    expect([...isotonicFit([2, 0], [3, 1])]).toEqual([1.5, 1.5]);
  });

  it('gives a value without weight that of a neighbour', () => {
    expect([...isotonicFit([9, 1, 0, 2, -5], [0, 1, 0, 1, 0])]).toEqual([1, 1, 1, 2, 2]);
  });

  it('rises, keeps the weighted sum, and is nearest among fits that rise', () => {
    const cases = fc.array(fc.record({ y: fc.integer({ min: -50, max: 50 }), w: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(cases, fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 40, maxLength: 40 }), (points, any) => {
      const [y, w] = [points.map((p) => p.y), points.map((p) => p.w)];
      const fit = isotonicFit(y, w);
      const other = any.slice(0, y.length).sort((a, b) => a - b);
      const error = (f: ArrayLike<number>): number => y.reduce((sum, value, i) => sum + w[i] * (value - f[i]) ** 2, 0);
      for (let i = 1; i < fit.length; i++) expect(fit[i]).toBeGreaterThanOrEqual(fit[i - 1]);
      expect(w.reduce((sum, weight, i) => sum + weight * (fit[i] - y[i]), 0)).toBeCloseTo(0, 6);
      expect(error(fit)).toBeLessThanOrEqual(error(other) + 1e-9);
    }));
  });
});
