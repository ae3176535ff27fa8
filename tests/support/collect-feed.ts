import { closeKey, type Feed, type FeedEvent, type FeedPosition, marketKey } from '../../grading/index.ts';

export interface Collect {
  readonly position?: FeedPosition;
  readonly historyBars?: number;
  /** Stops behind the event for which it holds. */
  readonly until?: (event: FeedEvent, all: readonly FeedEvent[]) => boolean;
}

/** All events of a feed, up to its end or to the one that was waited for. */
export async function collect(feed: Feed, { position = new Map(), historyBars = 0, until }: Collect = {}): Promise<FeedEvent[]> {
  const stop = new AbortController();
  const events: FeedEvent[] = [];
  for await (const event of feed.events(position, historyBars, stop.signal)) {
    events.push(event);
    if (until?.(event, events) === true) break;
  }
  stop.abort();
  return events;
}

/** Where a service stands that has written these events. */
export function positionAfter(events: readonly FeedEvent[], before: FeedPosition = new Map()): Map<string, number> {
  const position = new Map(before);
  for (const event of events) {
    if (event.type === 'history' && event.columns.openTimeMs.length > 0) position.set(marketKey(event.market), event.columns.openTimeMs.at(-1) as number);
    if (event.type === 'bar' && event.bar.revision === 0) position.set(marketKey(event.bar), event.bar.openTimeMs);
    if (event.type === 'gap') position.set(marketKey(event.market), event.toMs - event.market.timeframeMs);
    if (event.type === 'close') position.set(closeKey(event.timeframeMs), event.closeTimeMs);
  }
  return position;
}
