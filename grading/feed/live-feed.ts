import { DAY_MS, isAssayError, WEEK_MS } from '../../engine/index.ts';
import { type Clock, type Feed, type FeedEvent, type FeedPosition, type Market, marketKey } from '../types/index.ts';
import { barsBefore } from './bars-before.ts';
import type { BarSource } from './bar-source.ts';
import { type Channel, channel } from './channel.ts';
import { DEFAULT_CONCURRENCY, type LiveOptions, LiveRun } from './live-run.ts';
import { historyColumns } from './raw-bar.ts';
import { systemTimer, type Timer } from './timer.ts';

/** After a first failure to load history, and after the tenth. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [1_000, 60_000];

interface Beginning {
  readonly key: string;
  readonly market: Market;
  readonly historyBars: number;
  readonly beforeMs: number;
  readonly out: Channel<FeedEvent>;
  readonly signal: AbortSignal;
}

interface Begun {
  readonly key: string;
  readonly event: FeedEvent;
  readonly placeMs: number | null;
}

/** A feed of whatever a source brings: history of new markets, then everything since the position, then what comes. */
export function liveFeed(source: BarSource, { timer = systemTimer, ...options }: LiveOptions): Feed {
  const markets = new Map(source.markets.map((market) => [marketKey(market), market]));

  async function* events(position: FeedPosition, historyBars: number, signal: AbortSignal): AsyncGenerator<FeedEvent> {
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const out = channel<FeedEvent>();
    both.addEventListener('abort', () => out.end());
    if (both.aborted) return;
    const running = run({ position, historyBars, out, signal: both }).then(() => out.end(), (error: unknown) => out.fail(error));
    try {
      yield* out;
    } finally {
      stop.abort();
      await running;
    }
  }

  async function run({ position, historyBars, out, signal }: { readonly position: FeedPosition; readonly historyBars: number; readonly out: Channel<FeedEvent>; readonly signal: AbortSignal }): Promise<void> {
    const places = new Map(position);
    const beforeMs = options.clock.nowMs();
    const fresh = [...markets].filter(([key]) => !position.has(key));
    const together = options.concurrency ?? DEFAULT_CONCURRENCY;
    for (let from = 0; from < fresh.length; from += together) {
      const begun = await Promise.all(fresh.slice(from, from + together).map(([key, market]) => begin({ key, market, historyBars, beforeMs, out, signal })));
      if (signal.aborted) return;
      for (const { event, key, placeMs } of begun.filter((one) => one !== null)) {
        out.send([event]);
        if (placeMs !== null) places.set(key, placeMs);
      }
    }
    await new LiveRun(source, { ...options, timer }, { position: places, markets, out, signal }).run();
  }

  /** A new market's history, and the open time of the last bar that it has; null when the signal aborted. */
  async function begin({ key, market, historyBars, beforeMs, out, signal }: Beginning): Promise<Begun | null> {
    const bars = await persistently(() => barsBefore(source, { key, market, count: Math.max(1, historyBars), beforeMs }, signal), { out, signal, timer, clock: options.clock });
    if (bars === null) return null;
    const event = { type: 'history', market, columns: historyColumns(bars.slice(-historyBars || Infinity)), atMs: options.clock.nowMs() } as const;
    return { key, event, placeMs: bars.at(-1)?.openTimeMs ?? (source.history === undefined ? lastOpenBefore(beforeMs, market.timeframeMs) : null) };
  }

  return { name: source.name, markets: source.markets, events };
}

/** Open time of the last bar that closed; weeks begin on Monday, which the epoch did not. */
function lastOpenBefore(nowMs: number, timeframeMs: number): number {
  const phaseMs = timeframeMs % WEEK_MS === 0 ? 4 * DAY_MS : 0;
  return Math.floor((nowMs - phaseMs) / timeframeMs) * timeframeMs + phaseMs - timeframeMs;
}

/** Asks again while the source is only unavailable; null when the signal aborted. */
async function persistently<T>(ask: () => Promise<T>, { out, signal, timer, clock }: { readonly out: Channel<FeedEvent>; readonly signal: AbortSignal; readonly timer: Timer; readonly clock: Clock }): Promise<T | null> {
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) return null;
      if (!isAssayError(error) || error.code !== 'source-unavailable') throw error;
      out.send([{ type: 'status', isConnected: false, detail: error.message, atMs: clock.nowMs() }]);
      await timer.wait(pauseMs, signal);
    }
  }
  return null;
}
