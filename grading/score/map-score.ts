import { requireInput } from '../../engine/index.ts';
import { valueAt } from '../statistics/index.ts';
import type { GradeMap } from '../types/index.ts';

/** What people read of a score; see `ModelScore`. */
export interface MappedScore {
  readonly grade: number;
  readonly pUp: number;
  readonly expReturn: number;
  readonly meanLow: number;
  readonly meanHigh: number;
  readonly outcomeLow: number;
  readonly outcomeHigh: number;
}

/**
 * A score by a frozen map: the same number means the same on every bar.
 *
 * throws  InputError `score-invalid` unless it is finite
 */
export function mapScore(map: GradeMap, score: number): MappedScore {
  requireInput(Number.isFinite(score), 'score-invalid', 'score', 'finite', score);
  return {
    grade: gradeOf(map, score),
    pUp: valueAt(map.pUp, score),
    expReturn: valueAt(map.mean, score),
    meanLow: valueAt(map.meanLow, score),
    meanHigh: valueAt(map.meanHigh, score),
    outcomeLow: valueAt(map.outcomeLow, score),
    outcomeHigh: valueAt(map.outcomeHigh, score),
  };
}

/** 50 at s0, and 50 points either way by the share of out-of-sample scores that are nearer to it. */
export function gradeOf({ s0, above, below }: Pick<GradeMap, 's0' | 'above' | 'below'>, score: number): number {
  return score >= s0 ? 50 + 50 * valueAt(above, score - s0) : 50 - 50 * valueAt(below, s0 - score);
}
