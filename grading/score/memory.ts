import { InputError, type Params, type Strategy } from '../../engine/index.ts';

/** Where a score comes from: declared, the target at the close, or what is held at the close. */
export type ScoreKind = 'declared' | 'exposure' | 'position';

/** A position may have been taken long ago: a window that shows it must reach back further than indicators do. */
const POSITION_BARS = 256;

/**
 * Where a strategy's score comes from.
 *
 * throws  InputError `score-unsupported` for several markets on one account
 */
export function scoreKindOf({ id, legs, score, onBar }: Strategy): ScoreKind {
  if (legs !== 1) throw new InputError('score-unsupported', `a graded strategy must trade one market, ${id} trades ${legs === 'any' ? 'a portfolio' : legs}`);
  if (score !== undefined) return 'declared';
  return onBar === undefined ? 'exposure' : 'position';
}

/**
 * Bars that one score is computed from: twice the warm-up and one more, so that a recursive average that has its warm-up behind it at the first
 * half has forgotten where the window began; where the score is a target or a position, at least 256 beyond the warm-up.
 */
export function memoryBarsOf(strategy: Strategy, params: Params): number {
  const warmup = strategy.warmupBars(params);
  const bars = 2 * warmup + 1;
  return scoreKindOf(strategy) === 'declared' ? bars : Math.max(bars, warmup + POSITION_BARS);
}
