import type { ConformanceCase } from './case.ts';

/** What JSON cannot say as a number, and null for a missing one. */
const NO_VALUE = new Map<unknown, number>([[null, Number.NaN], ['NaN', Number.NaN], ['Infinity', Number.POSITIVE_INFINITY], ['-Infinity', Number.NEGATIVE_INFINITY]]);

/**
 * Whether a result is what a case expects: numbers within abs + rel·|expected|, arrays and objects part by part, text as it is.
 *
 * Where a source gives NaN or an infinity, our "no value" (null) agrees; so does the very same value, and nothing else.
 */
export function agrees(got: unknown, expected: unknown, tolerance: ConformanceCase['tolerance'] = {}): boolean {
  if (NO_VALUE.has(expected)) return got === null || Object.is(got, NO_VALUE.get(expected));
  if (typeof expected === 'number') {
    return typeof got === 'number' && Math.abs(got - expected) <= (tolerance.abs ?? 0) + (tolerance.rel ?? 0) * Math.abs(expected);
  }
  if (Array.isArray(expected)) {
    return Array.isArray(got) && got.length === expected.length && expected.every((part, i) => agrees(got[i], part, tolerance));
  }
  if (typeof expected === 'object') {
    const parts = got as Record<string, unknown> | null;
    return typeof got === 'object' && parts !== null && Object.entries(expected as object).every(([key, part]) => agrees(parts[key], part, tolerance));
  }
  return got === expected;
}

/** A value in one short line. */
export function short(value: unknown): string {
  const text = value === null ? 'null (no value)' : (JSON.stringify(value) ?? 'nothing');
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}
