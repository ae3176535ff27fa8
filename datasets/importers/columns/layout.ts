import type { InstrumentHint, RawCandles, TimeUnit } from '../../types.ts';

export type FourColumns = readonly [number, number, number, number];

/** Which columns of a table make candles, and what was decided about them. */
export interface Layout {
  readonly time: number;
  /** Open, high, low, close; or, with `orderByData`, the four price columns as they stand. */
  readonly prices: FourColumns;
  readonly orderByData?: boolean;
  /** Ask prices beside bids in `prices`: candles are their middle. */
  readonly asks?: FourColumns;
  readonly volume: number | null;
  readonly volumeUnit?: 'base' | 'quote';
  /** Decides the unit from the rows where a format leaves it open. */
  readonly decideVolumeUnit?: (candles: RawCandles) => { readonly unit: 'base' | 'quote'; readonly note: string };
  readonly symbol?: number;
  readonly timeUnit?: TimeUnit;
  /** From the stamp as written to the bar's open. */
  readonly openTimeOf?: (stampMs: number) => number;
  readonly skipBlank?: boolean;
  readonly decimalComma?: boolean;
  readonly hint?: InstrumentHint;
  readonly notes: readonly string[];
}

/** One price column only: each bar is flat. */
export function isPriceOnly({ prices }: Layout): boolean {
  return prices.every((column) => column === prices[0]);
}
