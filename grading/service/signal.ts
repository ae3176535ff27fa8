import type { SignalSide } from '../types/index.ts';

/** Grades at which a signal begins and ends: it takes a strong grade to enter and only a neutral one to leave. */
export const SIGNAL_RULE = { enterLong: 80, exitLong: 60, enterShort: 20, exitShort: 40 } as const;

export interface SignalInput {
  readonly grade: number;
  /** 95 % interval of the expected log return, gross. */
  readonly meanLow: number;
  readonly meanHigh: number;
  /** Log return that a round trip costs. */
  readonly roundTripCost: number;
}

/**
 * The signal after a close: entered only where the interval of the expected return, less the costs, is on its side; left at the neutral grade.
 *
 * source  grading.md 2.4
 */
export function nextSignal(before: SignalSide, { grade, meanLow, meanHigh, roundTripCost }: SignalInput): SignalSide {
  if (grade >= SIGNAL_RULE.enterLong && meanLow - roundTripCost > 0) return 1;
  if (grade <= SIGNAL_RULE.enterShort && meanHigh + roundTripCost < 0) return -1;
  if (before === 1 && grade >= SIGNAL_RULE.exitLong) return 1;
  if (before === -1 && grade <= SIGNAL_RULE.exitShort) return -1;
  return 0;
}
