import { requireInput, unknownName } from '../../../engine/index.ts';
import type { Clock } from '../../../grading/index.ts';
import type { KeyEvent, KeyJournal } from './key-journal.ts';
import type { Scope } from './scopes.ts';
import { hashSecret, isSecretOf, newToken, parseToken } from './token.ts';

export interface KeyInfo {
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdMs: number;
  readonly expiresMs: number | null;
  readonly revokedMs: number | null;
  readonly rotates: string | null;
  readonly state: 'active' | 'expired' | 'revoked';
}

/** The only time that a secret is seen. */
export interface NewKey {
  readonly key: KeyInfo;
  readonly token: string;
}

export interface KeyRing {
  /** The active key of a token; null for every other text, whatever is wrong with it. */
  verify(token: string): KeyInfo | null;
  list(): readonly KeyInfo[];
  create(spec: { readonly name: string; readonly scopes: readonly Scope[]; readonly lifeMs: number | null; readonly actor: string }): NewKey;
  /** A new key of the same scopes; the old one goes on for the overlap. */
  rotate(keyId: string, spec: { readonly overlapMs: number; readonly actor: string }): NewKey;
  revoke(keyId: string, actor: string): KeyInfo;
}

type Known = Omit<KeyInfo, 'state'> & { readonly secretSha256: string; readonly lifeMs: number | null };

/** Compared with where the id is unknown, so that an unknown key takes the time of a wrong one. */
const NO_SECRET = hashSecret('none');

/** The keys of a journal; what another process writes there holds at the next call. */
export function createKeyRing(journal: KeyJournal, clock: Clock): KeyRing {
  let stamp = '';
  let keys: ReadonlyMap<string, Known> = new Map();

  const current = (): ReadonlyMap<string, Known> => {
    const now = journal.stamp();
    if (now !== stamp) [keys, stamp] = [fold(journal.read()), now];
    return keys;
  };
  const stated = ({ secretSha256: _secret, lifeMs: _life, ...key }: Known): KeyInfo => ({ ...key, state: stateOf(key, clock.nowMs()) });
  const find = (keyId: string): Known => {
    const key = current().get(keyId);
    if (key === undefined) throw unknownName('key-unknown', 'key', keyId, [...current().keys()]);
    return key;
  };
  const made = (spec: { readonly name: string; readonly scopes: readonly Scope[]; readonly lifeMs: number | null; readonly actor: string }, rotates: string | null, also: readonly KeyEvent[]): NewKey => {
    const { keyId, secret, text } = newToken();
    const tsMs = clock.nowMs();
    const { name, scopes, lifeMs, actor } = spec;
    journal.append([{ event: 'created', keyId, tsMs, name, scopes, secretSha256: hashSecret(secret), expiresMs: lifeMs === null ? null : tsMs + lifeMs, rotates, actor }, ...also]);
    return { key: stated(find(keyId)), token: text };
  };

  return {
    verify(token): KeyInfo | null {
      const parsed = parseToken(token);
      if (parsed === null) return null;
      const key = current().get(parsed.keyId);
      const isRight = isSecretOf(parsed.secret, key?.secretSha256 ?? NO_SECRET);
      if (key === undefined || !isRight) return null;
      const info = stated(key);
      return info.state === 'active' ? info : null;
    },
    list: () => [...current().values()].map(stated).sort((a, b) => a.createdMs - b.createdMs || (a.keyId < b.keyId ? -1 : 1)),
    create(spec): NewKey {
      requireInput(spec.lifeMs === null || spec.lifeMs > 0, 'expiry-invalid', 'expiry', 'in the future', spec.lifeMs);
      return made(spec, null, []);
    },
    rotate(keyId, { overlapMs, actor }): NewKey {
      const old = find(keyId);
      const { state } = stated(old);
      requireInput(state === 'active', 'key-not-active', `key ${keyId}`, 'active', state);
      const nowMs = clock.nowMs();
      const expiresMs = Math.min(old.expiresMs ?? Number.POSITIVE_INFINITY, nowMs + overlapMs);
      return made({ ...old, actor }, keyId, [{ event: 'rotated', keyId, tsMs: nowMs, expiresMs, actor }]);
    },
    revoke(keyId, actor): KeyInfo {
      if (find(keyId).revokedMs === null) journal.append([{ event: 'revoked', keyId, tsMs: clock.nowMs(), actor }]);
      return stated(find(keyId));
    },
  };
}

function stateOf({ revokedMs, expiresMs }: Pick<KeyInfo, 'revokedMs' | 'expiresMs'>, nowMs: number): KeyInfo['state'] {
  if (revokedMs !== null) return 'revoked';
  return expiresMs !== null && nowMs >= expiresMs ? 'expired' : 'active';
}

function fold(events: readonly KeyEvent[]): ReadonlyMap<string, Known> {
  const keys = new Map<string, Known>();
  for (const event of events) {
    const key = keys.get(event.keyId);
    if (event.event === 'created') {
      const { keyId, name, scopes, secretSha256, tsMs, expiresMs, rotates } = event;
      keys.set(keyId, { keyId, name, scopes, secretSha256, createdMs: tsMs, expiresMs, revokedMs: null, rotates, lifeMs: expiresMs === null ? null : expiresMs - tsMs });
    } else if (key !== undefined) {
      keys.set(event.keyId, event.event === 'rotated' ? { ...key, expiresMs: event.expiresMs } : { ...key, revokedMs: event.tsMs });
    }
  }
  return keys;
}

/** Who comes without a key, where that is allowed. */
export function guestOf(scopes: readonly Scope[]): KeyInfo {
  return { keyId: 'guest', name: 'guest', scopes, createdMs: 0, expiresMs: null, revokedMs: null, rotates: null, state: 'active' };
}
