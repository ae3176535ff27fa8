import type { ConformanceCase } from './case.ts';

/** What cannot be a number of ours: the file's NaN and infinities, and our null. */
const NO_VALUE = new Set<unknown>([null, 'NaN', 'Infinity', '-Infinity']);

/**
 * Whether a result is what a case expects: numbers within abs + rel·|expected|, arrays and objects part by part, text as it is.
 *
 * Where a source gives NaN or an infinity, our "no value" (null) agrees.
 */
export function agrees(got: unknown, expected: unknown, tolerance: ConformanceCase['tolerance'] = {}): boolean {
  if (NO_VALUE.has(expected)) return got === null || got === undefined || (typeof got === 'number' && !Number.isFinite(got));
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
