import type { ConformanceCase } from './case.ts';

/** Letters and digits of a name alone, in lower case: `p-value`, `p_value` and `pValue` are one. */
export function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/**
 * A result in the shape of what a case expects: of an expected object the parts by name, else the main figure.
 *
 * `known` has its names bare; a part that nobody knows is left out, and so disagrees.
 */
export function asked({ expected }: ConformanceCase, known: Readonly<Record<string, unknown>>, main: unknown): unknown {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return main;
  return Object.fromEntries(Object.keys(expected).map((name) => [name, partNamed(name, known)]));
}

function partNamed(name: string, known: Readonly<Record<string, unknown>>): unknown {
  const wanted = bare(name);
  return known[wanted] ?? known[wanted.replace(/s$/, '')] ?? null;
}
