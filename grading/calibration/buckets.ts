import { quantile } from '../../engine/index.ts';
import { meanOf, wilson } from '../statistics/index.ts';
import { BANDS, type Outcome } from '../types/index.ts';
import type { Bucket } from './types.ts';

/** A range of grades: above `from` up to `to`, the first one from 0 itself. */
export interface GradeRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export const TENTHS: readonly GradeRange[] = Array.from({ length: 10 }, (_, i) => ({ name: `${10 * i}–${10 * (i + 1)}`, from: 10 * i, to: 10 * (i + 1) }));
export const BAND_RANGES: readonly GradeRange[] = BANDS.map(({ name, to }, i) => ({ name, from: i === 0 ? 0 : BANDS[i - 1].to, to }));

export function rangeOf(grade: number, ranges: readonly GradeRange[]): number {
  const at = ranges.findIndex(({ to }) => grade <= to);
  return at < 0 ? ranges.length - 1 : at;
}

/** What followed grades of each range; `perIndependent` outcomes count as one. */
export function bucketTable(outcomes: readonly Outcome[], ranges: readonly GradeRange[], perIndependent: number): Bucket[] {
  const members: Outcome[][] = ranges.map(() => []);
  for (const outcome of outcomes) members[rangeOf(outcome.grade, ranges)].push(outcome);
  return ranges.map(({ name, from, to }, b) => ({ name, from, to, ...figuresOf(members[b], perIndependent) }));
}

function figuresOf(outcomes: readonly Outcome[], perIndependent: number): Omit<Bucket, 'name' | 'from' | 'to'> {
  const n = outcomes.length;
  const nEffective = n / perIndependent;
  const forward = outcomes.map(({ grossReturn }) => grossReturn);
  const hitRate = n === 0 ? null : forward.filter((r) => r > 0).length / n;
  const interval = hitRate === null ? null : wilson(hitRate, nEffective);
  const signals = outcomes.filter(({ signal }) => signal !== 0);
  return {
    n, nEffective,
    meanForward: n === 0 ? null : meanOf(forward),
    medianForward: quantile(forward, 0.5),
    hitRate, hitLow: interval?.low ?? null, hitHigh: interval?.high ?? null,
    nSignals: signals.length,
    meanNet: signals.length === 0 ? null : meanOf(signals.map(({ netReturn }) => netReturn)),
  };
}
