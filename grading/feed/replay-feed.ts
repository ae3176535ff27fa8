import { barAtOrAfter, type Bars, requireInput } from '../../engine/index.ts';
import { closeKey, type Feed, type FeedEvent, type FeedPosition, type Market, marketKey } from '../types/index.ts';
import { badBar, closedBar, historyColumns, type RawBar } from './raw-bar.ts';
import type { ReplayClock } from './replay-clock.ts';
import { systemTimer, type Timer } from './timer.ts';

export interface ReplayOptions {
  /** Is set to the time of each event before it is given. */
  readonly clock?: ReplayClock;
  /** Multiple of real time: 3600 gives an hour in a second. Default Infinity: as fast as it is read. */
  readonly speed?: number;
  readonly timer?: Timer;
  /** Bars that close later are replayed, those before are history. Default: the first bar's open. */
  readonly fromMs?: number;
  /** Bars that open at or after it are left out. */
  readonly toMs?: number;
  /** From a close to the time at which its bars are received. Default 0. */
  readonly latencyMs?: number;
}

interface Track {
  readonly key: string;
  readonly market: Market;
  readonly bars: Bars;
  readonly isSession: boolean;
  /** First bar that was not given, and the end of those that may be. */
  at: number;
  readonly end: number;
  nextOpenMs: number;
}

/**
 * Bars of datasets as if they came live, the same in every replay: close by close, markets in the order of their keys, then the close of each timeframe.
 *
 * Missing bars of a market around the clock are gaps, one by one at their own closes; those of a session market are its holidays. A market is over with
 * its last bar. Everything of one close is received `latencyMs` after it.
 *
 * throws  InputError `feed-empty`, `market-repeated`, `speed-invalid`, `latency-invalid`
 */
export function replayFeed(datasets: readonly Bars[], options: ReplayOptions = {}): Feed {
  const { speed = Infinity, latencyMs = 0, toMs = Infinity, clock, timer = systemTimer } = options;
  requireInput(datasets.some(({ length }) => length > 0), 'feed-empty', 'markets of a replay', 'bars', `${datasets.length} without any`);
  requireInput(speed > 0, 'speed-invalid', 'speed', 'above 0', speed);
  requireInput(latencyMs >= 0 && latencyMs < Infinity, 'latency-invalid', 'latencyMs', 'a number from 0', latencyMs);
  const fromMs = options.fromMs ?? Math.min(...datasets.filter(({ length }) => length > 0).map(({ openTimeMs }) => openTimeMs[0]));
  const sorted = datasets.map((bars) => ({ bars, market: marketOf(bars) })).sort((a, b) => (marketKey(a.market) < marketKey(b.market) ? -1 : 1));
  sorted.forEach(({ market }, i) => requireInput(i === 0 || marketKey(sorted[i - 1].market) !== marketKey(market), 'market-repeated', 'markets', 'different from each other', marketKey(market)));

  async function* events(position: FeedPosition, historyBars: number, signal: AbortSignal): AsyncGenerator<FeedEvent> {
    const tracks = sorted.map(({ bars, market }) => trackOf(bars, market, position.get(marketKey(market)), fromMs, toMs));
    clock?.advanceTo(fromMs);
    for (const track of tracks) {
      if (signal.aborted) return;
      if (!position.has(track.key)) yield { type: 'history', market: track.market, columns: historyOf(track, historyBars), atMs: fromMs };
    }
    let lastMs: number | null = null;
    const owed = owedCloses(sorted.map(({ market }) => market), position);
    while (!signal.aborted) {
      const closeMs = Math.min(...owed.values(), tracks.reduce((first, track) => Math.min(first, closeOf(track)), Infinity));
      if (closeMs === Infinity) return;
      if (speed !== Infinity && lastMs !== null) await timer.wait((closeMs - lastMs) / speed, signal);
      lastMs = closeMs;
      if (signal.aborted) return;
      clock?.advanceTo(closeMs + latencyMs);
      // one by one: delegating to a generator would cost three more turns of the event loop an event
      for (const event of eventsOfClose(tracks, closeMs, { owed, atMs: closeMs + latencyMs, signal })) yield event;
    }
  }
  return { name: `replay of ${sorted.length} market${sorted.length === 1 ? '' : 's'}`, markets: sorted.map(({ market }) => market), events };
}

function marketOf({ instrument: { venue, symbol }, timeframeMs }: Bars): Market {
  return { venue, symbol, timeframeMs };
}

function trackOf(bars: Bars, market: Market, lastOpenMs: number | undefined, fromMs: number, toMs: number): Track {
  // a bar closes after `fromMs` when it opens after `fromMs` less a bar
  const at = barAtOrAfter(bars, (lastOpenMs ?? fromMs - bars.timeframeMs) + 0.5);
  const end = Math.max(at, barAtOrAfter(bars, toMs));
  const nextOpenMs = lastOpenMs === undefined ? (bars.openTimeMs[at] ?? Infinity) : lastOpenMs + bars.timeframeMs;
  return { key: marketKey(market), market, bars, isSession: bars.instrument.calendar === 'session', at, end, nextOpenMs };
}

/** Time at which the next bar closes, or would if it were there. */
function closeOf({ bars, at, end, isSession, nextOpenMs }: Track): number {
  if (at >= end) return Infinity;
  return (isSession ? bars.openTimeMs[at] : Math.min(nextOpenMs, bars.openTimeMs[at])) + bars.timeframeMs;
}

function historyOf({ bars, at }: Track, historyBars: number): ReturnType<typeof historyColumns> {
  const kept: RawBar[] = [];
  for (let t = at - 1; t >= 0 && kept.length < historyBars; t--) {
    const bar = barAt(bars, t);
    if (badBar(bar) === null) kept.push(bar);
  }
  return historyColumns(kept.reverse());
}

function* eventsOfClose(tracks: readonly Track[], closeMs: number, { owed, atMs, signal }: { readonly owed: Map<number, number>; readonly atMs: number; readonly signal: AbortSignal }): Generator<FeedEvent> {
  const closing = new Set<number>();
  for (const [timeframeMs, owedMs] of owed) if (owedMs === closeMs) closing.add(timeframeMs);
  for (const timeframeMs of closing) owed.delete(timeframeMs);
  for (const track of tracks) {
    if (closeOf(track) !== closeMs) continue;
    closing.add(track.market.timeframeMs);
    yield placeOf(track, closeMs - track.market.timeframeMs, atMs);
    if (signal.aborted) return;
  }
  for (const timeframeMs of [...closing].sort((a, b) => a - b)) yield { type: 'close', timeframeMs, closeTimeMs: closeMs, atMs };
}

/** The bar of a place, or the gap; the track moves on. */
function placeOf(track: Track, openTimeMs: number, atMs: number): FeedEvent {
  const { market, bars, at } = track;
  track.nextOpenMs = openTimeMs + market.timeframeMs;
  const gap = (reason: string): FeedEvent => ({ type: 'gap', market, fromMs: openTimeMs, toMs: track.nextOpenMs, reason, atMs });
  if (bars.openTimeMs[at] !== openTimeMs) return gap('the dataset has no such bar');
  track.at++;
  const bar = barAt(bars, at);
  const reason = badBar(bar);
  return reason === null ? { type: 'bar', bar: closedBar(market, bar), atMs } : gap(`refused: ${reason}`);
}

function barAt({ openTimeMs, open, high, low, close, volume }: Bars, t: number): RawBar {
  return { key: '', openTimeMs: openTimeMs[t], open: open[t], high: high[t], low: low[t], close: close[t], volume: Number.isNaN(volume[t]) ? null : volume[t], isFinal: true };
}

/** Closes whose bars were written before a crash, but not they: the last place of a timeframe's markets. */
function owedCloses(markets: readonly Market[], position: FeedPosition): Map<number, number> {
  const owed = new Map<number, number>();
  for (const market of markets) {
    const { timeframeMs } = market;
    const lastOpenMs = position.get(marketKey(market));
    const lastCloseMs = position.get(closeKey(timeframeMs));
    if (lastOpenMs === undefined || lastCloseMs === undefined || lastOpenMs + timeframeMs <= lastCloseMs) continue;
    owed.set(timeframeMs, Math.max(owed.get(timeframeMs) ?? -Infinity, lastOpenMs + timeframeMs));
  }
  return owed;
}
