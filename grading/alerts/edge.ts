import { type Condition, holds, isCleared } from './condition.ts';
import { ALERT_FIELDS } from './fields.ts';

export type AlertValue = number | string | null;

/** What a condition remembers of one series of values. */
export interface EdgeState {
  /** Null before the first value. */
  isArmed: boolean | null;
  /** Consecutive values on the other side, of which the last is the newest. */
  run: number;
  /** Last value that was there. */
  last: AlertValue;
  /** Text that stands until another has held long enough, and the one that is about to. */
  standing: string | null;
  candidate: string | null;
  /** Values of the window of `moves_by`, and the last one before it: pairs of time and value. */
  past: (readonly [atMs: number, value: number])[];
  lastAtMs: number;
  firedAtMs: number;
}

export function newEdge(): EdgeState {
  return { isArmed: null, run: 0, last: null, standing: null, candidate: null, past: [], lastAtMs: -Infinity, firedAtMs: -Infinity };
}

export interface EdgeInput {
  readonly atMs: number;
  readonly value: AlertValue;
  /** What stood before, where the entry says it. */
  readonly before?: string | null;
}

/** What is told of an edge: the value that came, and the one that it is compared with. */
export interface Edge {
  readonly value: AlertValue;
  readonly previous: AlertValue;
}

export interface EdgeRule {
  readonly condition: Condition;
  readonly hysteresis: number;
  readonly confirmBars: number;
}

/**
 * Takes a value into the state of an edge, and returns the edge where there is one.
 *
 * A condition is met once: when it has held for `confirmBars` values in a row, and not again before the value has gone back beyond the level by
 * `hysteresis`. Where the first value is beyond a level already, nothing has crossed it, but `>=` and its like are met.
 *
 * causal  what came before and this value
 * null    is no value: nothing follows from it and nothing is forgotten
 */
export function stepEdge({ condition, hysteresis, confirmBars }: EdgeRule, state: EdgeState, input: EdgeInput): Edge | null {
  const { value } = input;
  if (value === null) return null;
  if (ALERT_FIELDS[condition.field].type === 'event') {
    return condition.kind === 'happens' || (condition.kind === 'level' && typeof value === 'number' && holds(condition, value)) ? { value, previous: null } : null;
  }
  if (condition.kind === 'changes' || condition.kind === 'flips') return stepText(condition, confirmBars, state, input);
  if (typeof value !== 'number' || condition.kind === 'happens') return null;
  return condition.kind === 'moves' ? stepMove(condition, hysteresis, confirmBars, state, input.atMs, value) : stepLevel(condition, hysteresis, confirmBars, state, value);
}

function stepLevel(condition: Extract<Condition, { kind: 'crosses' | 'level' }>, hysteresis: number, confirmBars: number, state: EdgeState, value: number): Edge | null {
  const previous = state.last;
  state.last = value;
  state.isArmed ??= condition.kind === 'level' || !holds(condition, value);
  return isMet(holds(condition, value), isCleared(condition, value, hysteresis), confirmBars, state) ? { value, previous } : null;
}

function stepMove(condition: Extract<Condition, { kind: 'moves' }>, hysteresis: number, confirmBars: number, state: EdgeState, atMs: number, value: number): Edge | null {
  state.last = value;
  state.past.push([atMs, value]);
  while (state.past.length > 1 && state.past[1][0] <= atMs - condition.windowMs) state.past.shift();
  const [fromMs, from] = state.past[0];
  if (fromMs > atMs - condition.windowMs || fromMs < atMs - 2 * condition.windowMs) return null;
  state.isArmed ??= true;
  const move = Math.abs(value - from);
  return isMet(holds(condition, move), isCleared(condition, move, hysteresis), confirmBars, state) ? { value, previous: from } : null;
}

function isMet(isHeld: boolean, isBack: boolean, confirmBars: number, state: EdgeState): boolean {
  if (isBack) state.isArmed = true;
  state.run = isHeld && state.isArmed === true ? state.run + 1 : 0;
  if (state.run < confirmBars) return false;
  state.isArmed = false;
  state.run = 0;
  return true;
}

function stepText(condition: Extract<Condition, { kind: 'changes' | 'flips' }>, confirmBars: number, state: EdgeState, { value, before }: EdgeInput): Edge | null {
  const text = String(value);
  state.standing ??= before ?? null;
  if (state.standing === null && (condition.kind === 'changes' || text !== 'flat')) state.standing = text;
  if (text === state.standing || state.standing === null || (condition.kind === 'flips' && text === 'flat')) {
    state.run = 0;
    state.candidate = null;
    return null;
  }
  state.run = text === state.candidate ? state.run + 1 : 1;
  state.candidate = text;
  if (state.run < confirmBars) return null;
  const previous = state.standing;
  Object.assign(state, { standing: text, candidate: null, run: 0 });
  return condition.kind === 'flips' || condition.to === null || condition.to.includes(text) ? { value: text, previous } : null;
}
