import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../engine/index.ts';
import { type CcxtExchange, ccxtFeed, type FeedEvent, openCcxtExchange } from '../../../grading/index.ts';
import { positionAfter } from '../../support/collect-feed.ts';
import { type ExchangeScript, type ExchangeServer, exchangeServer } from '../../support/exchange-server.ts';
import { FEED_START_MS as T0, feedBars, told } from '../../support/feed-market.ts';
import { manualTime } from '../../support/manual-time.ts';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT'];
const markets = SYMBOLS.map((symbol) => feedBars(symbol, 24));
const servers: ExchangeServer[] = [];
afterEach(async () => { for (const server of servers.splice(0)) await server.close(); });

class BadSymbol extends Error {}

/** An exchange of ccxt's shape, over the local server. */
function exchangeOf(server: ExchangeServer): CcxtExchange {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${server.restUrl}${path}`);
    if (response.status === 400) throw new BadSymbol('binance does not have market symbol');
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.json();
  };
  return {
    id: 'binance', has: { fetchOHLCV: true, fetchTime: true }, timeframes: { '1h': '1h', '4h': '4h' },
    fetchTime: async () => ((await get('/api/v3/time')) as { serverTime: number }).serverTime,
    fetchOHLCV: async (symbol, timeframe, since = 0, limit = 500) =>
      ((await get(`/api/v3/klines?symbol=${symbol.replace('/', '')}&interval=${timeframe}&startTime=${since}&endTime=${since + limit * HOUR_MS - 1}&limit=${limit}`)) as string[][]).map((row) => row.slice(0, 6).map(Number)),
  };
}

async function play(script: ExchangeScript, { position = new Map(), from = 4, to, symbols = SYMBOLS, historyBars = 2 }: { position?: ReadonlyMap<string, number>; from?: number; to: number; symbols?: string[]; historyBars?: number }): Promise<FeedEvent[]> {
  const time = manualTime(T0 + from * HOUR_MS + 60_000, { skipMs: 6_000 });
  const server = await exchangeServer(markets, time, script);
  servers.push(server);
  const feed = ccxtFeed({ exchange: exchangeOf(server), symbols, timeframeMs: HOUR_MS, clock: time.clock, timer: time.timer, backoff: { baseMs: 0, maxMs: 0 }, staleAfterMs: Infinity, pageBars: 7 });
  const events: FeedEvent[] = [];
  let next = from;
  for await (const event of feed.events(position, historyBars, new AbortController().signal)) {
    events.push(event);
    if (event.type === 'history' && event.market.symbol === 'ETH/USDT') server.step(next++);
    if (event.type !== 'close' || event.closeTimeMs < T0 + next * HOUR_MS) continue;
    if (next >= to) break;
    server.step(next++);
  }
  return events;
}
const clean = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => from + i).flatMap((t) => [...markets.map(({ instrument: { symbol }, close }) => `bar ${symbol} ${t} ${close[t]}`), `close ${t + 1}`]);
const stream = (events: readonly FeedEvent[]): string[] => {
  const lines = events.filter(({ type }) => ['bar', 'gap', 'close', 'late'].includes(type)).map(told);
  return lines.map((line, i) => ({ line, at: lines.slice(0, i).filter((one) => one.startsWith('close')).length + (line.startsWith('close') ? 0.5 : 0) })).sort((a, b) => a.at - b.at || (a.line < b.line ? -1 : 1)).map(({ line }) => line);
};

describe('a feed by ccxt', () => {
  it('asks after every close, and takes no candle that is still forming', async () => {
    const events = await play({}, { to: 9 });
    expect(events.slice(0, 2).map(told)).toEqual(['history BTC/USDT 2', 'history ETH/USDT 2']);
    expect(stream(events)).toEqual(clean(4, 9));
  });

  it('asks again when the exchange fails, and says so when it fails for long', async () => {
    const events = await play({ trouble: Array.from({ length: 9 }, () => ({ status: 500 })) }, { to: 6 });
    expect(events.map(told)[0]).toBe('status down binance did not answer in 4 attempts: HTTP 500');
    expect(stream(events)).toEqual(clean(4, 6));
  });

  it('fills up page by page since its position', async () => {
    const before = await play({}, { to: 6 });
    const after = await play({}, { position: positionAfter(before), from: 20, to: 20 });
    expect(stream([...before, ...after])).toEqual(clean(4, 20));
  });

  it('refuses a symbol, a timeframe and an exchange that are not there', async () => {
    await expect(play({}, { to: 5, symbols: ['NOPE/USDT'] })).rejects.toThrow('binance refused: binance does not have market symbol');
    const exchange = { id: 'kraken', fetchOHLCV: () => Promise.resolve([]), timeframes: { '1d': '1d' } };
    expect(() => ccxtFeed({ exchange, symbols: ['BTC/USD'], timeframeMs: HOUR_MS, clock: { nowMs: () => T0 } })).toThrow('timeframe must be one that kraken has (1d), was "1h"');
    await expect(openCcxtExchange('kraken')).rejects.toThrow('ccxt must be installed for the feed ccxt:kraken; run: npm install ccxt');
  });
});
