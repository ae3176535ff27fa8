/** A field whose value the replay does not find again. */
export interface Difference {
  readonly field: string;
  readonly promised: unknown;
  readonly found: unknown;
}

/** Numbers that are not whole may differ by so much of the larger. */
const RELATIVE = 1e-9;

/**
 * Every field in which two JSON values differ, by its path; whole numbers, texts and truth values exactly, others to 1e-9 of the larger.
 *
 * `ignores` says which paths are left out, with all below them.
 */
export function differencesOf(promised: unknown, found: unknown, ignores: (path: string) => boolean = () => false): readonly Difference[] {
  const differences: Difference[] = [];
  const compare = (path: string, a: unknown, b: unknown): void => {
    if (ignores(path)) return;
    if (isObject(a) && isObject(b) && Array.isArray(a) === Array.isArray(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) compare(path === '' ? key : `${path}.${key}`, at(a, key), at(b, key));
    } else if (!isSame(a, b)) differences.push({ field: path, promised: a ?? null, found: b ?? null });
  };
  compare('', promised, found);
  return differences;
}

const MOST = 40;

/** `metrics.sharpeAnn: promised 1.9, found 1.2`, one after another. */
export function differenceText(differences: readonly Difference[]): string {
  const lines = differences.slice(0, MOST).map(({ field, promised, found }) => `${field}: promised ${valueText(promised)}, found ${valueText(found)}`);
  return [...lines, ...(differences.length > MOST ? [`and ${differences.length - MOST} more`] : [])].join('; ');
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return (a ?? null) === (b ?? null);
  if (a === b) return true;
  return !(Number.isInteger(a) && Number.isInteger(b)) && Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function at(from: object, key: string): unknown {
  return Object.hasOwn(from, key) ? (from as Record<string, unknown>)[key] : undefined;
}

/** A value as one short line of JSON. */
export function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
