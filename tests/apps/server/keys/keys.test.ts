import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createKeyRing, openKeyJournal, type Scope } from '../../../../apps/server/index.ts';
import { HOUR_MS } from '../../../../engine/index.ts';
import { testClock } from '../../../support/grading-server.ts';
import { runCli, runCliJson } from '../../../support/run-cli.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const spec = (scopes: readonly Scope[] = ['grades:read'], lifeMs: number | null = null) => ({ name: 'test', scopes, lifeMs, actor: 'test' });

describe('keys', () => {
  const ringOf = () => {
    const folder = temporaryFolder();
    const clock = testClock(Date.UTC(2026, 10, 24));
    return { folder, clock, ring: createKeyRing(openKeyJournal(folder), clock) };
  };

  it('are random, shown once, and kept as a hash in a file of their owner', () => {
    const { folder, ring } = ringOf();
    const [a, b] = [ring.create(spec()), ring.create(spec())];
    expect(a.token).toMatch(/^assay_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
    expect(a.token).not.toBe(b.token);
    const file = join(folder, 'keys.jsonl');
    expect(readFileSync(file, 'utf8')).not.toContain(a.token.slice(-43));
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(ring.verify(a.token)?.keyId).toBe(a.key.keyId);
    expect(ring.verify(`${a.token.slice(0, -43)}${b.token.slice(-43)}`)).toBeNull();
  });

  it('expire at their time', () => {
    const { clock, ring } = ringOf();
    const { token } = ring.create(spec(['admin'], HOUR_MS));
    clock.advance(HOUR_MS - 1);
    expect(ring.verify(token)).not.toBeNull();
    clock.advance(1);
    expect(ring.verify(token)).toBeNull();
  });

  it('are rotated with an overlap in which both hold', () => {
    const { clock, ring } = ringOf();
    const old = ring.create(spec(['models:read', 'grades:read']));
    const next = ring.rotate(old.key.keyId, { overlapMs: HOUR_MS, actor: 'test' });
    expect(next.key).toMatchObject({ scopes: ['models:read', 'grades:read'], rotates: old.key.keyId });
    expect([ring.verify(old.token) !== null, ring.verify(next.token) !== null]).toEqual([true, true]);
    clock.advance(HOUR_MS);
    expect([ring.verify(old.token) !== null, ring.verify(next.token) !== null]).toEqual([false, true]);
    expect(() => ring.rotate(old.key.keyId, { overlapMs: 1, actor: 'test' })).toThrow(/must be active/);
  });

  it('that another process revokes end at once', () => {
    const { folder, clock, ring } = ringOf();
    const { token, key } = ring.create(spec());
    expect(ring.verify(token)).not.toBeNull();
    createKeyRing(openKeyJournal(folder), clock).revoke(key.keyId, 'other');
    expect(ring.verify(token)).toBeNull();
    expect(ring.list()[0].state).toBe('revoked');
  });

  it('unknown ids are named with what is near', () => {
    const { ring } = ringOf();
    const { key } = ring.create(spec());
    expect(() => ring.revoke(`${key.keyId.slice(0, -1)}x`, 'test')).toThrow(key.keyId);
  });
});

describe('assay keys', () => {
  it('creates, lists, rotates and revokes', () => {
    const folder = temporaryFolder();
    const made = runCliJson<{ keyId: string; token: string }>(['keys', 'create', '--scopes', 'grades:read,models:read', '--expires', '90d', '--name', 'dash'], folder);
    const ring = createKeyRing(openKeyJournal(join(folder, '.assay', 'keys')), { nowMs: () => Date.now() });
    expect(ring.verify(made.token)).toMatchObject({ name: 'dash', scopes: ['grades:read', 'models:read'] });
    const next = runCliJson<{ token: string }>(['keys', 'rotate', made.keyId, '--overlap', '24h'], folder);
    expect(ring.verify(next.token)).not.toBeNull();
    runCliJson(['keys', 'revoke', made.keyId], folder);
    expect(ring.verify(made.token)).toBeNull();
    const listed = runCli(['keys', 'list'], folder);
    expect(listed.stdout).toContain('revoked');
    expect(listed.stdout).not.toContain(next.token);
    expect(runCli(['keys', 'create', '--scopes', 'everything'], folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('scope must be one of') });
  });
});
