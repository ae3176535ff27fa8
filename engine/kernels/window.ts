import { requireInput } from '../core/index.ts';

/** throws  InputError `window-out-of-range` unless windowBars is a whole number of at least 1 */
export function requireWindow(windowBars: number, parameter = 'windowBars'): void {
  requireInput(Number.isInteger(windowBars) && windowBars >= 1, 'window-out-of-range', parameter, 'a whole number of at least 1', windowBars);
}

/** throws  InputError `length-mismatch` unless all series have one length */
export function requireSameLength(first: ArrayLike<number>, ...others: readonly ArrayLike<number>[]): void {
  for (const other of others) requireInput(other.length === first.length, 'length-mismatch', 'series', `${first.length} values long`, other.length);
}

/** Index of the first value that is not NaN; the length when there is none. */
export function firstDefined(values: Float64Array): number {
  let t = 0;
  while (t < values.length && Number.isNaN(values[t])) t++;
  return t;
}

/** Index of the first bar at which all series have begun; the length when one never does. */
export function firstDefinedOfAll(...series: readonly Float64Array[]): number {
  return Math.max(...series.map(firstDefined));
}

/** 0, unless the number it stands for is NaN: a ratio that means nothing is 0, a missing value stays missing. */
export function zeroWhereDefined(value: number): number {
  return Number.isNaN(value) ? Number.NaN : 0;
}
