import { describe, expect, it } from 'vitest';
import { DAY_MS, seededNormal, seededRandom, uniquenessOf } from '../../../../engine/index.ts';

const FIRST = Date.UTC(2024, 0, 1);

function series(seed: number, days = 200, from = 0): { timeMs: Float64Array; returns: Float64Array } {
  const normal = seededNormal(seededRandom(seed, 'uniqueness'));
  return { timeMs: Float64Array.from({ length: days }, (_, d) => FIRST + (from + d) * DAY_MS), returns: Float64Array.from({ length: days }, () => 0.01 * normal()) };
}

const account = { ...series(1), perYear: 365 };

describe('uniqueness', () => {
  it('knows a clone by a correlation of one, whatever its leverage', () => {
    const clone = { model: 'clone@1', timeMs: account.timeMs, returns: account.returns.map((r) => 3 * r) };
    const { models: [{ correlation, commonDays }], residual } = uniquenessOf(account, [clone], 90);
    expect(correlation).toBeCloseTo(1, 12);
    expect(commonDays).toBe(200);
    expect(residual?.alphaAnn).toBeCloseTo(0, 12);
  });

  it('finds what is earned each day beside a model', () => {
    const other = { model: 'other@1', ...series(2) };
    const both = { ...account, returns: other.returns.map((r) => 0.5 * r + 0.001) };
    expect(uniquenessOf(both, [other], 90).residual?.alphaAnn).toBeCloseTo(0.365, 9);
  });

  it('compares days by their date, and not models with few in common', () => {
    const shifted = { model: 'later@1', timeMs: account.timeMs.slice(60), returns: account.returns.slice(60) };
    expect(uniquenessOf(account, [shifted], 90).models[0]).toMatchObject({ commonDays: 140, correlation: expect.closeTo(1, 12) as number });
    expect(uniquenessOf(account, [{ model: 'far@1', ...series(3, 100, 150) }], 90)).toEqual({ models: [{ model: 'far@1', commonDays: 50, correlation: null }], residual: null });
  });

  it('is empty where nothing is registered', () => {
    expect(uniquenessOf(account, [], 90)).toEqual({ models: [], residual: null });
  });
});
