import { describe, expect, it } from 'vitest';
import { GATE_IDS, judge, POLICY, policyHash } from '../../../engine/validate/index.ts';
import { healthyEvidence, luckyEvidence, missing } from '../../support/evidence.ts';

describe('a verdict', () => {
  it('is live-eligible where every gate passes or may be absent', () => {
    const verdict = judge(healthyEvidence());
    expect(verdict.decision).toBe('live-eligible');
    expect(verdict.blocking).toEqual([]);
    expect(verdict.gates.map(({ id }) => id)).toEqual([...GATE_IDS]);
    expect(verdict.gates.filter(({ shadow, live }) => shadow.state !== 'pass' || live.state !== 'pass').map(({ id }) => id)).toEqual(['G15', 'G17']);
  });

  it('rejects the best of many trials without skill, by name of gate', () => {
    const verdict = judge(luckyEvidence());
    expect(verdict.decision).toBe('reject');
    expect(verdict.blocking).toEqual(['G5', 'G6', 'G7', 'G8', 'G9', 'G10', 'G11', 'G12', 'G13']);
  });

  it('stops at shadow where only a live threshold is missed, and names the gates of the next tier', () => {
    const healthy = healthyEvidence();
    const verdict = judge({ ...healthy, sample: { ...healthy.sample, days: 500, bets: 40 } });
    expect(verdict).toMatchObject({ decision: 'shadow', blocking: ['G4'] });
  });

  it('fails a tier for a required gate that cannot be computed, and tolerates the others', () => {
    const healthy = healthyEvidence();
    for (const part of ['reproduction', 'causality', 'search', 'overfit', 'costs', 'baselines'] as const) {
      const verdict = judge({ ...healthy, [part]: missing('not looked at') });
      expect(verdict.decision, part).toBe('reject');
      for (const id of verdict.blocking) expect(verdict.gates.find((gate) => gate.id === id)).toMatchObject({ reason: 'not looked at', shadow: { state: 'n/a' } });
    }
    for (const part of ['stamps', 'latency', 'plateau', 'regimes', 'capacity', 'ruin', 'pooled'] as const) {
      expect(judge({ ...healthy, [part]: missing('not looked at') }).decision, part).toBe('live-eligible');
    }
  });

  it('carries the version and the hash of its policy', () => {
    expect(judge(healthyEvidence()).policy).toEqual({ version: 'assay-policy/2', hash: policyHash(POLICY) });
    const stricter = { ...POLICY, version: 'mine/1', G7: { maxP: { shadow: 0.001, live: 0.001 } } };
    expect(judge(healthyEvidence(), stricter)).toMatchObject({ decision: 'reject', blocking: ['G7'], policy: { version: 'mine/1' } });
    expect(policyHash(stricter)).not.toBe(policyHash(POLICY));
  });

  it('names the thresholds of a policy that is not the default', () => {
    const mine = { ...POLICY, version: 'mine/1' };
    expect(judge(healthyEvidence(), mine).policy.thresholds).toBe(mine);
  });

  it('requires uniqueness and calibration for live where a study is promoted, and not of a study', () => {
    expect(judge(healthyEvidence(), POLICY, 'promotion')).toMatchObject({ decision: 'shadow', blocking: ['G15', 'G17'] });
    const known = { uniqueness: { models: [], residual: null }, calibration: { n: 900, nEffective: 300, ece: 0.01, eceLimit95: 0.03, brierSkill: 0.002, slope: 0.9 } };
    expect(judge({ ...healthyEvidence(), ...known }, POLICY, 'promotion')).toMatchObject({ decision: 'live-eligible', blocking: [] });
    expect(judge({ ...healthyEvidence(), ...known, calibration: { ...known.calibration, ece: 0.2 } }, POLICY, 'promotion')).toMatchObject({ decision: 'reject', blocking: ['G17'] });
  });

  it('explains each gate that does not pass, and nothing where it does', () => {
    for (const evidence of [healthyEvidence(), luckyEvidence()]) {
      for (const gate of judge(evidence).gates) {
        const isClean = gate.shadow.state === 'pass' && gate.live.state === 'pass';
        expect(gate.reason === '', gate.id).toBe(isClean);
        if (isClean) expect(gate.remedy, gate.id).toBe('');
        expect(gate.statistic, gate.id).not.toMatch(/NaN|Infinity|null|undefined/);
        expect(`${gate.reason} ${gate.remedy}`, gate.id).not.toMatch(/NaN|Infinity|null/);
      }
    }
  });

  it('never passes live what fails shadow, under the default policy', () => {
    for (const gate of judge(luckyEvidence()).gates) if (gate.shadow.state === 'fail') expect(gate.live.state, gate.id).toBe('fail');
  });
});
