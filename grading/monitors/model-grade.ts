import { DAY_MS } from '../../engine/index.ts';
import type { Letter, ModelHealth, ModelVersion, MonitorId, MonitorReading } from '../types/index.ts';
import type { CostRecord } from './costs.ts';
import type { MonitorPolicy } from './policy.ts';
import type { IcLines, IcRecord } from './rank-ic.ts';
import { figure } from './reading.ts';
import { probabilityAbove, type SharpeBelief, updateSharpe } from './sharpe-posterior.ts';

type Parts = ModelHealth['parts'];
type Part = Parts[keyof Parts];

/** What the parts of a grade are made of. */
export interface GradeEvidence {
  readonly version: ModelVersion;
  readonly readings: readonly MonitorReading[];
  readonly belief: SharpeBelief | null;
  readonly liveReturns: number;
  readonly costs: CostRecord;
  readonly ic: IcRecord;
  readonly icLines: IcLines | null;
  /** Mean Brier score less the base rate's, and its days. */
  readonly brierExcess: { readonly mean: number; readonly days: number } | null;
  readonly atMs: number;
}

/** Points of each part, or null where nothing speaks for or against it. */
export function gradeParts(evidence: GradeEvidence, policy: MonitorPolicy): Parts {
  return {
    reconciliation: reconciliationPart(evidence, policy), calibration: calibrationPart(evidence), sharpe: sharpePart(evidence, policy),
    costs: costsPart(evidence), health: healthPart(evidence, policy), freshness: freshnessPart(evidence),
  };
}

/**
 * Model grade: points ÷ possible points of the parts that can be computed, capped while provisional and where T0 or T1 fails.
 *
 * null    where fewer than `minPoints` could be had
 */
export function modelGrade(parts: Parts, readings: readonly MonitorReading[], liveDays: number, { grade }: MonitorPolicy): Pick<ModelHealth, 'modelGrade' | 'letter' | 'isProvisional'> {
  const isProvisional = liveDays < grade.provisionalDays;
  const known = Object.values(parts).filter(({ points }) => points !== null);
  const of = known.reduce((sum, part) => sum + part.of, 0);
  if (of < grade.minPoints) return { modelGrade: null, letter: null, isProvisional };
  const whole = (100 * known.reduce((sum, { points }) => sum + (points ?? 0), 0)) / of;
  const hasFailed = readingOf(readings, 'T0')?.state === 'suspend' || ['watch', 'suspend'].includes(readingOf(readings, 'T1')?.state ?? 'n/a');
  const capped = Math.min(whole, isProvisional ? grade.provisionalCap : 100, hasFailed ? grade.failureCap : 100);
  return { modelGrade: capped, letter: letterOf(capped, grade.letters), isProvisional };
}

export function letterOf(grade: number, letters: MonitorPolicy['grade']['letters']): Letter {
  for (const letter of ['A', 'B', 'C', 'D'] as const) if (grade >= letters[letter]) return letter;
  return 'F';
}

function readingOf(readings: readonly MonitorReading[], id: MonitorId): MonitorReading | undefined {
  return readings.find((one) => one.id === id);
}

/** 0 at `from`, 1 at `to`, linear between. */
function ramp(value: number, from: number, to: number): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}

function part(of: number, share: number | null, n: number, why: string): Part {
  return { points: share === null ? null : of * share, of, n, why };
}

/** All points at the agreement that T1 asks for, none at ten times its disagreement. */
function reconciliationPart({ readings }: GradeEvidence, { T1 }: MonitorPolicy): Part {
  const t1 = readingOf(readings, 'T1');
  if (t1 === undefined || t1.value === null) return part(25, null, t1?.n ?? 0, t1?.reason ?? 'not replayed');
  const agreement = ramp(t1.value, 1 - 10 * (1 - T1.minAgreement), T1.minAgreement);
  return part(25, t1.state === 'ok' ? agreement : agreement * 0.2, t1.n, t1.reason);
}

/** 15 of 25 by the probability that the rank IC is above 0, given a prior at its haircut; 10 by a Brier score no worse than the base rate's. */
function calibrationPart({ ic, icLines, brierExcess, version }: GradeEvidence): Part {
  const brier = brierExcess === null ? null : 1 - ramp(brierExcess.mean, 0, 0.1 * version.calibration.brierBase);
  const n = Math.max(ic.cusum.n, brierExcess?.days ?? 0);
  if (icLines === null || ic.cusum.n === 0) return part(25, brier, n, brier === null ? 'no outcome yet' : 'Brier score against the base rate; no rank IC was promised');
  const belief = updateSharpe({ mean: icLines.good, sd: icLines.good }, ic.sum / ic.cusum.n, icLines.sd / Math.sqrt(ic.cusum.n));
  const chance = probabilityAbove(belief, 0);
  const skill = ramp(chance, 0.2, 0.85);
  return part(25, brier === null ? skill : 0.6 * skill + 0.4 * brier, n, `P(rank IC > 0) ${figure(chance)}${brierExcess === null ? '' : `, Brier score less the base rate's ${figure(brierExcess.mean)}`}`);
}

/** 70 % by P(SR > 0) from 0.2 to 0.9, 30 % by P(SR above the haircut promise) up to a half. */
function sharpePart({ belief, version, liveReturns }: GradeEvidence, { haircut }: MonitorPolicy): Part {
  if (belief === null || liveReturns === 0) return part(25, null, liveReturns, 'no live day against a promise yet');
  const above = probabilityAbove(belief, 0);
  const kept = probabilityAbove(belief, haircut * (version.oos.sharpeAnn ?? 0));
  return part(25, 0.7 * ramp(above, 0.2, 0.9) + 0.3 * ramp(kept, 0, 0.5), liveReturns, `P(Sharpe > 0) ${figure(above)}, P(above the haircut promise) ${figure(kept)}`);
}

/** All points where fills cost no more than modelled, none at the break-even multiple. */
function costsPart({ costs: { n, sum }, version: { oos: { breakEvenMultiple } } }: GradeEvidence): Part {
  if (n === 0 || breakEvenMultiple === null) return part(10, null, n, n === 0 ? 'no fill yet' : 'no break-even multiple was measured');
  return part(10, breakEvenMultiple > 1 ? 1 - ramp(sum / n, 1, breakEvenMultiple) : 0, n, `fills cost ${figure(sum / n)} times what was modelled, break-even ${figure(breakEvenMultiple)}`);
}

/** 4 points by incidents, 3 each by inputs and scores that look as they did; those without a reading are left out. */
function healthPart({ readings }: GradeEvidence, { T0, T3 }: MonitorPolicy): Part {
  const [t0, t3, t4] = (['T0', 'T3', 'T4'] as const).map((id) => readingOf(readings, id));
  const shares = [
    { of: 4, share: t0 === undefined || t0.state === 'n/a' ? null : t0.value === null ? 0 : 1 - ramp(t0.value, 0, T0.suspendCount), reading: t0 },
    { of: 3, share: t3 === undefined || t3.value === null ? null : 1 - ramp(t3.value, 0, 2 * T3.driftingShare), reading: t3 },
    { of: 3, share: t4 === undefined || t4.state === 'n/a' ? null : t4.state === 'ok' ? 1 : 0, reading: t4 },
  ].filter(({ share }) => share !== null);
  const of = shares.reduce((sum, one) => sum + one.of, 0);
  const share = of === 0 ? null : shares.reduce((sum, one) => sum + one.of * (one.share ?? 0), 0) / of;
  return part(10, share, Math.max(0, ...shares.map((one) => one.reading?.n ?? 0)), share === null ? 'no reading of data or inputs yet' : `${shares.length} of 3 readings: data, inputs, scores`);
}

/** All points until retraining is due, none when the version expires. */
function freshnessPart({ version: { expiry, promotedAtMs }, readings, atMs }: GradeEvidence): Part {
  const dueMs = Math.min(expiry.validUntilMs, promotedAtMs + (expiry.retrainEveryDays > 0 ? expiry.retrainEveryDays * DAY_MS : Number.POSITIVE_INFINITY));
  const share = atMs > expiry.validUntilMs ? 0 : atMs <= dueMs ? 1 : 1 - ramp(atMs, dueMs, expiry.validUntilMs);
  return part(5, share, 1, readingOf(readings, 'T11')?.reason ?? '');
}
