import { closeKey, type Entry, type FeedPosition, marketKey } from '../types/index.ts';

export interface Position {
  apply(entry: Entry): void;
  known(): FeedPosition;
  registrySeq(): number;
  isClosed(timeframeMs: number, closeTimeMs: number): boolean;
}

/** How far the journal has come: of every market, of every timeframe's closes, and of the registry. */
export function positionOf(): Position {
  const position = new Map<string, number>();
  let registrySeq = 0;
  return {
    apply(entry): void {
      if (entry.type === 'bar_received') {
        if (entry.payload.revision === 0) position.set(marketKey(entry.payload), entry.payload.openTimeMs);
      } else if (entry.type === 'history_loaded') {
        const { market, lastOpenMs } = entry.payload;
        if (lastOpenMs !== null) position.set(marketKey(market), lastOpenMs);
        if (!position.has(closeKey(market.timeframeMs))) position.set(closeKey(market.timeframeMs), lastOpenMs === null ? 0 : lastOpenMs + market.timeframeMs);
      } else if (entry.type === 'gap') position.set(marketKey(entry.payload.market), entry.payload.toMs - entry.payload.market.timeframeMs);
      else if (entry.type === 'close') position.set(closeKey(entry.payload.timeframeMs), entry.payload.closeTimeMs);
      else if (entry.type === 'model_changed') registrySeq = Math.max(registrySeq, entry.payload.registrySeq);
    },
    known: () => position,
    registrySeq: () => registrySeq,
    isClosed: (timeframeMs, closeTimeMs) => closeTimeMs <= (position.get(closeKey(timeframeMs)) ?? -Infinity),
  };
}
