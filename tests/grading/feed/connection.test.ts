import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { HOUR_MS, seededRandom } from '../../../engine/index.ts';
import { exchangeFeed } from '../../../grading/index.ts';
import { backoffMs } from '../../../grading/feed/backoff.ts';
import { CircuitBreaker } from '../../../grading/feed/circuit-breaker.ts';
import { RestClient } from '../../../grading/feed/exchange/rest-client.ts';
import { streamKlines } from '../../../grading/feed/exchange/kline-stream.ts';
import { type ExchangeServer, exchangeServer } from '../../support/exchange-server.ts';
import { FEED_START_MS as T0, feedBars, told } from '../../support/feed-market.ts';
import { type ManualTime, manualTime } from '../../support/manual-time.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => { for (const close of closing.splice(0)) await close(); });
const markets = [feedBars('BTC/USDT', 12)];
const signal = new AbortController().signal;

async function local(time: ManualTime, trouble: ExchangeServer['trouble'] = []): Promise<ExchangeServer> {
  const server = await exchangeServer(markets, time, { trouble });
  closing.push(() => server.close());
  return server;
}
function client(server: ExchangeServer, time: ManualTime, options = {}): RestClient {
  return new RestClient({ baseUrl: server.restUrl, clock: time.clock, timer: time.timer, random: seededRandom(1, 'test'), backoff: { baseMs: 500, maxMs: 8_000 }, attempts: 3, timeoutMs: 5_000, ...options });
}

describe('backoff', () => {
  it('doubles to its maximum, half of it by chance, the same with the same seed', () => {
    const pauses = (seed: number): number[] => [1, 2, 3, 4, 5, 6, 40].map(((random) => (n: number) => backoffMs(n, { baseMs: 500, maxMs: 8_000 }, random))(seededRandom(seed, 'pause')));
    pauses(1).forEach((ms, i) => {
      const full = Math.min(8_000, 500 * 2 ** [0, 1, 2, 3, 4, 5, 39][i]);
      expect(ms).toBeGreaterThanOrEqual(full / 2);
      expect(ms).toBeLessThanOrEqual(full);
    });
    expect(pauses(1)).toEqual(pauses(1));
    expect(pauses(1)).not.toEqual(pauses(2));
  });
});

describe('a circuit breaker', () => {
  it('opens after failures in a row, lets one trial through, closes on success', () => {
    const breaker = new CircuitBreaker({ failures: 2, pauseMs: 100 });
    breaker.failed(0);
    expect(breaker.closedAtMs(0)).toBe(null);
    breaker.failed(10);
    expect(breaker.closedAtMs(50)).toBe(110);
    expect(breaker.closedAtMs(110)).toBe(null);
    expect(breaker.closedAtMs(111)).toBe(210);
    breaker.succeeded();
    expect(breaker.closedAtMs(112)).toBe(null);
  });
});

describe('a REST client', () => {
  it('waits as long as the exchange asks for', async () => {
    const time = manualTime(T0);
    const server = await local(time, [{ status: 429, retryAfterS: 7 }]);
    const answer = client(server, time).get('/api/v3/time', {}, signal);
    await time.waiting(7_000);
    expect(server.requests).toHaveLength(1);
    time.advanceTo(T0 + 7_000);
    expect(await answer).toEqual({ serverTime: T0 + 7_000 });
  });

  it('leaves an exchange alone that has banned it, until the ban is over', async () => {
    const time = manualTime(T0);
    const server = await local(time, [{ status: 418, retryAfterS: 600 }]);
    const rest = client(server, time);
    await expect(rest.get('/api/v3/time', {}, signal)).rejects.toThrow('was not asked: the exchange wants to be left alone for 10m');
    await expect(rest.get('/api/v3/time', {}, signal)).rejects.toMatchObject({ code: 'source-unavailable' });
    expect(server.requests).toHaveLength(1);
    time.advanceTo(T0 + 600_000);
    expect(await rest.get('/api/v3/time', {}, signal)).toEqual({ serverTime: T0 + 600_000 });
  });

  it('tries again with pauses, then says what was wrong; stops asking when it fails for long', async () => {
    const time = manualTime(T0, { skipMs: 8_000 });
    const server = await local(time, Array.from({ length: 6 }, () => ({ status: 503, body: '{"code":-1000,"msg":"down"}' })));
    const rest = client(server, time, { breaker: { failures: 6, pauseMs: 20_000 } });
    for (let i = 0; i < 2; i++) await expect(rest.get('/api/v3/time', {}, signal)).rejects.toThrow('did not answer in 3 attempts: HTTP 503: down');
    await expect(rest.get('/api/v3/time', {}, signal)).rejects.toThrow('was not asked: it has failed too often, next trial in 20s');
    expect(server.requests).toHaveLength(6);
    expect(time.waits).toHaveLength(4);
    time.advanceTo(time.clock.nowMs() + 20_000);
    expect(await rest.get('/api/v3/time', {}, signal)).toHaveProperty('serverTime');
  });

  it('says that nobody answers', async () => {
    const time = manualTime(T0, { skipMs: 8_000 });
    const server = await local(time);
    await server.close();
    await expect(client(server, time).get('/api/v3/time', {}, signal)).rejects.toThrow(/did not answer in 3 attempts: .*ECONNREFUSED/);
  });
});

describe('a stream of klines', () => {
  it('takes a silent connection for dead, and connects again', async () => {
    const time = manualTime(T0 + HOUR_MS);
    const server = await local(time);
    const stop = new AbortController();
    const told: string[] = [];
    const sink = {
      push: () => {}, room: () => Promise.resolve(),
      connect: (isConnected: boolean, detail: string): void => {
        told.push(`${isConnected ? 'up' : 'down'} ${detail}`);
        if (told.length === 1) time.advanceTo(time.clock.nowMs() + 60_000);
        if (told.length === 3) stop.abort();
      },
    };
    const stream = { url: server.wsUrl, markets: [{ venue: 'binance', symbol: 'BTC/USDT', timeframeMs: HOUR_MS }], timer: time.timer, random: seededRandom(1), backoff: { baseMs: 0, maxMs: 0 }, silenceMs: 60_000 };
    await streamKlines(sink, stream, stop.signal);
    expect(told.map((line) => line.replace(/ws:.*/, 'there'))).toEqual(['up connected to there', 'down nothing was heard for 60 s', 'up connected to there']);
    expect(server.connections()).toBe(2);
  });

  it('stays with a connection that only pings', async () => {
    const time = manualTime(T0 + HOUR_MS);
    const http = createServer();
    const wss = new WebSocketServer({ server: http });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => http.close(resolve)), () => wss.close());
    const stop = new AbortController();
    const downs: string[] = [];
    const pinged = new Promise<void>((resolve) => {
      wss.on('connection', (socket) => {
        let pings = 0;
        socket.on('pong', () => {
          time.advanceTo(time.clock.nowMs() + 40_000);
          if (++pings === 5) resolve();
          else socket.ping();
        });
        socket.ping();
      });
    });
    const { port } = http.address() as AddressInfo;
    const stream = { url: `ws://127.0.0.1:${port}`, markets: [{ venue: 'binance', symbol: 'BTC/USDT', timeframeMs: HOUR_MS }], timer: time.timer, random: seededRandom(1), backoff: { baseMs: 0, maxMs: 0 }, silenceMs: 60_000 };
    const running = streamKlines({ push: () => {}, room: () => Promise.resolve(), connect: (isConnected, detail) => { if (!isConnected) downs.push(detail); } }, stream, stop.signal);
    await pinged;
    stop.abort();
    await running;
    expect(downs).toEqual([]);
  });

  it('subscribes by messages to what the address does not hold', async () => {
    const time = manualTime(T0 + HOUR_MS + 60_000, { skipMs: 6_000 });
    const many = Array.from({ length: 230 }, (_, i) => feedBars(`C${i}/USDT`, 3));
    const server = await exchangeServer(many, time);
    closing.push(() => server.close());
    const heard = new Set<string>();
    const stop = new AbortController();
    const sink = { room: () => Promise.resolve(), connect: () => {}, push: (bars: readonly { readonly key: string }[]): void => {
      for (const { key } of bars) heard.add(key);
      if (heard.size === many.length) stop.abort();
      else if (heard.size % 100 === 0) server.step(1);
    } };
    const running = streamKlines(sink, { url: server.wsUrl, markets: many.map(({ instrument: { venue, symbol }, timeframeMs }) => ({ venue, symbol, timeframeMs })), timer: time.timer, random: seededRandom(1), backoff: { baseMs: 0, maxMs: 0 }, silenceMs: Infinity }, stop.signal);
    await server.subscribed(230);
    server.step(1);
    await running;
    expect(heard.size).toBe(230);
  });
});

describe('a feed of a stream that says nothing', () => {
  it('says that it is stale, and when bars come again', async () => {
    const time = manualTime(T0 + HOUR_MS + 60_000, { skipMs: 6_000 });
    const server = await local(time);
    const feed = exchangeFeed({ symbols: ['BTC/USDT'], timeframeMs: HOUR_MS, restUrl: server.restUrl, wsUrl: server.wsUrl, clock: time.clock, timer: time.timer, silenceMs: Infinity, staleAfterMs: 300_000, attempts: 1, breaker: { failures: 1e9 } });
    const lines: string[] = [];
    for await (const event of feed.events(new Map(), 1, signal)) {
      lines.push(told(event));
      if (told(event).startsWith('status up connected')) {
        server.trouble.push(...Array.from({ length: 200 }, () => ({ status: 500 })));
        time.advanceTo(T0 + 2 * HOUR_MS + 10);
      }
      if (told(event).startsWith('status down stale')) server.trouble.splice(0);
      if (told(event) === 'status up bars come again') break;
    }
    expect(lines.slice(2)).toEqual(['status down stale: the bars that close at 2026-01-05T02:00:00Z have not come for 5m', `bar BTC/USDT 1 ${markets[0].close[1]}`, 'close 2', 'status up bars come again']);
  });
});
