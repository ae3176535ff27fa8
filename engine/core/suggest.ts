import { InputError } from './errors.ts';

/** The name nearest to what was typed, or null when none is near enough to be meant. */
export function nearestName(typed: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** InputError `<code>` that lists what exists and asks "did you mean …?". */
export function unknownName(code: string, what: string, typed: string, names: readonly string[]): InputError {
  const near = nearestName(typed, names);
  const remedy = near === null ? `known: ${names.join(', ')}` : `did you mean "${near}"?`;
  return new InputError(code, `${what} must be a known name, was "${typed}"; ${remedy}`);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, previous[j] + 1, row[j - 1] + 1));
    }
    previous = row;
  }
  return previous[b.length];
}
