import type { FastifyReply, FastifyRequest } from 'fastify';
import { canonicalJson } from '../../../engine/index.ts';
import { freshness, nextCloseMs } from '../../../grading/index.ts';
import type { Answer, Call, Endpoint } from '../endpoints/index.ts';
import type { Limits, ServerOptions } from '../options.ts';
import { envelope, envelopeSchema } from './envelope.ts';
import { etagOf, isKnown } from './etag.ts';
import type { Figures } from './figures.ts';
import { createIdempotency } from './idempotency.ts';
import { createLru } from './lru.ts';
import { Problem } from './problem.ts';
import { parsed } from './to-problem.ts';

interface Written {
  readonly body: string;
  readonly etag: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** Makes the handlers of endpoints: parse, answer from the cache or anew, write once. */
export function createAnswering(server: ServerOptions, limits: Limits, figures: Figures): (endpoint: Endpoint) => Handler {
  const cache = createLru<Written>(limits.cachedAnswers);
  const repeats = createIdempotency<Written>();

  const written = async (endpoint: Endpoint, call: Call, input: { readonly params: unknown; readonly query: unknown; readonly body: unknown }): Promise<Written> => {
    const answer: Answer = await endpoint.answer(call, input as never);
    const whole = envelope(endpoint, answer, input.query as { readonly page?: number; readonly limit?: number }, server);
    const body = JSON.stringify(whole);
    if (server.checksAnswers === true) envelopeSchema(endpoint.row).parse(JSON.parse(body));
    return { body, etag: etagOf(body), status: answer.status ?? endpoint.status, headers: answer.headers ?? {} };
  };

  const cached = async (endpoint: Endpoint, call: Call, input: { readonly params: unknown; readonly query: unknown; readonly body: unknown }): Promise<Written> => {
    if (!endpoint.isCached) return written(endpoint, call, input);
    const key = `${endpoint.id} ${server.view.state.seq} ${staleMarkets(server)} ${canonicalJson([input.params, input.query])}`;
    const known = cache.get(key);
    figures.cache(known === undefined ? 'miss' : 'hit');
    if (known !== undefined) return known;
    const made = await written(endpoint, call, input);
    cache.set(key, made);
    return made;
  };

  return (endpoint) => async (request, reply) => {
    const input = {
      params: parsed(endpoint.params, request.params, 'params'),
      query: parsed(endpoint.query, request.query, 'query'),
      body: endpoint.body === null ? null : parsed(endpoint.body, request.body ?? undefined, 'body'),
    };
    if (request.apiKey === null) throw new Problem('unauthorized', 'a key is needed');
    const call: Call = { server, key: request.apiKey, nowMs: server.clock.nowMs(), idempotencyKey: endpoint.isIdempotent ? idempotencyKey(request) : null };
    if (call.idempotencyKey === null) return send(endpoint, await cached(endpoint, call, input), request, reply, server);
    const { answer, isReplay } = await repeats.once(`${call.key.keyId} ${endpoint.id} ${call.idempotencyKey}`, [input.params, input.query, input.body], () => written(endpoint, call, input));
    if (isReplay) reply.header('idempotency-replayed', 'true');
    return send(endpoint, answer, request, reply, server);
  };
}

function send({ method, isCached }: Endpoint, { body, etag, status, headers }: Written, request: FastifyRequest, reply: FastifyReply, server: ServerOptions): FastifyReply {
  reply.headers(headers);
  if (method !== 'GET') return reply.code(status).header('cache-control', 'no-store').type('application/json; charset=utf-8').send(body);
  reply.headers({ etag, 'cache-control': isCached ? untilNextClose(server) : 'private, no-cache', vary: 'Authorization, x-api-key, api_key' });
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

/** Nothing changes before the next bar is due; once it is overdue a client asks again each time. */
function untilNextClose({ view, clock }: ServerOptions): string {
  const next = nextCloseMs(view, clock);
  return next === null ? 'private, no-cache' : `private, max-age=${Math.max(0, Math.floor((next - clock.nowMs()) / 1_000))}`;
}

/** Between two entries only this changes what is answered: the number of markets that have become stale. */
function staleMarkets({ view, clock }: ServerOptions): number {
  return freshness(view, clock).filter(({ isStale }) => isStale).length;
}

function idempotencyKey({ headers }: FastifyRequest): string {
  const value = headers['idempotency-key'];
  if (typeof value === 'string' && IDEMPOTENCY_KEY.test(value)) return value;
  const detail = 'must be 1 to 255 visible characters';
  throw new Problem('invalid-parameters', `Idempotency-Key ${detail}`, { errors: [{ in: 'headers', field: 'idempotency-key', detail }] });
}
