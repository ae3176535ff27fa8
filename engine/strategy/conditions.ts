import { requireInput } from '../core/index.ts';
import { combination, comparison, type Condition, isCondition, requireBars } from './condition.ts';
import type { Signal } from './define.ts';
import { isLine, type Line, requireLine } from './line.ts';

type Operand = Float64Array | number;

/**
 * Where a is above b; not where either is NaN. Of lines it is a condition of `rules`, of arrays the signal itself, 1 where it holds.
 *
 * shape   a[n], b[n] or a number → out[n]
 * causal  out[t] reads a[t], b[t]
 */
export function above(a: Line, b: Line | number): Condition;
export function above(a: Float64Array, b: Operand): Signal;
export function above(a: Line | Float64Array, b: Line | Operand): Condition | Signal {
  return isLine(a) ? comparison('above', a, lineOrLevel(b)) : compare(a, operand(b), (x, y) => x > y);
}

/** Where a is below b; not where either is NaN. */
export function below(a: Line, b: Line | number): Condition;
export function below(a: Float64Array, b: Operand): Signal;
export function below(a: Line | Float64Array, b: Line | Operand): Condition | Signal {
  return isLine(a) ? comparison('below', a, lineOrLevel(b)) : compare(a, operand(b), (x, y) => x < y);
}

/** Where a was not above b one bar ago and is now. */
export function crossesAbove(a: Line, b: Line | number): Condition;
export function crossesAbove(a: Float64Array, b: Operand): Signal;
export function crossesAbove(a: Line | Float64Array, b: Line | Operand): Condition | Signal {
  return isLine(a) ? comparison('crossesAbove', a, lineOrLevel(b)) : cross(a, operand(b), 1);
}

/** Where a was not below b one bar ago and is now. */
export function crossesBelow(a: Line, b: Line | number): Condition;
export function crossesBelow(a: Float64Array, b: Operand): Signal;
export function crossesBelow(a: Line | Float64Array, b: Line | Operand): Condition | Signal {
  return isLine(a) ? comparison('crossesBelow', a, lineOrLevel(b)) : cross(a, operand(b), -1);
}

/** Where all hold. */
export function and(...parts: readonly Condition[]): Condition;
export function and(...parts: readonly Signal[]): Signal;
export function and(...parts: readonly (Condition | Signal)[]): Condition | Signal {
  return areConditions(parts) ? combination('and', parts) : combine(parts as Signal[], (x, y) => x & y);
}

/** Where at least one holds. */
export function or(...parts: readonly Condition[]): Condition;
export function or(...parts: readonly Signal[]): Signal;
export function or(...parts: readonly (Condition | Signal)[]): Condition | Signal {
  return areConditions(parts) ? combination('or', parts) : combine(parts as Signal[], (x, y) => x | y);
}

export function not(part: Condition): Condition;
export function not(part: Signal): Signal;
export function not(part: Condition | Signal): Condition | Signal {
  return isCondition(part) ? combination('not', [part]) : part.map((x) => 1 - x);
}

/** What held, or was, so many bars ago. Only the past can be asked for: bars must be at least 0. */
export function barsAgo(part: Condition, bars: number): Condition;
export function barsAgo(line: Line, bars: number): Line;
export function barsAgo<S extends Signal | Float64Array>(series: S, bars: number): S;
export function barsAgo(series: Condition | Line | Signal | Float64Array, bars: number): Condition | Line | Signal | Float64Array {
  requireInput(Number.isInteger(bars) && bars >= 0, 'bars-ago-invalid', 'barsAgo', 'a whole number of at least 0', bars);
  if (isCondition(series)) return combination('barsAgo', [series], bars);
  if (isLine(series)) return series.ago(bars);
  const shifted = series.slice();
  shifted.fill(series instanceof Float64Array ? Number.NaN : 0, 0, Math.min(bars, series.length));
  shifted.set(series.subarray(0, Math.max(0, series.length - bars)), Math.min(bars, series.length));
  return shifted;
}

/** Where it has held for so many bars in a row, this one included. */
export function forBars(part: Condition, bars: number): Condition;
export function forBars(part: Signal, bars: number): Signal;
export function forBars(part: Condition | Signal, bars: number): Condition | Signal {
  requireBars('forBars', bars, 1);
  return isCondition(part) ? combination('forBars', [part], bars) : counted(part, bars, (held) => held === bars);
}

/** Where it has held on at least one of the last so many bars, this one included. */
export function withinBars(part: Condition, bars: number): Condition;
export function withinBars(part: Signal, bars: number): Signal;
export function withinBars(part: Condition | Signal, bars: number): Condition | Signal {
  requireBars('withinBars', bars, 1);
  return isCondition(part) ? combination('withinBars', [part], bars) : counted(part, bars, (held) => held > 0);
}

/** From a bar where `start` holds until the bar before one where `end` holds; an end beats a start. */
export function since(start: Condition, end: Condition): Condition;
export function since(start: Signal, end: Signal): Signal;
export function since(start: Condition | Signal, end: Condition | Signal): Condition | Signal {
  if (isCondition(start) && isCondition(end)) return combination('since', [start, end]);
  const [from, until] = [start as Signal, end as Signal];
  sameLength(from, until);
  const out = new Uint8Array(from.length);
  let state = 0;
  for (let t = 0; t < out.length; t++) {
    if (until[t]) state = 0;
    else if (from[t]) state = 1;
    out[t] = state;
  }
  return out;
}

/** The signal of a condition, bar by bar: what the bitsets of the sweep kernels are held against. */
export function signalOf(condition: Condition): Signal {
  const { kind, a, b, level, parts, bars } = condition;
  if (a !== null) {
    const compared = { above, below, crossesAbove, crossesBelow }[kind as 'above'];
    return compared(a.values(), b === null ? level : b.values());
  }
  const signals = parts.map(signalOf);
  switch (kind) {
    case 'and': return and(...signals);
    case 'or': return or(...signals);
    case 'not': return not(signals[0]);
    case 'barsAgo': return barsAgo(signals[0], bars);
    case 'forBars': return forBars(signals[0], bars);
    case 'withinBars': return withinBars(signals[0], bars);
    default: return since(signals[0], signals[1]);
  }
}

function areConditions(parts: readonly (Condition | Signal)[]): parts is readonly Condition[] {
  requireInput(parts.length > 0, 'condition-empty', 'conditions', 'at least one', parts.length);
  return parts.every(isCondition);
}

function lineOrLevel(b: Line | Operand): Line | number {
  if (typeof b !== 'number') requireLine(b, 'what a line is compared with');
  return b;
}

function operand(b: Line | Operand): Operand {
  requireInput(!(isLine(b)), 'rules-mix', 'what an array is compared with', 'an array or a number', 'a line');
  return b;
}

function compare(a: Float64Array, b: Operand, holds: (x: number, y: number) => boolean): Signal {
  const out = new Uint8Array(a.length);
  if (typeof b === 'number') {
    for (let t = 0; t < a.length; t++) out[t] = holds(a[t], b) ? 1 : 0;
    return out;
  }
  sameLength(a, b);
  for (let t = 0; t < a.length; t++) out[t] = holds(a[t], b[t]) ? 1 : 0;
  return out;
}

function cross(a: Float64Array, b: Operand, direction: 1 | -1): Signal {
  const out = new Uint8Array(a.length);
  let before = Number.NaN;
  for (let t = 0; t < a.length; t++) {
    const now = direction * (a[t] - (typeof b === 'number' ? b : b[t]));
    if (before <= 0 && now > 0) out[t] = 1;
    before = now;
  }
  return out;
}

function combine(signals: readonly Signal[], join: (x: number, y: number) => number): Signal {
  const [first, ...others] = signals;
  const out = first.slice();
  for (const other of others) {
    sameLength(out, other);
    for (let t = 0; t < out.length; t++) out[t] = join(out[t], other[t]);
  }
  return out;
}

/** By how many of the last bars it held; the bars before the first count as not held. */
function counted(signal: Signal, bars: number, isEnough: (held: number) => boolean): Signal {
  const out = new Uint8Array(signal.length);
  let held = 0;
  for (let t = 0; t < out.length; t++) {
    held += signal[t] - (t >= bars ? signal[t - bars] : 0);
    out[t] = isEnough(held) ? 1 : 0;
  }
  return out;
}

function sameLength(a: ArrayLike<number>, b: ArrayLike<number>): void {
  requireInput(a.length === b.length, 'lengths-differ', 'series', `${a.length} values long`, b.length);
}
