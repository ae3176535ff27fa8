import type { InjectOptions } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, type Scope, SCOPES } from '../../../apps/server/index.ts';
import { testServer, type TestServer } from '../../support/grading-server.ts';

/** What makes each operation succeed; those not named need nothing. */
const GOOD: Readonly<Record<string, { readonly url?: string; readonly query?: string; readonly body?: unknown; readonly status?: number }>> = {
  getIndicesHoldings: { query: 'id=blue-chip' },
  getIndicesPerformance: { query: 'id=blue-chip' },
  getPaperAccountEquity: { url: '/v1/paper-accounts/paper-1/equity' },
  getPaperAccountFills: { url: '/v1/paper-accounts/paper-1/fills' },
  getModelVersion: { url: '/v1/models/ema-cross/versions/1' },
  getModelLive: { url: '/v1/models/ema-cross/live' },
  postModel: { body: '<html>report</html>' },
  postModelTransition: { url: '/v1/models/ema-cross/versions/1/transitions', body: { to: 'SUSPENDED', reason: 'a test' } },
  postAlert: { body: { id: 'btc-80', on: 'grade', when: 'trader_grade crosses_above 80' } },
  getAlert: { url: '/v1/alerts/kept' },
  putAlert: { url: '/v1/alerts/kept', body: { on: 'grade', when: 'trader_grade crosses_below 20' } },
  deleteAlert: { url: '/v1/alerts/removed' },
  getSentiments: { status: 501 },
  getAiReports: { status: 501 },
};

let repeats = 0;

function requestOf(endpoint: Endpoint, token: string | null, extra: Record<string, string> = {}): InjectOptions & { readonly url: string } {
  const good = GOOD[endpoint.id] ?? {};
  const isText = typeof good.body === 'string';
  return {
    method: endpoint.method, url: `${good.url ?? endpoint.path}${good.query === undefined ? '' : `?${good.query}`}`,
    headers: {
      ...(token === null ? {} : { 'x-api-key': token }), ...(endpoint.isIdempotent ? { 'idempotency-key': `once-${++repeats}` } : {}),
      ...(good.body === undefined ? {} : { 'content-type': isText ? 'text/html' : 'application/json' }), ...extra,
    },
    ...(good.body === undefined ? {} : { payload: typeof good.body === 'string' ? good.body : JSON.stringify(good.body) }),
  };
}

describe('every operation', () => {
  let server: TestServer;
  const tokens = new Map<Scope, string>();
  beforeAll(async () => {
    server = await testServer();
    for (const scope of SCOPES) tokens.set(scope, server.token(scope));
    for (const id of ['kept', 'removed']) {
      await server.app.inject({ method: 'POST', url: '/v1/alerts', headers: { 'x-api-key': tokens.get('admin'), 'idempotency-key': id, 'content-type': 'application/json' }, payload: JSON.stringify({ id, on: 'grade', when: 'trader_grade crosses_above 80' }) });
    }
  });

  const problem = (response: { statusCode: number; headers: Record<string, unknown>; json: () => unknown }, status: number): Record<string, unknown> => {
    expect([response.statusCode, response.headers['content-type']]).toEqual([status, 'application/problem+json']);
    const body = response.json() as Record<string, unknown>;
    expect(body).toMatchObject({ status, request_id: response.headers['x-request-id'], type: expect.stringMatching(/^urn:assay:problem:/) });
    return body;
  };

  for (const endpoint of ENDPOINTS) {
    describe(`${endpoint.method} ${endpoint.path}`, () => {
      it('answers a key of its scope with rows that its schema describes', async () => {
        const response = await server.app.inject(requestOf(endpoint, tokens.get(endpoint.scope) ?? ''));
        const expected = GOOD[endpoint.id]?.status ?? endpoint.status;
        if (expected >= 400) return void problem(response, expected);
        expect([response.statusCode, response.body.slice(0, 300)]).toEqual([expected, response.body.slice(0, 300)]);
        const { success, length, data, meta } = response.json<{ success: boolean; length: number; data: unknown[]; meta: Record<string, unknown> }>();
        expect([success, length]).toEqual([true, data.length]);
        expect(length).toBeGreaterThan(endpoint.id === 'getAlerts' ? -1 : 0);
        expect(meta).toMatchObject({ schema: endpoint.schema, stale: false, data_root: expect.stringMatching(/^sha256:/) });
        return undefined;
      });

      it('refuses every other scope, and the same whether a key is missing, unknown, expired or revoked', async () => {
        for (const scope of SCOPES) {
          if (scope === endpoint.scope || scope === 'admin') continue;
          problem(await server.app.inject(requestOf(endpoint, tokens.get(scope) ?? '')), 403);
        }
        const revoked = server.token('admin');
        server.keys.revoke(revoked.split('_')[1], 'test');
        const expired = server.keys.create({ name: 'short', scopes: ['admin'], lifeMs: 1, actor: 'test' }).token;
        server.clock.advance(1);
        const bad = [null, 'assay_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'nonsense', revoked, expired, `${tokens.get('admin')?.slice(0, -1)}_`];
        const answers = [];
        for (const token of bad) {
          const { request_id: _id, ...body } = problem(await server.app.inject(requestOf(endpoint, token)), 401);
          answers.push(body);
        }
        expect(new Set(answers.map((body) => JSON.stringify(body))).size).toBe(1);
      });

      it('refuses parameters that it does not know, and other methods', async () => {
        const admin = tokens.get('admin') ?? '';
        const { url } = requestOf(endpoint, admin);
        const body = problem(await server.app.inject({ ...requestOf(endpoint, admin), url: `${url}${url.includes('?') ? '&' : '?'}nonsense=1` }), 422);
        expect(body.errors).toContainEqual(expect.objectContaining({ in: 'query', field: 'nonsense' }));
        const response = await server.app.inject({ ...requestOf(endpoint, admin), method: 'PATCH', payload: undefined });
        problem(response, 405);
        expect(String(response.headers.allow).split(', ')).toContain(endpoint.method);
      });

      if (endpoint.body !== null) {
        it('refuses bodies of another type, too large, or malformed', async () => {
          const admin = tokens.get('admin') ?? '';
          problem(await server.app.inject({ ...requestOf(endpoint, admin, { 'content-type': 'application/xml' }), payload: '<a/>' }), 415);
          problem(await server.app.inject({ ...requestOf(endpoint, admin), payload: 'x'.repeat(endpoint.bodyType === 'text/html' ? 64 * 1024 * 1024 + 1 : 1024 * 1024 + 1) }), 413);
          if (endpoint.bodyType === 'application/json') {
            problem(await server.app.inject({ ...requestOf(endpoint, admin), payload: '{"a":' }), 400);
            for (const payload of ['[]', '{"__proto__":{"x":1}}', '{"nonsense":1}', 'null', '1e999']) expect((await server.app.inject({ ...requestOf(endpoint, admin), payload })).statusCode).toBeGreaterThanOrEqual(400);
          }
          if (endpoint.isIdempotent) {
            const { headers, ...request } = requestOf(endpoint, admin);
            const { 'idempotency-key': _key, ...rest } = headers as Record<string, string>;
            problem(await server.app.inject({ ...request, headers: rest }), 422);
          }
        });
      }
    });
  }

  it('answers unknown paths, traversal and malformed URLs with problems', async () => {
    const headers = { 'x-api-key': tokens.get('admin') ?? '' };
    for (const url of ['/', '/v1', '/v1/nothing', '/v1/models/../../etc/passwd', '/v1/models/..%2f..%2fetc%2fpasswd/live', '/v1/models/%2e%2e/live', '/v1/models/a%00b/live', `/v1/alerts/${'x'.repeat(300)}`]) {
      const response = await server.app.inject({ url, headers });
      expect([400, 404, 422]).toContain(response.statusCode);
      expect(response.headers['content-type'], url).toBe('application/problem+json');
    }
    const malformed = await server.app.inject({ url: '/v1/models/%zz/live', headers });
    expect([malformed.statusCode, malformed.headers['content-type']]).toEqual([400, 'application/problem+json']);
  });

  it('says nothing of a fault but the id of the request', async () => {
    const lines: string[] = [];
    const broken = await testServer({ overrides: { calibrate: () => { throw new Error('secret detail'); }, log: { level: 'error', stream: { write: (line) => void lines.push(line) } } } });
    const response = await broken.app.inject({ url: '/v1/calibration', headers: { 'x-api-key': broken.token('admin'), 'x-request-id': 'mine-1' } });
    const body = problem(response, 500);
    expect(body.request_id).toBe('mine-1');
    expect(response.body).not.toContain('secret detail');
    expect(lines.join('')).toContain('secret detail');
  });
});
