import { closeTimeMs, type Entry, type FeedEvent, type FeedPosition, type Market, marketKey } from '../types/index.ts';

export interface Position {
  apply(entry: Entry): void;
  /** Open time of the last bar known by market key. */
  known(): FeedPosition;
  registrySeq(): number;
  isClosed(timeframeMs: number, closeTimeMs: number): boolean;
  /** The close that a kill kept from being written after all of its bars. */
  missingCloses(markets: readonly Market[]): readonly Extract<FeedEvent, { type: 'close' }>[];
}

/** How far the journal has come: of every market, of every timeframe's closes, and of the registry. */
export function positionOf(): Position {
  const lastOpenMs = new Map<string, number>();
  const received = new Map<string, { readonly closeTimeMs: number; readonly atMs: number }>();
  const closed = new Map<number, number>();
  let registrySeq = 0;
  return {
    apply(entry): void {
      if (entry.type === 'bar_received' && entry.payload.revision === 0) {
        lastOpenMs.set(marketKey(entry.payload), entry.payload.openTimeMs);
        received.set(marketKey(entry.payload), { closeTimeMs: closeTimeMs(entry.payload), atMs: entry.tsMs });
      } else if (entry.type === 'history_loaded' && entry.payload.lastOpenMs !== null) lastOpenMs.set(marketKey(entry.payload.market), entry.payload.lastOpenMs);
      else if (entry.type === 'gap') lastOpenMs.set(marketKey(entry.payload.market), entry.payload.toMs - entry.payload.market.timeframeMs);
      else if (entry.type === 'close') closed.set(entry.payload.timeframeMs, entry.payload.closeTimeMs);
      else if (entry.type === 'model_changed') registrySeq = Math.max(registrySeq, entry.payload.registrySeq);
    },
    known: () => lastOpenMs,
    registrySeq: () => registrySeq,
    isClosed: (timeframeMs, time) => time <= (closed.get(timeframeMs) ?? -Infinity),
    missingCloses(markets): readonly Extract<FeedEvent, { type: 'close' }>[] {
      return [...new Set(markets.map(({ timeframeMs }) => timeframeMs))].flatMap((timeframeMs) => {
        const bars = markets.filter((market) => market.timeframeMs === timeframeMs).map((market) => received.get(marketKey(market)));
        const last = bars[0];
        if (last === undefined || bars.some((bar) => bar?.closeTimeMs !== last.closeTimeMs) || last.closeTimeMs <= (closed.get(timeframeMs) ?? -Infinity)) return [];
        return [{ type: 'close' as const, timeframeMs, closeTimeMs: last.closeTimeMs, atMs: Math.max(...bars.map((bar) => bar?.atMs ?? 0)) }];
      });
    },
  };
}
