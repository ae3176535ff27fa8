import type { IntrabarPolicy } from './types.ts';

/** A bar in which the level against a position and the one in its favour both lie. */
export interface UndecidedBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** +1 long, −1 short. */
  readonly side: number;
  /** Cash after the one exit and after the other. */
  readonly cashAtTarget: number;
  readonly cashAtAdverse: number;
}

/**
 * Whether the level in favour is taken to be met first: the better or the worse exit by policy, or the nearer extreme; ties go against.
 *
 * source  accounting.md §5.4
 */
export function targetComesFirst(policy: IntrabarPolicy, { open, high, low, side, cashAtTarget, cashAtAdverse }: UndecidedBar): boolean {
  if (policy === 'path') return side > 0 ? high - open < open - low : open - low < high - open;
  if (cashAtTarget === cashAtAdverse) return false;
  return cashAtTarget > cashAtAdverse === (policy === 'optimistic');
}
