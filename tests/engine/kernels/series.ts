import { expect } from 'vitest';

export const NaN_ = Number.NaN;

export function series(...values: number[]): Float64Array {
  return Float64Array.from(values);
}

/** Equal to 12 digits; NaN where NaN is expected. */
export function closeTo(got: ArrayLike<number>, wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length);
  wanted.forEach((value, t) => {
    if (Number.isNaN(value)) expect(got[t], `at ${t}`).toBeNaN();
    else expect(Math.abs(got[t] - value), `at ${t}: ${got[t]} for ${value}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
  });
}
