import { describe, expect, it } from 'vitest';
import { driftingWalk, marketStudy } from '../../../bench/validate/error-rates/market-study.ts';
import { matrixStudy, plateauSharpes } from '../../../bench/validate/error-rates/matrix-study.ts';
import type { StudyResult } from '../../../bench/validate/error-rates/study.ts';
import { uniformDistance, wilson } from '../../../bench/validate/error-rates/tally.ts';
import type { GateId } from '../../../engine/index.ts';

const DAYS = 1_460;
const NOISE_STUDIES = 30;
const WHOLE_STUDIES = 3;
const PLANTED_STUDIES = 4;
const MARKET_STUDIES = 3;
const MILD = { kind: 'equal', rho: 0.5 } as const;

function studies(count: number, sharpeAnn: number, isWhole: boolean): Promise<StudyResult[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => matrixStudy(DAYS, plateauSharpes(sharpeAnn), MILD, { seed: 900 + i, draws: 100, isWhole })));
}

const reached = (results: readonly StudyResult[]): number => results.filter(({ verdict }) => verdict.decision !== 'reject').length;
const passed = (results: readonly StudyResult[], id: GateId): number =>
  results.filter(({ verdict }) => verdict.gates.some((gate) => gate.id === id && gate.shadow.state === 'pass')).length;

describe('simulated studies', () => {
  it('without skill rarely reach shadow, and each gate against luck alone stops most', async () => {
    const results = await studies(NOISE_STUDIES, 0, false);
    expect(reached(results)).toBeLessThanOrEqual(3);
    for (const id of ['G5', 'G6', 'G13'] as const) expect(passed(results, id), id).toBeLessThanOrEqual(6);
    expect(passed(results, 'G11')).toBeLessThanOrEqual(NOISE_STUDIES / 2);
  });

  it('without skill are stopped by the search’s own tests too', async () => {
    const results = await studies(WHOLE_STUDIES, 0, true);
    for (const id of ['G7', 'G8'] as const) expect(passed(results, id), id).toBeLessThanOrEqual(1);
  });

  it('of a plateau of true Sharpe 3 reach shadow', async () => {
    expect(reached(await studies(PLANTED_STUDIES, 3, false))).toBeGreaterThanOrEqual(PLANTED_STUDIES - 1);
  });

  it('of unskilled rules in a rising market are rejected, by the baselines among others', async () => {
    for (let i = 0; i < MARKET_STUDIES; i++) {
      const { verdict } = await marketStudy(driftingWalk(DAYS, 0.8, 900 + i), { seed: 900 + i, draws: 100, isWhole: false });
      expect(verdict.decision).toBe('reject');
      expect(verdict.blocking).toContain('G13');
    }
  });

  it('are the same for the same seed', async () => {
    const study = (): Promise<StudyResult> => matrixStudy(DAYS, plateauSharpes(0), { kind: 'smooth', neighbourRho: 0.95 }, { seed: 5, draws: 50, isWhole: false });
    expect(await study()).toEqual(await study());
  });
});

describe('shares and distances', () => {
  it('have Wilson’s interval', () => {
    // Agresti & Coull (1998): 0 of 10 → 0 … 0.278, 5 of 10 → 0.237 … 0.763
    expect(wilson(0, 10)).toMatchObject({ low: 0, high: expect.closeTo(0.2775, 4) as number });
    expect(wilson(5, 10)).toMatchObject({ low: expect.closeTo(0.2366, 4) as number, high: expect.closeTo(0.7634, 4) as number });
  });

  it('measure how far p-values are from uniform', () => {
    expect(uniformDistance([0.125, 0.375, 0.625, 0.875])).toBeCloseTo(0.125, 12);
    expect(uniformDistance([1, 1])).toBe(1);
    expect(uniformDistance([])).toBeNull();
  });
});
