import { type Calendar, requireInput, sha256 } from '../core/index.ts';

/** What is traded, and by which calendar and auction rule its prices move. */
export interface Instrument {
  readonly venue: string;
  /** `BTC/USDT`: base and quote. */
  readonly symbol: string;
  readonly kind: 'spot' | 'perpetual';
  readonly calendar: Calendar;
  /** `continuous` fills a passed limit at its level, `session` (an auction opens the day) at the open. */
  readonly market: 'continuous' | 'session';
}

/** The columns that a strategy may read. All have the same length; index t is the bar; times are epoch ms UTC of the open. */
export interface BarColumns {
  readonly openTimeMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN where the source has no volume: absent is not zero. */
  readonly volume: Float64Array;
}

export const BAR_COLUMNS = ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'] as const;
export type BarColumn = (typeof BAR_COLUMNS)[number];

/** What travels to a worker: shared memory and plain numbers, never a copy. Column c starts at c × capacity. */
export interface BarsHandle {
  readonly buffer: SharedArrayBuffer;
  readonly capacity: number;
  readonly from: number;
  readonly length: number;
  readonly timeframeMs: number;
  readonly instrument: Instrument;
  readonly dataHash: string;
}

/** Candles of one instrument on one shared buffer; ascending, unique open times. */
export interface Bars extends BarColumns {
  readonly length: number;
  readonly timeframeMs: number;
  readonly instrument: Instrument;
  /** Content hash of the whole dataset that these bars are a window of. */
  readonly dataHash: string;
  readonly handle: BarsHandle;
}

/** Views on a handle's memory; no copy. */
export function barsFromHandle(handle: BarsHandle): Bars {
  const column = (index: number): Float64Array =>
    new Float64Array(handle.buffer, (index * handle.capacity + handle.from) * Float64Array.BYTES_PER_ELEMENT, handle.length);
  const { length, timeframeMs, instrument, dataHash } = handle;
  return {
    openTimeMs: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5),
    length, timeframeMs, instrument, dataHash, handle,
  };
}

/** Unfilled bars of a stated length; the caller writes the columns. */
export function allocateBars(length: number, timeframeMs: number, instrument: Instrument, dataHash = ''): Bars {
  const buffer = new SharedArrayBuffer(Math.max(1, length) * BAR_COLUMNS.length * Float64Array.BYTES_PER_ELEMENT);
  return barsFromHandle({ buffer, capacity: Math.max(1, length), from: 0, length, timeframeMs, instrument, dataHash });
}

/** Bars copied from plain columns onto shared memory, hashed by content. */
export function barsFromColumns(
  columns: { readonly [C in BarColumn]: ArrayLike<number> },
  timeframeMs: number,
  instrument: Instrument,
): Bars {
  const bars = allocateBars(columns.close.length, timeframeMs, instrument);
  for (const name of BAR_COLUMNS) {
    requireInput(columns[name].length === bars.length, 'columns-differ', `column ${name}`, `${bars.length} values long`, columns[name].length);
    bars[name].set(columns[name]);
  }
  return barsFromHandle({ ...bars.handle, dataHash: hashBars(bars) });
}

/** Content hash of a dataset: instrument, timeframe and every column, in one fixed order. */
export function hashBars(bars: Bars): string {
  const { venue, symbol, kind, calendar, market } = bars.instrument;
  const head = `assay-bars/1\n${venue}\n${symbol}\n${kind}\n${calendar}\n${market}\n${bars.timeframeMs}\n${bars.length}\n`;
  return sha256(head, ...BAR_COLUMNS.map((name) => bars[name]));
}

/** Bars from … to-1 as a window on the same memory. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  requireInput(from >= 0 && from <= to && to <= bars.length, 'slice-out-of-range', 'slice', `inside 0 … ${bars.length}`, `${from} … ${to}`);
  return barsFromHandle({ ...bars.handle, from: bars.handle.from + from, length: to - from });
}

/** First bar whose open time is at or after a time; `length` when there is none. */
export function barAtOrAfter(bars: BarColumns, timeMs: number): number {
  let low = 0;
  let high = bars.openTimeMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bars.openTimeMs[middle] < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
