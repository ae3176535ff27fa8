import type { ClosedBar, HistoryColumns, Market } from '../types/index.ts';

/** A bar as a source brings it: perhaps again, perhaps corrected, perhaps still forming. */
export interface RawBar {
  /** Of `marketKey`. */
  readonly key: string;
  readonly openTimeMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Null where the source has no volume. */
  readonly volume: number | null;
  /** False while the venue may still change it. */
  readonly isFinal: boolean;
}

/** Why these figures cannot be a bar; null where they can. */
export function badBar({ open, high, low, close, volume }: Omit<RawBar, 'key' | 'isFinal'>): string | null {
  if (!(open > 0 && high > 0 && low > 0 && close > 0)) return `prices must be positive numbers, were ${open}, ${high}, ${low}, ${close}`;
  if (high === Infinity || open === Infinity || close === Infinity || low === Infinity) return 'prices must be finite';
  if (high < low) return `high must not be below low, was ${high} below ${low}`;
  if (open > high || close > high || open < low || close < low) return `open ${open} and close ${close} must lie inside ${low} … ${high}`;
  if (volume !== null && !(volume >= 0 && volume < Infinity)) return `volume must be a number from 0, was ${volume}`;
  return null;
}

export function sameFigures(a: Omit<RawBar, 'key' | 'isFinal'>, b: Omit<RawBar, 'key' | 'isFinal'>): boolean {
  return a.close === b.close && a.open === b.open && a.high === b.high && a.low === b.low && a.volume === b.volume;
}

export function closedBar(market: Market, { openTimeMs, open, high, low, close, volume }: Omit<RawBar, 'key' | 'isFinal'>, revision = 0): ClosedBar {
  return { venue: market.venue, symbol: market.symbol, timeframeMs: market.timeframeMs, openTimeMs, open, high, low, close, volume, revision };
}

/** Columns of bars that ascend in time. */
export function historyColumns(bars: readonly Omit<RawBar, 'key' | 'isFinal'>[]): HistoryColumns {
  return {
    openTimeMs: bars.map((bar) => bar.openTimeMs), open: bars.map((bar) => bar.open), high: bars.map((bar) => bar.high),
    low: bars.map((bar) => bar.low), close: bars.map((bar) => bar.close), volume: bars.map((bar) => bar.volume),
  };
}
