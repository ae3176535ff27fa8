import { groupedCount } from '../../core/index.ts';

/** A number for a sentence: `1.62`, `undefined` where it is null. */
export function figure(value: number | null, digits = 2): string {
  if (value === null) return 'undefined';
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212');
}

/** A p-value after its letter: `p 0.013`; one that is not zero never prints as zero. */
export function pValue(p: number | null): string {
  return p !== null && p < 0.001 ? 'p < 0.001' : `p ${figure(p, 3)}`;
}

/** A fraction as percent: 0.123 → `12.3 %`. */
export function percent(frac: number | null, digits = 1): string {
  return frac === null ? 'undefined' : `${figure(100 * frac, digits)} %`;
}

/** `1 day`, `12 days`. */
export function count(number: number, noun: string): string {
  return `${Number.isInteger(number) ? groupedCount(number) : figure(number, 1)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Sentences of those parts that are there. */
export function joined(parts: readonly (string | false | null | undefined)[], separator = '; '): string {
  return parts.filter((part): part is string => typeof part === 'string' && part !== '').join(separator);
}

/** `4.1 more years at this strength`, given the years at hand and the factor by which time must grow. */
export function moreYears(years: number, factor: number, strength: string): string {
  const more = years * (factor - 1);
  return more < 0.05 ? `a few more weeks at this ${strength}` : `${figure(more, 1)} more years at this ${strength}`;
}
