import { describe, expect, it } from 'vitest';
import { momentsOf, seededNormal, seededRandom, spreadOf } from '../../../engine/index.ts';
import { icLines, MONITOR_POLICY, type MonitorPolicy, monitorPolicyHash, profitLines, promisedOf } from '../../../grading/index.ts';
import { modelVersion } from '../../support/model-version.ts';

const PLAIN: MonitorPolicy = { ...MONITOR_POLICY, T6: { ...MONITOR_POLICY.T6, winsorSd: 100 } };

const QUICK: MonitorPolicy = { ...PLAIN, simulation: { paths: 200, yearDays: 365, years: 1 } };

/** Independent normal days with exactly this annual Sharpe ratio. */
function normalVersion(sharpeAnn: number, days = 1_460) {
  const normal = seededNormal(seededRandom(11, 'days'));
  const drawn = Array.from({ length: days }, normal);
  const moments = momentsOf(drawn);
  const spread = spreadOf(moments) ?? 1;
  const dailyReturns = drawn.map((z) => 0.01 * ((z - moments.mean) / spread + sharpeAnn / Math.sqrt(365)));
  return modelVersion({ oos: { ...modelVersion().oos, dailyReturns, sharpeAnn, sharpeErrorAnn: Math.sqrt(365 / days), blockDays: 1 } });
}

describe('the promise at its haircut', () => {
  it('is half of the mean; the midpoint lies halfway to 0', () => {
    const promised = promisedOf(normalVersion(1.5), PLAIN);
    expect(promised?.good).toBeCloseTo(0.75 / Math.sqrt(365), 10);
    expect(promised?.midpoint).toBeCloseTo(0.375 / Math.sqrt(365), 10);
    expect(promised?.sd).toBeCloseTo(0.01, 10);
  });

  it('is none where nothing was earned', () => {
    expect(promisedOf(normalVersion(-1), PLAIN)).toBeNull();
    expect(profitLines(normalVersion(-1), PLAIN)).toBeNull();
  });
});

describe('lines of the profit', () => {
  const lines = profitLines(normalVersion(1.5), PLAIN);

  it('are those that the design gives for independent days: 30.7 σ at 10 % a year, 36.9 σ at 5 %', () => {
    expect(lines?.cusum.watch[0]).toBeGreaterThan(29);
    expect(lines?.cusum.watch[0]).toBeLessThan(33.5);
    expect(lines?.cusum.suspend[0]).toBeGreaterThan(34.5);
    expect(lines?.cusum.suspend[0]).toBeLessThan(39.5);
  });

  it('are higher in later years, and for fewer alarms', () => {
    const [first, second, third] = lines?.cusum.watch ?? [];
    expect(second).toBeGreaterThan(first);
    expect(third).toBeGreaterThan(second);
    expect(lines?.depth.suspend[0]).toBeGreaterThan(lines?.depth.watch[0] ?? Infinity);
    expect(lines?.posterior.suspend[0]).toBeGreaterThan(lines?.posterior.watch[0] ?? Infinity);
  });

  it('lie beyond the pointwise band: it is left on some day far more often than on one', () => {
    expect(lines?.depth.watch[0]).toBeGreaterThan(1.1);
  });

  it('are the same in every call and others for another version', () => {
    const again = profitLines(normalVersion(1.5), QUICK);
    expect(profitLines(normalVersion(1.5), QUICK)).toEqual(again);
    expect(profitLines({ ...normalVersion(1.5), version: 2 }, QUICK)?.cusum).not.toEqual(again?.cusum);
  });

  it('change with the hash of the policy', () => {
    expect(monitorPolicyHash(PLAIN)).not.toBe(monitorPolicyHash(MONITOR_POLICY));
    expect(monitorPolicyHash(MONITOR_POLICY)).toBe(monitorPolicyHash(structuredClone(MONITOR_POLICY)));
  });
});

describe('lines of the rank IC', () => {
  it('take one observation a day at most, of the deviation that one market has', () => {
    const lines = icLines(modelVersion(), MONITOR_POLICY);
    expect(lines?.observationsPerYear).toBe(365);
    expect(lines?.good).toBeCloseTo(0.0205, 12);
    expect(lines?.sd).toBeGreaterThanOrEqual(0.8);
    expect(lines?.sd).toBeLessThanOrEqual(1);
  });

  it('are none without a promised IC', () => {
    expect(icLines(modelVersion({ calibration: { ...modelVersion().calibration, icMean: null } }), MONITOR_POLICY)).toBeNull();
  });
});
