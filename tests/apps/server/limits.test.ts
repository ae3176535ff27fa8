import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLoopback, listen } from '../../../apps/server/index.ts';
import { testServer } from '../../support/grading-server.ts';

const limits = { perKey: { requests: 5, windowMs: 10_000 }, perAddress: { requests: 3, windowMs: 60_000 } };

describe('limits', () => {
  it('a key has a bucket that fills up again, and every answer says how full it is', async () => {
    const server = await testServer({ overrides: { limits } });
    const headers = { 'x-api-key': server.token('grades:read') };
    const call = async () => server.app.inject({ url: '/v1/price', headers });
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(await call());
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.map((one) => one.headers['x-ratelimit-remaining'])).toEqual(['4', '3', '2', '1', '0', '0']);
    expect(answers[0].headers).toMatchObject({ 'ratelimit-policy': '"default";q=5;w=10', ratelimit: '"default";r=4;t=2', 'x-ratelimit-limit': '5' });
    expect(answers[5].headers).toMatchObject({ 'retry-after': '2', 'content-type': 'application/problem+json' });
    server.clock.advance(2_000);
    expect([(await call()).statusCode, (await call()).statusCode]).toEqual([200, 429]);
    expect((await server.app.inject({ url: '/v1/price', headers: { api_key: server.token('grades:read') } })).statusCode).toBe(200);
  });

  it('who guesses keys is stopped by address, and probes are not counted', async () => {
    const server = await testServer({ overrides: { limits } });
    const guess = async () => server.app.inject({ url: '/v1/price', headers: { 'x-api-key': 'guess' } });
    expect([(await guess()).statusCode, (await guess()).statusCode, (await guess()).statusCode, (await guess()).statusCode]).toEqual([401, 401, 401, 429]);
    expect((await server.app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });

  it('a month has a quota, which the next month gives anew', async () => {
    const server = await testServer({ overrides: { limits: { callsPerMonth: 2 } } });
    const headers = { 'x-api-key': server.token('grades:read') };
    const call = async () => server.app.inject({ url: '/v1/price', headers });
    const [, , third] = [await call(), await call(), await call()];
    expect([third.statusCode, third.json<{ type: string }>().type]).toEqual([429, 'urn:assay:problem:quota-exceeded']);
    server.clock.advance(Number(third.headers['retry-after']) * 1_000);
    expect((await call()).statusCode).toBe(200);
    server.timers.fire(10_000);
    expect(JSON.parse(readFileSync(join(server.keyFolder, 'usage.json'), 'utf8'))).toEqual({ [headers['x-api-key'].split('_')[1]]: { lastUsedMs: server.clock.nowMs(), month: '2026-11', calls: 1 } });
  });

  it('a handler that takes too long is cut off', async () => {
    const server = await testServer({ overrides: { limits: { promotionMs: 30 }, promote: async () => new Promise(() => undefined) } });
    const response = await server.app.inject({ method: 'POST', url: '/v1/models', payload: 'x', headers: { 'x-api-key': server.token('admin'), 'content-type': 'text/html', 'idempotency-key': 'k' } });
    expect([response.statusCode, response.json<{ type: string }>().type]).toEqual([503, 'urn:assay:problem:timed-out']);
  });
});

describe('the door', () => {
  it('listens elsewhere than on this machine only with TLS, or when told that it is insecure', async () => {
    const { app } = await testServer();
    await expect(listen(app, { host: '0.0.0.0', port: 0, isTls: false })).rejects.toThrow(/host must be this machine/);
    expect(['127.0.0.1', '127.8.0.1', '::1', 'localhost', '0.0.0.0', '::', '192.168.1.2', '127.evil.com'].map(isLoopback)).toEqual([true, true, true, true, false, false, false, false]);
    expect(await listen(app, { port: 0, isTls: false })).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('sends headers that a browser obeys, no CORS, and the id of the request', async () => {
    const server = await testServer();
    const { headers } = await server.app.inject({ url: '/v1/price', headers: { 'x-api-key': server.token('admin'), origin: 'https://elsewhere.example', 'x-request-id': 'abc-1' } });
    expect(headers).toMatchObject({ 'content-security-policy': expect.stringContaining("default-src 'none'"), 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'x-request-id': 'abc-1' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const odd = await server.app.inject({ url: '/healthz', headers: { 'x-request-id': 'a b\tc' } });
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('writes no key into its logs, wherever a client has put it', async () => {
    const lines: string[] = [];
    const server = await testServer({ overrides: { log: { level: 'trace', stream: { write: (line) => void lines.push(line) } } } });
    const token = server.token('admin');
    await server.app.inject({ url: `/v1/price?api_key=${token}`, headers: { 'x-api-key': token, authorization: `Bearer ${token}` } });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toContain(token.split('_')[2]);
  });

  it('gives figures to who may have them', async () => {
    const server = await testServer();
    await server.app.inject({ url: '/v1/price', headers: { 'x-api-key': server.token('grades:read') } });
    expect((await server.app.inject({ url: '/metrics' })).statusCode).toBe(401);
    const { body } = await server.app.inject({ url: '/metrics', headers: { 'x-api-key': server.token('admin') } });
    expect(body).toContain('assay_http_requests_total{operation="getPrice",status="200"} 1');
    expect(body).toContain(`assay_journal_seq ${server.view.state.seq}`);
    expect(body).toMatch(/assay_market_age_seconds\{market="binance:BTC\/USDT@3600000"\} [\d.]+/);
  });
});
