import { createHash, hash as hashOnce } from 'node:crypto';

/** Hex sha256 of text or bytes (a view on shared memory is accepted). */
export function sha256(...parts: readonly (string | Uint8Array | Float64Array)[]): string {
  if (parts.length === 1 && typeof parts[0] === 'string') return hashOnce('sha256', parts[0]);
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** JSON with sorted keys and no white space: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(withSortedKeys(value));
}

/** Sorted first and written then: a replacer would be called for every number of a table. */
function withSortedKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.some((inner) => inner !== null && typeof inner === 'object') ? value.map(withSortedKeys) : value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return withSortedKeys((value.toJSON as () => unknown)());
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    if (key === '__proto__') Object.defineProperty(sorted, key, { value: withSortedKeys((value as Record<string, unknown>)[key]), enumerable: true });
    else sorted[key] = withSortedKeys((value as Record<string, unknown>)[key]);
  }
  return sorted;
}

/** Short identity of an artefact: the first 16 hex digits of the sha256 of its canonical JSON. */
export function contentId(value: unknown): string {
  return sha256(canonicalJson(value)).slice(0, 16);
}
