import type { ClosedBar, HistoryColumns, Market } from './market.ts';

/** Epoch ms; the wall, or the replayed time. Nothing in this room reads another clock. */
export interface Clock {
  nowMs(): number;
}

/**
 * Whatever happens outside enters the service as one of these, and by no other way; `atMs` is when it was received.
 *
 * A feed gives the bars of a market in order and without duplicates: what it cannot fill up is a `gap`, what comes after its place is a `bar` of a
 * later revision or, where the place was given up, a `late` bar.
 */
export type FeedEvent =
  | { readonly type: 'history'; readonly market: Market; readonly columns: HistoryColumns; readonly atMs: number }
  | { readonly type: 'bar'; readonly bar: ClosedBar; readonly atMs: number }
  | { readonly type: 'late'; readonly bar: ClosedBar; readonly atMs: number }
  /** Bars from … to (open times, `toMs` exclusive) that the source does not have. */
  | { readonly type: 'gap'; readonly market: Market; readonly fromMs: number; readonly toMs: number; readonly reason: string; readonly atMs: number }
  /** All bars that close at this time have come, or are given up: cross-sections can be formed. */
  | { readonly type: 'close'; readonly timeframeMs: number; readonly closeTimeMs: number; readonly atMs: number }
  | { readonly type: 'status'; readonly isConnected: boolean; readonly detail: string; readonly atMs: number };

/**
 * What the service has already: open time of the last bar (or end of the last gap, less a bar) by market key; and by `closeKey` the last close of each
 * timeframe, so that a close is made up for that a crash kept from being written behind its bars.
 */
export type FeedPosition = ReadonlyMap<string, number>;

/** `close@3600000`, the key of a timeframe's last close in a position; without it no close of bars that are there already is given again. */
export function closeKey(timeframeMs: number): string {
  return `close@${timeframeMs}`;
}

export interface Feed {
  readonly name: string;
  readonly markets: readonly Market[];
  /**
   * Events after a position, until the source ends or the signal aborts. For a market without a position the first event is its `history`: the last
   * `historyBars` closed bars before the start, fewer where the source has fewer.
   */
  events(position: FeedPosition, historyBars: number, signal: AbortSignal): AsyncIterable<FeedEvent>;
}
