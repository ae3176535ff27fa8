import { describe, expect, it } from 'vitest';
import { liveRun, promisedVersion } from '../../../bench/grading/simulated-model.ts';
import { QUICK_POLICY } from '../../support/monitored-model.ts';

const MODELS = 50;

describe('simulated models', () => {
  const results = Array.from({ length: MODELS }, (_, i) => {
    const seed = 100_000 + i;
    const version = promisedVersion({ seed, sharpeAnn: 1.5, days: 1_095 });
    const run = (course: number, days: number) => liveRun({ version, seed: 10 * seed, course: () => course, days, policy: QUICK_POLICY, outcomes: 'same market' });
    return { healthy: run(0.75, 365), decayed: run(-2, 365) };
  });

  it('are seldom moved down where they keep half of their promise', () => {
    expect(results.filter(({ healthy }) => healthy.demotedOn !== null).length / MODELS).toBeLessThanOrEqual(0.25);
  });

  it('are found within a year where they decay from a Sharpe ratio of 1.5 to −2', () => {
    expect(results.filter(({ decayed }) => decayed.demotedOn !== null).length / MODELS).toBeGreaterThanOrEqual(0.85);
  });

  it('measure exactly the Sharpe ratio that they promise', () => {
    const { oos, calibration } = promisedVersion({ seed: 1, sharpeAnn: 1.5, days: 1_095 });
    const mean = oos.dailyReturns.reduce((sum, r) => sum + r, 0) / oos.dailyReturns.length;
    const variance = oos.dailyReturns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (oos.dailyReturns.length - 1);
    expect((mean / Math.sqrt(variance)) * Math.sqrt(365)).toBeCloseTo(1.5, 9);
    expect(calibration.icMean).toBeGreaterThan(0);
  });
});
