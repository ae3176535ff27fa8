import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerOptions } from '../options.ts';
import { allows, type KeyInfo, nextMonthMs, type Scope, SCOPES } from '../keys/index.ts';
import { Problem } from './problem.ts';
import { type BucketState, createTokenBuckets, type TokenBuckets } from './token-bucket.ts';

/** Who may call a route: anyone without being counted, anyone, a stream that shows its key later, or a key with a scope. */
export type Access = 'probe' | 'open' | 'stream' | Scope;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `admin` where nothing is said. */
    access?: Access;
    /** Method and path as the document names them, for figures and problems. */
    operation?: string;
  }
  interface FastifyRequest {
    apiKey: KeyInfo | null;
  }
}

/** The key of `x-api-key`, `api_key` or `Authorization: Bearer`. */
export function tokenOf({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  for (const name of ['x-api-key', 'api_key'] as const) {
    const value = headers[name];
    if (typeof value === 'string') return value.trim();
  }
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

type Guarded = Pick<ServerOptions, 'keys' | 'usage' | 'clock' | 'guest'> & { readonly perKey: TokenBuckets; readonly perAddress: TokenBuckets; readonly callsPerMonth: number | null };

export function guardOf({ keys, usage, guest, clock: barClock, wallClock: clock = barClock }: Pick<ServerOptions, 'keys' | 'usage' | 'clock' | 'wallClock' | 'guest'>, limits: { readonly perKey: TokenBuckets['rule']; readonly perAddress: TokenBuckets['rule']; readonly callsPerMonth: number | null }): Guarded {
  return { keys, usage, clock, guest, perKey: createTokenBuckets(limits.perKey, clock), perAddress: createTokenBuckets(limits.perAddress, clock), callsPerMonth: limits.callsPerMonth };
}

/**
 * Lets a request pass or throws the problem: first what may come at all, then who may.
 *
 * Unknown, expired and revoked keys get one and the same answer.
 */
export function guard(guarded: Guarded, request: FastifyRequest, reply: FastifyReply): void {
  const access: Access = request.is404 ? 'open' : (request.routeOptions.config.access ?? 'admin');
  if (access === 'probe') return;
  const token = tokenOf(request);
  const key = token === null ? (guarded.guest ?? null) : guarded.keys.verify(token);
  if (key === null) limit(guarded.perAddress, `address:${request.ip}`, guarded.clock.nowMs(), reply);
  else countKey(guarded, key, reply);
  request.apiKey = key;
  if (access === 'open' || (access === 'stream' && token === null)) return;
  if (key === null) throw new Problem('unauthorized', 'send a valid key in x-api-key, api_key or Authorization: Bearer', { headers: { 'www-authenticate': 'Bearer realm="assay"' } });
  if (access !== 'stream' && !allows(key.scopes, access)) throw missingScope(access);
}

export function missingScope(scope: Scope): Problem {
  return new Problem('forbidden', `the key needs the scope ${SCOPES.includes(scope) ? scope : 'admin'}`, { headers: { 'www-authenticate': `Bearer realm="assay", error="insufficient_scope", scope="${scope}"` } });
}

function countKey({ perKey, usage, clock, callsPerMonth }: Guarded, key: KeyInfo, reply: FastifyReply): void {
  const nowMs = clock.nowMs();
  limit(perKey, `key:${key.keyId}`, nowMs, reply);
  const calls = usage.calls(key.keyId, nowMs);
  if (callsPerMonth !== null && calls >= callsPerMonth) {
    throw new Problem('quota-exceeded', `${callsPerMonth} calls a month are used up`, { headers: { 'retry-after': String(Math.ceil((nextMonthMs(nowMs) - nowMs) / 1_000)) } });
  }
  usage.record(key.keyId, nowMs, 1);
}

function limit(buckets: TokenBuckets, name: string, nowMs: number, reply: FastifyReply): void {
  const state = buckets.take(name);
  reply.headers(limitHeaders(buckets.rule, state, nowMs));
  if (!state.isAllowed) throw new Problem('too-many-requests', `at most ${buckets.rule.requests} requests in ${buckets.rule.windowMs / 1_000} s`, { headers: { 'retry-after': String(Math.max(1, Math.ceil(state.retryMs / 1_000))) } });
}

/** source: draft-ietf-httpapi-ratelimit-headers-10, and the older X- names. */
function limitHeaders({ requests, windowMs }: TokenBuckets['rule'], { remaining, fullMs }: BucketState, nowMs: number): Record<string, string> {
  const seconds = Math.ceil(fullMs / 1_000);
  return {
    'ratelimit-policy': `"default";q=${requests};w=${Math.ceil(windowMs / 1_000)}`, ratelimit: `"default";r=${remaining};t=${seconds}`,
    'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': String(Math.ceil(nowMs / 1_000) + seconds),
  };
}
