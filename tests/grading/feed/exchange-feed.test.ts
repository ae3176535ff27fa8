import { afterEach, describe, expect, it } from 'vitest';
import { type Bars, HOUR_MS } from '../../../engine/index.ts';
import { exchangeFeed, type ExchangeOptions, type Feed, type FeedEvent, marketKey } from '../../../grading/index.ts';
import { type ExchangeScript, type ExchangeServer, exchangeServer, playLive } from '../../support/exchange-server.ts';
import { FEED_START_MS as T0, feedBars, marketOf, told } from '../../support/feed-market.ts';
import { manualTime, type ManualTime } from '../../support/manual-time.ts';
import { positionAfter } from '../../support/collect-feed.ts';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT'];
const markets = SYMBOLS.map((symbol) => feedBars(symbol, 24));
const servers: ExchangeServer[] = [];
afterEach(async () => { for (const server of servers.splice(0)) await server.close(); });

async function exchange(script: ExchangeScript = {}, { at = 4, of = markets }: { at?: number; of?: readonly Bars[] } = {}): Promise<{ server: ExchangeServer; time: ManualTime }> {
  const time = manualTime(T0 + at * HOUR_MS + 60_000, { skipMs: 6_000 });
  const server = await exchangeServer(of, time, script);
  servers.push(server);
  return { server, time };
}

function feedOf(server: ExchangeServer, time: ManualTime, options: Partial<ExchangeOptions> = {}): Feed {
  return exchangeFeed({
    symbols: SYMBOLS, timeframeMs: HOUR_MS, restUrl: server.restUrl, wsUrl: server.wsUrl, clock: time.clock, timer: time.timer,
    silenceMs: Infinity, staleAfterMs: Infinity, backoff: { baseMs: 0, maxMs: 0 }, ...options,
  });
}

/** First editions and gaps, without the times at which they came. */
const stream = (events: readonly FeedEvent[]): string[] => events.filter((event) => event.type !== 'status' && event.type !== 'history' && !(event.type === 'bar' && event.bar.revision > 0)).map(told);
/** What a perfect connection gives: within a close the order of arrival does not matter. */
function clean(from: number, to: number, missing: (symbol: string, t: number) => boolean = () => false): string[] {
  return Array.from({ length: to - from }, (_, i) => from + i).flatMap((t) => [
    ...markets.map(({ instrument: { symbol }, close }) => (missing(symbol, t) ? `gap ${symbol} ${t}` : `bar ${symbol} ${t} ${close[t]}`)), `close ${t + 1}`,
  ]);
}
const canonical = (lines: readonly string[]): string[] => lines.map((line) => (line.startsWith('gap') ? line.split(' ').slice(0, 3).join(' ') : line))
  .map((line, i, all) => ({ line, close: all.slice(0, i).filter((one) => one.startsWith('close')).length, isClose: line.startsWith('close') }))
  .sort((a, b) => a.close - b.close || Number(a.isClose) - Number(b.isClose) || (a.line.split(' ')[1] < b.line.split(' ')[1] ? -1 : 1)).map(({ line }) => line);

describe('an exchange feed', () => {
  it('gives history of new markets, then every closed bar as it comes', async () => {
    const { server, time } = await exchange();
    const events = await playLive(feedOf(server, time), server, { historyBars: 3, from: 4, to: 10 });
    expect(events.slice(0, 3).map(told)).toEqual(['history BTC/USDT 3', 'history ETH/USDT 3', `status up connected to ${server.wsUrl}`]);
    expect(events[0].type === 'history' && events[0].columns.openTimeMs).toEqual([1, 2, 3].map((t) => T0 + t * HOUR_MS));
    expect(canonical(stream(events))).toEqual(clean(4, 10));
  });

  const scripts: readonly (readonly [string, ExchangeScript])[] = [
    ['a connection that is cut again and again', { disconnectAfter: [3, 1, 5, 2, 1] }],
    ['bars that are never sent', { drop: (symbol, t) => symbol === 'BTC/USDT' && t % 3 === 0 }],
    ['bars that nobody is sent', { drop: (_, t) => t % 4 === 1 }],
    ['bars that are sent twice', { duplicate: () => true }],
    ['bars that are sent behind the next', { late: (symbol, t) => symbol === 'ETH/USDT' && t % 2 === 0 }],
    ['messages that are no JSON', { garble: (symbol, t) => symbol === 'ETH/USDT' && t % 3 === 1 }],
    ['limits and failures of the REST API', { drop: () => true, trouble: [429, 500, 200, 503].map((status) => ({ status, body: status === 200 ? '<html>' : '', ...(status === 429 && { retryAfterS: 0 }) })) }],
    ['everything together', { drop: (_, t) => t % 5 === 0, duplicate: (_, t) => t % 2 === 0, late: (_, t) => t % 7 === 1, garble: (symbol, t) => symbol === 'BTC/USDT' && t % 6 === 2, disconnectAfter: [4, 7, 2], trouble: [{ status: 500 }] }],
  ];
  it.each(scripts)('gives the clean stream in spite of %s', async (_, script) => {
    const { server, time } = await exchange(script);
    const events = await playLive(feedOf(server, time), server, { historyBars: 2, from: 4, to: 20 });
    expect(canonical(stream(events))).toEqual(clean(4, 20));
  });

  it('gives a bar that is corrected as a revision, whose last edition is right', async () => {
    const { server, time } = await exchange({ revise: (symbol, t) => symbol === 'BTC/USDT' && t === 6 });
    const events = await playLive(feedOf(server, time), server, { from: 4, to: 9 });
    expect(events.map(told).filter((line) => line.startsWith('bar BTC/USDT 6'))).toEqual([`bar BTC/USDT 6 ${markets[0].low[6]}`, `bar BTC/USDT 6 ${markets[0].close[6]} revision 1`]);
  });

  it('names the gaps of bars that the exchange does not have, of one market or of all', async () => {
    const missing = (symbol: string, t: number): boolean => (symbol === 'BTC/USDT' && t === 6) || t === 9 || t === 10;
    const { server, time } = await exchange({ missing });
    const events = await playLive(feedOf(server, time), server, { from: 4, to: 14 });
    expect(canonical(stream(events))).toEqual(clean(4, 14, missing));
    expect(new Set(events.flatMap((event) => (event.type === 'gap' ? [event.reason] : [])))).toContain('the source has no such bar');
  });

  it('fills up everything since its position, and gives no bar twice', async () => {
    const { server, time } = await exchange({}, { at: 4 });
    const before = await playLive(feedOf(server, time), server, { historyBars: 2, from: 4, to: 7 });
    time.advanceTo(T0 + 15 * HOUR_MS + 60_000);
    const after = await playLive(feedOf(server, time, { maxAskBars: 3 }), server, { position: positionAfter(before), from: 15, to: 18 });
    expect(canonical(stream([...before, ...after]))).toEqual(clean(4, 18));
    expect(after.some(({ type }) => type === 'history')).toBe(false);
  });

  it('gives the same stream when it is stopped behind any event', async () => {
    for (const cut of [3, 4, 5, 6, 7, 8]) {
      const { server, time } = await exchange({}, { at: 8 });
      const position = new Map([...SYMBOLS.map((symbol) => [`binance:${symbol}@3600000`, T0 + 3 * HOUR_MS] as const), ['close@3600000', T0 + 4 * HOUR_MS] as const]);
      const stop = new AbortController();
      const first: FeedEvent[] = [];
      for await (const event of feedOf(server, time).events(position, 0, stop.signal)) if (first.push(event) === cut) break;
      const rest = await playLive(feedOf(server, time), server, { position: positionAfter(first, position), from: 8, to: 10 });
      expect(canonical(stream([...first, ...rest]))).toEqual(clean(4, 10));
    }
  });

  it('loads thousands of bars page by page', async () => {
    const long = [feedBars('BTC/USDT', 2_600)];
    const { server, time } = await exchange({}, { at: 2_500, of: long });
    const events = await playLive(feedOf(server, time, { symbols: ['BTC/USDT'] }), server, { historyBars: 2_400, position: new Map(), from: 2_500, to: 2_502 });
    expect(events[0].type === 'history' && events[0].columns.openTimeMs.length).toBe(2_400);
    const caught = await playLive(feedOf(server, time, { symbols: ['BTC/USDT'] }), server, { position: new Map([[marketKey(marketOf(long[0])), T0 + 99 * HOUR_MS]]), from: 2_502, to: 2_504 });
    expect(caught.filter(({ type }) => type === 'bar')).toHaveLength(2_404);
    expect(caught.filter(({ type }) => type === 'gap')).toHaveLength(0);
    expect(server.requests.every((request) => !request.includes('limit') || request.includes('limit=1000'))).toBe(true);
  });

  it('refuses symbols and timeframes that cannot be', async () => {
    const { server, time } = await exchange();
    expect(() => feedOf(server, time, { symbols: [] })).toThrow('symbols must be at least one such as BTC/USDT, was 0');
    expect(() => feedOf(server, time, { timeframeMs: 7 * 60_000 })).toThrow('timeframe must be one that the exchange has (1s, 1m');
    await expect(playLive(feedOf(server, time, { symbols: ['NOPE/USDT'] }), server, { from: 4, to: 5 })).rejects.toThrow(/was refused with HTTP 400: Invalid symbol/);
  });
});
