import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../engine/index.ts';
import { openFeed, replayClock } from '../../../grading/index.ts';
import { collect } from '../../support/collect-feed.ts';
import { FEED_START_MS as T0, feedBars, told } from '../../support/feed-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const clock = { nowMs: () => T0 + 100 * HOUR_MS };
const btc = feedBars('BTC/USDT', 10);
const file = join(folder, 'BTCUSDT-1h.csv');
writeFileSync(file, `time,open,high,low,close,volume\n${Array.from(btc.openTimeMs, (time, t) => `${time},${btc.open[t]},${btc.high[t]},${btc.low[t]},${btc.close[t]},${btc.volume[t]}\n`).join('')}`);

describe('a feed by its address', () => {
  it('replays files and datasets', async () => {
    const time = replayClock();
    const feed = await openFeed(`replay:${file}?from=2026-01-05T04:00Z&to=2026-01-05T06:00Z&latency=2s&speed=max`, { clock, replayClock: time });
    const events = await collect(feed, { historyBars: 2 });
    expect(events.map((event) => told(event).replace(/ \S*USDT?\S*| UNKNOWN/, ''))).toEqual(['history 2', `bar 4 ${btc.close[4]}`, 'close 5', `bar 5 ${btc.close[5]}`, 'close 6']);
    expect(time.nowMs()).toBe(T0 + 6 * HOUR_MS + 2_000);
  });

  it('follows files and exchanges', async () => {
    const followed = await openFeed(`follow:${file}?symbol=BTC/USDT&timeframe=1h&venue=mine`, { clock });
    expect(followed.markets).toEqual([{ venue: 'mine', symbol: 'BTC/USDT', timeframeMs: HOUR_MS }]);
    const live = await openFeed('binance:btc/usdt,ETH/USDT@4h?rest=http://127.0.0.1:1&ws=ws://127.0.0.1:1', { clock });
    expect(live.markets.map(({ venue, symbol, timeframeMs }) => `${venue} ${symbol} ${timeframeMs / HOUR_MS}`)).toEqual(['binance BTC/USDT 4', 'binance ETH/USDT 4']);
  });

  it.each([
    ['candles.csv', 'feed must be one such as replay:btc-usdt-1h'],
    ['binanse:BTC/USDT@1h', 'kind of feed must be a known name, was "binanse"; did you mean "binance"?'],
    ['replay:', 'feed must be like replay:btc-usdt-1h'],
    ['replay:a?sped=3', 'option of a replay feed must be a known name, was "sped"; did you mean "speed"?'],
    [`replay:${file}?speed=fast`, 'speed must be a number or max, was "fast"'],
    [`replay:${file}?from=soon`, 'from must be a date such as 2024-03-07'],
    ['follow:a.csv?symbol=BTC/USDT', 'followed file must be given its symbol and timeframe'],
    ['binance:BTC/USDT', 'feed must be symbols and a timeframe, BTC/USDT,ETH/USDT@1h, was "binance:BTC/USDT"'],
    ['binance:BTC/USDT@7m', 'timeframe must be one that the exchange has'],
    ['binance:BTC/USDT@1x', 'timeframe must be a number and a unit'],
    ['ccxt:BTC/USDT@1h', 'feed must be an exchange and its symbols, ccxt:kraken:BTC/USDT,ETH/USDT@1h'],
    ['ccxt:kraken:BTC/USD@1h', 'ccxt must be installed for the feed ccxt:kraken; run: npm install ccxt'],
  ])('says what is wrong with %s', async (spec, message) => {
    await expect(openFeed(spec, { clock, home: folder })).rejects.toThrow(message);
  });

  it('says that a dataset is not there', async () => {
    await expect(openFeed('replay:nope', { clock, home: folder })).rejects.toMatchObject({ code: 'dataset-unknown' });
  });
});
