import { requireInput } from '../core/index.ts';
import type { Signal } from './define.ts';

type Operand = Float64Array | number;

/**
 * 1 where a is above b; 0 where it is not or where either is NaN.
 *
 * shape   a[n], b[n] or a number → out[n]
 * causal  out[t] reads a[t], b[t]
 */
export function above(a: Float64Array, b: Operand): Signal {
  return compare(a, b, (x, y) => x > y);
}

/** 1 where a is below b; 0 where it is not or where either is NaN. */
export function below(a: Float64Array, b: Operand): Signal {
  return compare(a, b, (x, y) => x < y);
}

/** 1 where a was not above b one bar ago and is now. */
export function crossesAbove(a: Float64Array, b: Operand): Signal {
  return cross(a, b, 1);
}

/** 1 where a was not below b one bar ago and is now. */
export function crossesBelow(a: Float64Array, b: Operand): Signal {
  return cross(a, b, -1);
}

export function and(...signals: readonly Signal[]): Signal {
  return combine(signals, (x, y) => x & y);
}

export function or(...signals: readonly Signal[]): Signal {
  return combine(signals, (x, y) => x | y);
}

export function not(signal: Signal): Signal {
  return signal.map((x) => 1 - x);
}

/** What held k bars ago. Only the past can be asked for: bars must be at least 0. */
export function barsAgo<S extends Signal | Float64Array>(series: S, bars: number): S {
  requireInput(Number.isInteger(bars) && bars >= 0, 'bars-ago-invalid', 'barsAgo', 'a whole number of at least 0', bars);
  const shifted = series.slice() as S;
  shifted.fill(series instanceof Float64Array ? Number.NaN : 0, 0, Math.min(bars, series.length));
  shifted.set(series.subarray(0, Math.max(0, series.length - bars)), Math.min(bars, series.length));
  return shifted;
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

function sameLength(a: ArrayLike<number>, b: ArrayLike<number>): void {
  requireInput(a.length === b.length, 'lengths-differ', 'series', `${a.length} values long`, b.length);
}
