import type { Entry } from '../types/index.ts';

export interface PriceMemory {
  apply(entry: Entry): void;
  /** Last close of `venue:symbol`; null before its first bar. */
  readonly priceOf: (symbol: string) => number | null;
  /** Open of its last bar where that begins at a time or later; null otherwise. */
  openAt(symbol: string, fromMs: number): number | null;
  /** When its last bar closed; −Infinity before its first. */
  lastCloseMs(symbol: string): number;
}

/** The last bar of every market of one timeframe, as it was received. */
export function createPriceMemory(timeframeMs: number): PriceMemory {
  const last = new Map<string, { readonly openTimeMs: number; readonly open: number; readonly close: number }>();
  return {
    apply(entry): void {
      if (entry.type !== 'bar_received' || entry.payload.timeframeMs !== timeframeMs || entry.payload.revision !== 0) return;
      const { venue, symbol, openTimeMs, open, close } = entry.payload;
      last.set(`${venue}:${symbol}`, { openTimeMs, open, close });
    },
    priceOf: (symbol) => last.get(symbol)?.close ?? null,
    openAt(symbol, fromMs): number | null {
      const bar = last.get(symbol);
      return bar !== undefined && bar.openTimeMs >= fromMs ? bar.open : null;
    },
    lastCloseMs: (symbol) => (last.get(symbol)?.openTimeMs ?? -Infinity) + timeframeMs,
  };
}
