import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../engine/index.ts';
import { type FeedEvent, marketKey, replayClock, replayFeed, Sequencer } from '../../../grading/index.ts';
import { collect, positionAfter } from '../../support/collect-feed.ts';
import { FEED_START_MS as T0, feedBars, marketOf, rawBars, told } from '../../support/feed-market.ts';

const btc = feedBars('BTC/USDT', 10);
const eth = feedBars('ETH/USDT', 8, { without: [3, 4] });
const four = feedBars('BTC/USDT', 2, { timeframeMs: 4 * HOUR_MS });
const lines = (events: readonly FeedEvent[]): string[] => events.map((event) => told(event).split(' ').slice(0, 3).join(' '));

describe('a replayed feed', () => {
  it('goes close by close: bars in the order of their keys, gaps in place, then the close', async () => {
    const events = await collect(replayFeed([eth, btc]));
    expect(lines(events).slice(0, 5)).toEqual(['history BTC/USDT 0', 'history ETH/USDT 0', 'bar BTC/USDT 0', 'bar ETH/USDT 0', 'close 1']);
    expect(lines(events).slice(11, 17)).toEqual(['bar BTC/USDT 3', 'gap ETH/USDT 3', 'close 4', 'bar BTC/USDT 4', 'gap ETH/USDT 4', 'close 5']);
    expect(lines(events).slice(-4)).toEqual(['bar BTC/USDT 8', 'close 9', 'bar BTC/USDT 9', 'close 10']);
  });

  it('says what a sequencer says of the same bars', async () => {
    const events = await collect(replayFeed([btc, eth, four], { latencyMs: 1_500 }));
    const markets = [four, btc, eth];
    const sequencer = new Sequencer({ markets: markets.map(marketOf), position: new Map(markets.map((bars) => [marketKey(marketOf(bars)), T0 - bars.timeframeMs])) });
    const heard: FeedEvent[] = [];
    for (let t = 1; t <= 8; t++) {
      const nowMs = T0 + t * HOUR_MS + 1_500;
      for (const bars of markets) for (const bar of rawBars(bars)) if (bar.openTimeMs + bars.timeframeMs === T0 + t * HOUR_MS) heard.push(...sequencer.push(bar, nowMs));
      heard.push(...sequencer.tick(nowMs + 500));
      for (const ask of sequencer.takeAsks()) heard.push(...sequencer.answer({ ...ask, knownToMs: ask.toMs, reason: 'the dataset has no such bar' }, nowMs));
    }
    expect(heard).toEqual(events.filter((event) => event.type !== 'history').slice(0, heard.length));
    expect(heard.filter(({ type }) => type === 'close')).toHaveLength(10);
  });

  it('receives everything of a close at one time, to which it sets the clock', async () => {
    const clock = replayClock();
    for await (const event of replayFeed([btc], { latencyMs: 2_000, clock, fromMs: T0 + 2 * HOUR_MS }).events(new Map(), 5, new AbortController().signal)) {
      expect(event.atMs).toBe(clock.nowMs());
      if (event.type === 'close') expect(event.atMs).toBe(event.closeTimeMs + 2_000);
    }
    expect(clock.nowMs()).toBe(T0 + 10 * HOUR_MS + 2_000);
  });

  it('gives the bars before its start as history, as many as were asked for and no more than there are', async () => {
    const feed = replayFeed([btc, eth], { fromMs: T0 + 6 * HOUR_MS, toMs: T0 + 8 * HOUR_MS });
    const events = await collect(feed, { historyBars: 4 });
    const [first, second] = events;
    expect(first.type === 'history' && first.columns.openTimeMs).toEqual([2, 3, 4, 5].map((t) => T0 + t * HOUR_MS));
    expect(second.type === 'history' && second.columns.openTimeMs).toEqual([0, 1, 2, 5].map((t) => T0 + t * HOUR_MS));
    expect(lines(events).slice(2)).toEqual(['bar BTC/USDT 6', 'bar ETH/USDT 6', 'close 7', 'bar BTC/USDT 7', 'bar ETH/USDT 7', 'close 8']);
  });

  it('continues behind any event as if it had not been stopped', async () => {
    const feed = replayFeed([btc, eth, four], { fromMs: T0 + 2 * HOUR_MS });
    const whole = await collect(feed, { historyBars: 3 });
    for (let cut = 3; cut < whole.length; cut++) {
      const rest = await collect(feed, { historyBars: 3, position: positionAfter(whole.slice(0, cut), new Map([[marketKey(marketOf(four)), T0 - 4 * HOUR_MS], ['close@3600000', T0 + 2 * HOUR_MS], ['close@14400000', T0]])) });
      expect(rest).toEqual(whole.slice(cut));
    }
  });

  it('waits between closes at a finite speed, and stops when it is told to', async () => {
    const waits: number[] = [];
    const stop = new AbortController();
    const timer = { wait: (ms: number): Promise<void> => (waits.push(ms), waits.length === 3 && stop.abort(), Promise.resolve()) };
    const events: FeedEvent[] = [];
    for await (const event of replayFeed([btc], { speed: 3_600, timer }).events(new Map(), 0, stop.signal)) events.push(event);
    expect(waits).toEqual([1_000, 1_000, 1_000]);
    expect(lines(events).at(-1)).toBe('close 3');
  });

  it('takes holes of a session market for holidays', async () => {
    const days = feedBars('SPY', 12, { timeframeMs: DAY_MS, without: [5, 6], calendar: 'session' });
    const events = await collect(replayFeed([days]));
    expect(events.filter(({ type }) => type === 'bar')).toHaveLength(10);
    expect(events.filter(({ type }) => type === 'close')).toHaveLength(10);
    expect(events.some(({ type }) => type === 'gap')).toBe(false);
  });

  it('names a bar that cannot be one as a gap', async () => {
    const broken = feedBars('BTC/USDT', 3);
    broken.high[1] = 1;
    expect((await collect(replayFeed([broken]))).map(told).filter((line) => line.startsWith('gap'))).toEqual([expect.stringMatching(/^gap BTC\/USDT 1 refused: high must not be below low/)]);
  });

  it('refuses no bars, a market twice and a speed that is none', () => {
    expect(() => replayFeed([])).toThrow('markets of a replay must be bars, was');
    expect(() => replayFeed([btc, btc])).toThrow('markets must be different from each other');
    expect(() => replayFeed([btc], { speed: 0 })).toThrow('speed must be above 0, was 0');
    expect(() => replayFeed([btc], { latencyMs: -1 })).toThrow('latencyMs must be a number from 0, was -1');
  });
});
