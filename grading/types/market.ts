/** One series that is graded: a symbol of a venue at one timeframe. */
export interface Market {
  readonly venue: string;
  /** `BTC/USDT` */
  readonly symbol: string;
  readonly timeframeMs: number;
}

/** `binance:BTC/USDT@3600000`, the key of a market in maps and journals. */
export function marketKey({ venue, symbol, timeframeMs }: Market): string {
  return `${venue}:${symbol}@${timeframeMs}`;
}

/** A closed bar as a feed brings it; it closes at `openTimeMs + timeframeMs` and never changes: what changes is a new revision. */
export interface ClosedBar extends Market {
  readonly openTimeMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Null where the source has no volume. */
  readonly volume: number | null;
  /** 0 for what came first; a venue that corrects a bar makes 1, 2 … Grades stay on revision 0. */
  readonly revision: number;
}

export function closeTimeMs({ openTimeMs, timeframeMs }: Pick<ClosedBar, 'openTimeMs' | 'timeframeMs'>): number {
  return openTimeMs + timeframeMs;
}

/** Bars before the first graded one, column by column, as they are kept by content. */
export interface HistoryColumns {
  readonly openTimeMs: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly (number | null)[];
}
