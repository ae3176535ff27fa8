import type { Condition, Line, Rules } from '../strategy/index.ts';

/** Rules that hold one line above another, or enter by its crossing and leave by the opposite one. */
export interface PairRules {
  readonly a: Line;
  readonly b: Line;
  readonly crossing: boolean;
}

/** The two lines of rules that need no more; null for all other rules. */
export function pairOf(rules: Rules): PairRules | null {
  const { long, short, enterLong, exitLong, enterShort, exitShort, exitAfterBars = 0, size = 1 } = rules;
  if (short !== undefined || enterShort !== undefined || exitShort !== undefined || exitAfterBars !== 0 || size !== 1) return null;
  if (long !== undefined) return enterLong === undefined && exitLong === undefined ? heldPair(long) : null;
  return enterLong !== undefined && exitLong !== undefined ? crossedPair(enterLong, exitLong) : null;
}

function heldPair({ kind, a, b }: Condition): PairRules | null {
  if (a === null || b === null) return null;
  if (kind === 'above') return { a, b, crossing: false };
  return kind === 'below' ? { a: b, b: a, crossing: false } : null;
}

function crossedPair(enter: Condition, exit: Condition): PairRules | null {
  const up = upward(enter);
  const down = upward(exit);
  return up !== null && down !== null && up[0] === down[1] && up[1] === down[0] ? { a: up[0], b: up[1], crossing: true } : null;
}

/** The line that rises above the other; null where it is no crossing of two lines. */
function upward({ kind, a, b }: Condition): readonly [Line, Line] | null {
  if (a === null || b === null) return null;
  if (kind === 'crossesAbove') return [a, b];
  return kind === 'crossesBelow' ? [b, a] : null;
}
