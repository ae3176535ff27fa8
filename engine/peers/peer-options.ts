import { requireInput, unknownName } from '../core/index.ts';

/** Options of a peer under its own names, as they come from a file or a caller. */
export type PeerOptions = Readonly<Record<string, unknown>>;

const OPTION_INVALID = 'peer-option-invalid';

/**
 * Options by name with their defaults; every name must be known.
 *
 * throws  InputError `peer-option-unknown`, `peer-option-invalid`
 */
export class OptionReader {
  private readonly given: PeerOptions;

  constructor(peer: string, given: PeerOptions, names: readonly string[]) {
    this.given = given;
    for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownName('peer-option-unknown', `an option of ${peer}`, name, names);
  }

  number(name: string, fallback: number, holds: (value: number) => boolean = Number.isFinite, rule = 'a finite number'): number {
    const value = numberOf(this.given[name] ?? fallback);
    requireInput(value !== null && (holds(value) || Object.is(value, fallback)), OPTION_INVALID, name, rule, this.given[name]);
    return value;
  }

  /** One number for all bars, or one a bar (NaN = none). */
  series(name: string, fallback: number): number | ArrayLike<number> {
    const value = this.given[name];
    if (value instanceof Float64Array) return value;
    if (Array.isArray(value)) return Float64Array.from(value, (part) => numberOf(part) ?? Number.NaN);
    return this.number(name, fallback, (one) => one >= 0, 'at least 0');
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.given[name] ?? fallback;
    requireInput(typeof value === 'boolean', OPTION_INVALID, name, 'true or false', value);
    return value;
  }

  /** A word of the peer; case and underscores do not matter, as in the peer. */
  choice<T extends string>(name: string, fallback: T, words: readonly T[]): T {
    const value = this.given[name] ?? fallback;
    requireInput(typeof value === 'string', OPTION_INVALID, name, `one of ${words.join(', ')}`, value);
    const word = plain(value);
    const found = words.find((one) => plain(one) === word);
    if (found === undefined) throw unknownName(OPTION_INVALID, name, value, words);
    return found;
  }

  raw(name: string): unknown {
    return this.given[name];
  }
}

export function valueAt(values: number | ArrayLike<number>, t: number): number {
  return typeof values === 'number' ? values : values[t];
}

/** JSON has no infinity and no NaN; the peers' words for them are taken. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (value === 'inf' || value === '+inf' || value === 'Infinity') return Number.POSITIVE_INFINITY;
  if (value === '-inf' || value === '-Infinity') return Number.NEGATIVE_INFINITY;
  return value === 'nan' || value === 'NaN' ? Number.NaN : null;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[_\s-]/g, '');
}
