import type { Reproduction } from '../evidence.ts';

/**
 * What a replay differs in from the artefact, field by field: `trades.3.pnlQuote: 12.5, was 12.4`, and of a series how many values and the first.
 *
 * Compares the fields that the replay has. Numbers are equal by their bits; a stored artefact holds null where a series has NaN, and plain arrays
 * for typed ones.
 */
export function reproductionOf(artefact: object, replay: object): Reproduction {
  const differs: string[] = [];
  for (const [name, value] of Object.entries(replay)) compare(name, (artefact as Record<string, unknown>)[name], value, differs);
  return { differs };
}

function compare(path: string, stored: unknown, again: unknown, differs: string[]): void {
  if (isSeries(stored) && isSeries(again)) compareSeries(path, stored, again, differs);
  else if (isObject(stored) && isObject(again)) {
    for (const name of new Set([...Object.keys(stored), ...Object.keys(again)])) compare(`${path}.${name}`, stored[name], again[name], differs);
  } else if (!isSame(stored, again)) differs.push(`${path}: ${describe(again)}, was ${describe(stored)}`);
}

function compareSeries(path: string, stored: ArrayLike<unknown>, again: ArrayLike<unknown>, differs: string[]): void {
  if (stored.length !== again.length) {
    differs.push(`${path}: ${again.length} values, was ${stored.length}`);
    return;
  }
  const isNested = Array.from(stored).some(isObject);
  if (isNested) {
    for (let i = 0; i < stored.length; i++) compare(`${path}.${i}`, stored[i], again[i], differs);
    return;
  }
  const changed = Array.from(stored, (_, i) => i).filter((i) => !isSame(stored[i], again[i]));
  if (changed.length > 0) differs.push(`${path}: ${changed.length} of ${stored.length} values, first at ${changed[0]}: ${describe(again[changed[0]])}, was ${describe(stored[changed[0]])}`);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (isUndefinedNumber(a) && isUndefinedNumber(b));
}

function isUndefinedNumber(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function isSeries(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isSeries(value);
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return isSeries(value) ? `${value.length} values` : isObject(value) ? 'an object' : (JSON.stringify(value) ?? 'nothing');
}
