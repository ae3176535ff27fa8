import { requireInput } from '../../../engine/index.ts';

export const SCOPES = ['grades:read', 'models:read', 'models:promote', 'alerts:write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** `admin` holds every scope. */
export function allows(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.includes('admin') || scopes.includes(needed);
}

/**
 * Scopes of a list such as `grades:read,models:read`.
 *
 * throws  InputError `scope-unknown`
 */
export function scopesOf(texts: readonly string[]): Scope[] {
  const names = texts.flatMap((text) => text.split(',')).map((text) => text.trim()).filter((text) => text !== '');
  requireInput(names.length > 0, 'scope-unknown', 'scopes', `one or more of ${SCOPES.join(', ')}`, texts.join());
  return [...new Set(names)].map((name) => {
    const scope = SCOPES.find((one) => one === name);
    requireInput(scope !== undefined, 'scope-unknown', 'scope', `one of ${SCOPES.join(', ')}`, name);
    return scope;
  });
}
