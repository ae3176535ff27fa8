import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../engine/index.ts';
import { gradeParts, letterOf, modelGrade, MONITOR_POLICY, type MonitorReading, NEW_CUSUM, NO_EVIDENCE } from '../../../grading/index.ts';
import { modelVersion } from '../../support/model-version.ts';

const version = modelVersion();
const plain = { name: '', watchAt: null, suspendAt: null, n: 100, reason: 'a reason' };
const t = (id: MonitorReading['id'], state: MonitorReading['state'], value: number | null): MonitorReading => ({ ...plain, id, state, value });
const GOOD = [t('T0', 'ok', 0), t('T1', 'ok', 1), t('T3', 'ok', 0), t('T4', 'ok', 0.5), t('T11', 'ok', 1)];
const evidence: Parameters<typeof gradeParts>[0] = {
  version, readings: GOOD, belief: { mean: 1.2, sd: 0.3 }, liveReturns: 200, costs: { n: 50, sum: 50, evidence: NO_EVIDENCE }, ic: { cusum: { ...NEW_CUSUM, n: 400 }, sum: 40 },
  icLines: { good: 0.02, sd: 1, watch: [40], observationsPerYear: 365 }, brierExcess: { mean: -0.001, days: 200 }, atMs: version.promotedAtMs + 10 * DAY_MS,
};

describe('model grade', () => {
  it('is 100 where every part has all its points', () => {
    const parts = gradeParts(evidence, MONITOR_POLICY);
    expect(Object.values(parts).reduce((sum, { of }) => sum + of, 0)).toBe(100);
    expect(modelGrade(parts, GOOD, 200, MONITOR_POLICY)).toMatchObject({ letter: 'A', isProvisional: false });
    expect(parts.sharpe.points).toBeCloseTo(25, 6);
    expect(parts.reconciliation.points).toBe(25);
    expect(parts.costs.points).toBe(10);
  });

  it('is capped at 60 while provisional, and at 20 where T0 or T1 fails', () => {
    const parts = gradeParts(evidence, MONITOR_POLICY);
    expect(modelGrade(parts, GOOD, 29, MONITOR_POLICY)).toEqual({ modelGrade: 60, letter: 'C', isProvisional: true });
    for (const failed of [t('T0', 'suspend', 3), t('T1', 'watch', 0.9)]) {
      expect(modelGrade(parts, [...GOOD.filter(({ id }) => id !== failed.id), failed], 200, MONITOR_POLICY)).toEqual({ modelGrade: 20, letter: 'F', isProvisional: false });
    }
  });

  it('leaves out what cannot be known, and is null where too little is', () => {
    const little = { ...evidence, readings: [t('T11', 'ok', 1)], liveReturns: 0, belief: null, costs: { n: 0, sum: 0, evidence: NO_EVIDENCE }, ic: { cusum: NEW_CUSUM, sum: 0 }, brierExcess: null };
    const parts = gradeParts(little, MONITOR_POLICY);
    expect(parts.sharpe.points).toBeNull();
    expect(parts.calibration).toMatchObject({ points: null, n: 0, why: 'no outcome yet' });
    expect(modelGrade(parts, little.readings, 0, MONITOR_POLICY)).toEqual({ modelGrade: null, letter: null, isProvisional: true });
  });

  it('falls with each part: a Sharpe ratio in doubt, dearer fills, age', () => {
    const points = (over: Partial<typeof evidence>) => gradeParts({ ...evidence, ...over }, MONITOR_POLICY);
    const doubts = [1, 0.5, 0, -0.5].map((mean) => points({ belief: { mean, sd: 0.5 } }).sharpe.points ?? 0);
    expect(doubts).toEqual(doubts.toSorted((a, b) => b - a));
    const dear = [1, 2, 4, 8].map((multiple) => points({ costs: { n: 10, sum: 10 * multiple, evidence: NO_EVIDENCE } }).costs.points ?? 0);
    expect(dear).toEqual(dear.toSorted((a, b) => b - a));
    expect(dear.at(-1)).toBe(0);
    expect(points({ atMs: version.expiry.validUntilMs }).freshness.points).toBe(0);
    expect(points({ atMs: version.promotedAtMs + 227.5 * DAY_MS }).freshness.points).toBeCloseTo(2.5, 6);
  });

  it.each([[85, 'A'], [84.9, 'B'], [70, 'B'], [55, 'C'], [40, 'D'], [39.9, 'F']] as const)('gives %f the letter %s', (grade, letter) => {
    expect(letterOf(grade, MONITOR_POLICY.grade.letters)).toBe(letter);
  });
});
