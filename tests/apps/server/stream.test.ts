import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../../../apps/server/index.ts';
import { testServer, type TestServer, type TestServerOptions } from '../../support/grading-server.ts';

interface Message { readonly type: string; readonly channel?: string; readonly seq?: number; readonly prev_seq?: number; readonly data?: unknown; readonly reason?: string }

const open = new Set<WebSocket>();
afterEach(() => {
  for (const socket of open) socket.terminate();
  open.clear();
});

async function serve(options: TestServerOptions = {}): Promise<TestServer & { readonly url: string }> {
  const server = await testServer(options);
  await listen(server.app, { port: 0, isTls: false });
  return { ...server, url: `ws://127.0.0.1:${(server.app.server.address() as AddressInfo).port}/v1/stream` };
}

/** A client that keeps what it hears and waits for messages of a kind. */
function connect(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, { headers });
  open.add(socket);
  const heard: Message[] = [];
  const closed = once(socket, 'close') as Promise<[number, Buffer]>;
  closed.catch(() => undefined);
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    heard.push(JSON.parse((data as Buffer).toString()) as Message);
    for (const call of waiting) call();
  });
  const until = async (holds: () => boolean): Promise<void> => {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const check = (): void => { if (holds()) { waiting.delete(check); resolve(); } };
      waiting.add(check);
    });
  };
  return {
    socket, heard, closed, until,
    of: (type: string) => heard.filter((one) => one.type === type),
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  };
}

describe('the stream', () => {
  it('gives a snapshot and then every entry behind it, in order, each naming the one before', async () => {
    const server = await serve({ ahead: 8 });
    const client = connect(server.url, { 'x-api-key': server.token('grades:read') });
    await client.until(() => client.of('welcome').length === 1);
    client.say({ type: 'subscribe', channels: ['trader_grades', 'prices'], symbols: ['btc'] });
    await client.until(() => client.of('snapshot').length === 2);
    const [snapshot] = client.of('snapshot');
    expect(snapshot.data).toHaveLength(1);
    for (const batch of server.ahead) server.commit(batch);
    const expected = server.ahead.flat().filter((entry) => (entry.type === 'grade_published' || entry.type === 'bar_received') && entry.payload.symbol === 'BTC/USDT');
    await client.until(() => client.of('delta').length === expected.length);
    const deltas = client.of('delta');
    expect(deltas.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq));
    expect(deltas.map(({ prev_seq: before }) => before)).toEqual([snapshot.seq, ...deltas.slice(0, -1).map(({ seq }) => seq)]);
  });

  it('goes on from a sequence number, or says that it cannot', async () => {
    const server = await serve({ ahead: 6 });
    const headers = { 'x-api-key': server.token('grades:read') };
    const from = server.view.state.seq;
    for (const batch of server.ahead) server.commit(batch);
    const client = connect(server.url, headers);
    await client.until(() => client.of('welcome').length === 1);
    client.say({ type: 'subscribe', channels: ['trader_grades'], resume_from: from });
    const expected = server.ahead.flat().filter(({ type }) => type === 'grade_published').map(({ seq }) => seq);
    await client.until(() => client.of('delta').length === expected.length);
    expect(client.of('delta').map(({ seq }) => seq)).toEqual(expected);
    expect(client.of('snapshot')).toEqual([]);
    client.say({ type: 'subscribe', channels: ['trader_grades'], resume_from: 10 ** 9 });
    await client.until(() => client.of('snapshot').length === 1);
    expect(client.of('resync')[0].reason).toContain('has not been published');
    const small = await serve({ view: { keep: { recentEntries: 10 } } });
    const late = connect(small.url, { 'x-api-key': small.token('grades:read') });
    await late.until(() => late.of('welcome').length === 1);
    late.say({ type: 'subscribe', channels: ['trader_grades'], resume_from: 1 });
    await late.until(() => late.of('snapshot').length === 1);
    expect(late.of('resync')[0].reason).toContain('no longer held');
  });

  it('takes a key in the first message, and lets nobody in without one', async () => {
    const server = await serve();
    const token = server.token('grades:read');
    const good = connect(server.url);
    await once(good.socket, 'open');
    good.say({ type: 'auth', token });
    await good.until(() => good.of('welcome').length === 1);
    const bad = connect(server.url);
    await once(bad.socket, 'open');
    bad.say({ type: 'auth', token: `${token}x` });
    expect((await bad.closed)[0]).toBe(4401);
    const eager = connect(server.url);
    await once(eager.socket, 'open');
    eager.say({ type: 'subscribe', channels: ['prices'] });
    expect((await eager.closed)[0]).toBe(4401);
    const silent = connect(server.url);
    await once(silent.socket, 'open');
    server.timers.fire(5_000);
    expect((await silent.closed)[0]).toBe(4408);
    const refused = connect(server.url, { 'x-api-key': 'nonsense' });
    await expect(once(refused.socket, 'open')).rejects.toThrow('401');
  });

  it('keeps channels to those whose scope the key has', async () => {
    const server = await serve();
    const client = connect(server.url, { 'x-api-key': server.token('grades:read') });
    await client.until(() => client.of('welcome').length === 1);
    expect(client.of('welcome')[0]).toMatchObject({ channels: expect.not.arrayContaining(['models']) });
    client.say({ type: 'subscribe', channels: ['models'] });
    expect((await client.closed)[0]).toBe(4403);
  });

  it('ends for a key that is revoked, and beats for the others', async () => {
    const server = await serve();
    const [kept, ended] = [server.token('grades:read'), server.token('grades:read')].map((token) => ({ token, client: connect(server.url, { 'x-api-key': token }) }));
    for (const { client } of [kept, ended]) await client.until(() => client.of('welcome').length === 1);
    server.keys.revoke(ended.token.split('_')[1], 'test');
    server.timers.fire(15_000);
    expect((await ended.client.closed)[0]).toBe(4401);
    await kept.client.until(() => kept.client.of('heartbeat').length === 1);
    expect(kept.client.of('heartbeat')[0].seq).toBe(server.view.state.seq);
  });

  it('answers nonsense with an error, drops who talks too much, and takes no large message', async () => {
    const server = await serve();
    const client = connect(server.url, { 'x-api-key': server.token('grades:read') });
    await client.until(() => client.of('welcome').length === 1);
    for (const nonsense of ['{', '[]', 'null', '{"type":"subscribe"}', '{"type":"subscribe","channels":["__proto__"]}', '{"type":"subscribe","channels":["prices"],"x":1}']) client.say(nonsense);
    await client.until(() => client.of('error').length === 6);
    for (let i = 0; i < 40; i++) client.say({ type: 'ping' });
    expect((await client.closed)[0]).toBe(4429);
    const large = connect(server.url, { 'x-api-key': server.token('grades:read') });
    await once(large.socket, 'open');
    large.say('x'.repeat(20_000));
    expect((await large.closed)[0]).toBe(1009);
  });

  it('drops a client that does not read, with a code, and keeps the others', async () => {
    const server = await serve({ ahead: 20, overrides: { limits: { streamBytes: 1024 * 1024 } } });
    const headers = { 'x-api-key': server.token('grades:read') };
    const [slow, quick] = [connect(server.url, headers), connect(server.url, headers)];
    for (const client of [slow, quick]) {
      await client.until(() => client.of('welcome').length === 1);
      client.say({ type: 'subscribe', channels: ['trader_grades', 'signals'] });
      await client.until(() => client.of('snapshot').length === 2);
    }
    slow.socket.pause();
    const dropped = async (): Promise<boolean> => (await server.app.inject({ url: '/metrics', headers: { 'x-api-key': server.token('admin') } })).body.includes('assay_stream_dropped_total{reason="slow"} 1');
    const grades = server.ahead.flat().filter(({ type }) => type === 'grade_published');
    const batch = Array.from({ length: 300 }, (_, i) => grades[i % grades.length]);
    let seq = server.view.state.seq;
    for (let round = 0; round < 60 && !(await dropped()); round++) {
      server.commit(batch.map((entry) => ({ ...entry, seq: ++seq })));
      await quick.until(() => (quick.heard[quick.heard.length - 1].seq ?? 0) === seq);
    }
    expect(await dropped()).toBe(true);
    slow.socket.resume();
    expect((await slow.closed)[0]).toBe(4008);
    expect(quick.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('has room for so many', async () => {
    const server = await serve({ overrides: { limits: { streamClients: 1 } } });
    const headers = { 'x-api-key': server.token('grades:read') };
    const first = connect(server.url, headers);
    await first.until(() => first.of('welcome').length === 1);
    expect((await connect(server.url, headers).closed)[0]).toBe(1013);
  });

  it('is no resource for plain requests', async () => {
    const server = await serve();
    expect((await server.app.inject({ url: '/v1/stream', headers: { 'x-api-key': server.token('admin') } })).statusCode).toBe(400);
  });
});
