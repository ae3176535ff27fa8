import { describe, expect, it } from 'vitest';
import { hacMean } from '../../../engine/index.ts';
import { normals } from '../../support/market-of-returns.ts';

describe('the mean with Newey–West errors', () => {
  it('is worked by hand for one lag', () => {
    // mean 2, deviations −1, 1, −2, 2: γ0 = 10, γ1 = −1 − 2 − 4 = −7; variance of the sum 10 + 2·½·(−7) = 3, times 4/3, over 4²
    const { mean, t } = hacMean([1, 3, 0, 4], 1) ?? { mean: Number.NaN, t: null };
    expect(mean).toBe(2);
    expect(t).toBeCloseTo(2 / Math.sqrt((3 * 4) / 3 / 16), 12);
  });

  it('takes the automatic lag 4 (n ÷ 100)^(2/9), and none of a constant', () => {
    expect(hacMean(normals(1000, 1))?.lag).toBe(6);
    expect(hacMean([1, 1, 1, 1])?.t).toBeNull();
    expect(hacMean([1])).toBeNull();
  });

  it('believes a persistent series less than the plain error does', () => {
    const shocks = normals(2000, 3);
    let level = 0;
    const values = shocks.map((shock) => (level = 0.7 * level + shock) + 0.004);
    const [plain, robust] = [hacMean(values, 0)?.t ?? 0, hacMean(values)?.t ?? 0];
    expect(Math.abs(robust)).toBeLessThan(0.65 * Math.abs(plain));
  });
});
