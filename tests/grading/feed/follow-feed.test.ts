import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../engine/index.ts';
import { type Feed, type FeedEvent, followFeed, systemTimer } from '../../../grading/index.ts';
import { positionAfter } from '../../support/collect-feed.ts';
import { FEED_START_MS as T0, feedBars, marketOf, told } from '../../support/feed-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const [btc, eth] = ['BTC/USDT', 'ETH/USDT'].map((symbol) => feedBars(symbol, 40));
const markets = [btc, eth].map(marketOf);
const clock = { nowMs: () => T0 + 1_000 * HOUR_MS };
let files = 0;
const file = (text = ''): string => {
  const path = join(folder, `${files++}.candles`);
  writeFileSync(path, text);
  return path;
};

const HEADER = 'time,open,high,low,close,volume\n';
const csv = (t: number): string => `${new Date(btc.openTimeMs[t]).toISOString()},${btc.open[t]},${btc.high[t]},${btc.low[t]},${btc.close[t]},${btc.volume[t]}\n`;
const json = (bars: typeof btc, t: number): string => `${JSON.stringify({ symbol: bars.instrument.symbol, t: bars.openTimeMs[t], o: bars.open[t], h: bars.high[t], l: bars.low[t], c: bars.close[t], v: bars.volume[t], x: true })}\n`;
const rows = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => csv(from + i)).join('');
const follow = (path: string, of = [markets[0]]): Feed => followFeed(path, { markets: of, clock, timer: systemTimer, pollMs: 20, staleAfterMs: Infinity });
const bar = (bars: typeof btc, t: number): string => `bar ${bars.instrument.symbol} ${t} ${bars.close[t]}`;

/** Does one thing after another to a file, each when the line before it was told. */
async function during(feed: Feed, steps: Readonly<Record<string, () => void>>, { last, position = new Map(), historyBars = 0 }: { last: string; position?: ReadonlyMap<string, number>; historyBars?: number }): Promise<{ lines: string[]; events: FeedEvent[] }> {
  const events: FeedEvent[] = [];
  const done = new Set<string>();
  for await (const event of feed.events(position, historyBars, new AbortController().signal)) {
    events.push(event);
    const line = told(event);
    for (const [after, step] of Object.entries(steps)) {
      if (line.startsWith(after) && !done.has(after)) {
        done.add(after);
        step();
      }
    }
    if (line.startsWith(last)) break;
  }
  return { events, lines: events.map(told) };
}
const places = (lines: readonly string[]): string[] => lines.filter((line) => /^(bar|gap|late) /.test(line));

describe('a followed file', () => {
  it('gives what is there as history, and rows as they are appended', async () => {
    const path = file(HEADER + rows(0, 5));
    const { lines, events } = await during(follow(path), { 'status up': () => appendFileSync(path, rows(5, 7)), 'close 7': () => appendFileSync(path, rows(7, 8)) }, { last: 'close 8', historyBars: 3 });
    expect(events[0].type === 'history' && events[0].columns.openTimeMs).toEqual([2, 3, 4].map((t) => T0 + t * HOUR_MS));
    expect(places(lines)).toEqual([5, 6, 7].map((t) => bar(btc, t)));
  });

  it('waits for the end of a line', async () => {
    const path = file(HEADER + rows(0, 2));
    const [head, tail] = [csv(2).slice(0, 30), csv(2).slice(30)];
    const { lines } = await during(follow(path), { 'status up': () => { appendFileSync(path, head); appendFileSync(path, tail + csv(3)); } }, { last: 'close 4' });
    expect(places(lines)).toEqual([bar(btc, 2), bar(btc, 3)]);
  });

  it('reads JSON lines of several markets, skips forming bars and other symbols', async () => {
    const path = file(json(btc, 0) + json(eth, 0));
    const more = json(btc, 1) + json({ ...btc, instrument: { ...btc.instrument, symbol: 'XRP/USDT' } }, 1) + json(eth, 1).replace('true', 'false') + json(eth, 1);
    const { lines } = await during(follow(path, markets), { 'status up': () => appendFileSync(path, more) }, { last: 'close 2' });
    expect(places(lines)).toEqual([bar(btc, 1), bar(eth, 1)]);
  });

  it('continues from its position', async () => {
    const path = file(HEADER + rows(0, 3));
    const first = await during(follow(path), { 'status up': () => appendFileSync(path, rows(3, 6)) }, { last: 'close 5' });
    const rest = await during(follow(path), { 'close 6': () => appendFileSync(path, rows(6, 7)) }, { last: 'close 7', position: positionAfter(first.events) });
    expect(places([...first.lines, ...rest.lines])).toEqual([3, 4, 5, 6].map((t) => bar(btc, t)));
  });

  it('names rows that are missing as gaps, and puts unsorted ones in order', async () => {
    const path = file(HEADER + rows(0, 2));
    const { lines } = await during(follow(path), { 'status up': () => appendFileSync(path, csv(3) + csv(2) + csv(6)) }, { last: 'close 7' });
    expect(places(lines)).toEqual([bar(btc, 2), bar(btc, 3), 'gap BTC/USDT 4 the source has no such bar', 'gap BTC/USDT 5 the source has no such bar', bar(btc, 6)]);
  });

  it('says that it was cut, replaced or taken away, and goes on without giving a bar twice', async () => {
    const path = file(HEADER + rows(0, 4));
    const replace = (to: number): void => {
      writeFileSync(`${path}.new`, HEADER + rows(0, to));
      renameSync(`${path}.new`, path);
    };
    const { lines } = await during(follow(path), {
      'status up': () => appendFileSync(path, rows(4, 6)), 'close 6': () => writeFileSync(path, HEADER + rows(6, 7)), 'close 7': () => replace(9), 'close 9': () => renameSync(path, `${path}.old`),
      [`status down ${path} is not there`]: () => replace(10),
    }, { last: 'close 10' });
    expect(places(lines)).toEqual([4, 5, 6, 7, 8, 9].map((t) => bar(btc, t)));
    expect(lines.some((line) => /^status down .* was cut from \d+ to \d+ bytes; it is read again from its start/.test(line))).toBe(true);
    expect(lines.some((line) => /^status down .* was replaced by another file/.test(line))).toBe(true);
  });

  it('tells of lines that it cannot read, and of headers', async () => {
    const path = file(HEADER + rows(0, 2));
    const { lines } = await during(follow(path), { 'status up': () => appendFileSync(path, `soon,1,2\n3/4/2026,1,2,1,2\n${csv(2)}`) }, { last: 'close 3' });
    expect(lines).toContain('status up a line could not be read, "soon" is not a time: soon,1,2');
    expect(lines).toContain('status up a line could not be read, time 3/4/2026 must be an epoch time or ISO, 2026-01-31T12:00Z: 3/4/2026,1,2,1,2');
    const headless = file('when,open,high,low,closing\n1,2,3,4,5\n');
    await expect(during(follow(headless), {}, { last: 'never' })).rejects.toThrow(/the header must name time, open, high, low, close, lacks time/);
  });

  it('begins with the first row of an empty file', async () => {
    const path = file();
    const { lines } = await during(follow(path), { 'status up': () => appendFileSync(path, HEADER + rows(0, 2)) }, { last: 'close 2' });
    expect(lines[0]).toBe('history BTC/USDT 0');
    expect(places(lines)).toEqual([bar(btc, 0), bar(btc, 1)]);
  });
});
