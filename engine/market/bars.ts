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
  /** First and last day of the listing where a symbol has been used again: with venue and symbol they name the instrument. */
  readonly listedFromMs?: number;
  readonly listedToMs?: number;
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

/** Funding payments of a perpetual, ascending in time; positive rates: longs pay. */
export interface FundingTable {
  readonly timeMs: Float64Array;
  readonly rate: Float64Array;
  /** NaN where the source has none. */
  readonly markPrice: Float64Array;
}

/** The mark price that a venue liquidates on, bar by bar. */
export interface MarkColumns {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** A window on columns in shared memory: column c starts at c × capacity. */
export interface ColumnsHandle {
  readonly buffer: SharedArrayBuffer;
  readonly capacity: number;
  readonly from: number;
  readonly length: number;
}

/** What travels to a worker: shared memory and plain numbers, never a copy. Column c starts at c × capacity. */
export interface BarsHandle {
  readonly funding: ColumnsHandle | null;
  /** Same rows as the bars. */
  readonly mark: ColumnsHandle | null;
  readonly finer: BarsHandle | null;
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
  /** Null where no funding data came with the bars. */
  readonly funding: FundingTable | null;
  /** Null where no mark prices came with the bars. */
  readonly mark: MarkColumns | null;
  /** Bars of a shorter timeframe of the same instrument, to look inside a bar; null where none came with them. */
  readonly finer: Bars | null;
  readonly handle: BarsHandle;
}

/** Views on a handle's memory; no copy. */
export function barsFromHandle(handle: BarsHandle): Bars {
  const { length, timeframeMs, instrument, dataHash, funding, mark, finer } = handle;
  const [openTimeMs, open, high, low, close, volume] = columnsOf(handle, BAR_COLUMNS.length);
  return {
    openTimeMs, open, high, low, close, volume, length, timeframeMs, instrument, dataHash, handle,
    funding: funding === null ? null : fundingOf(funding),
    mark: mark === null ? null : markOf(mark),
    finer: finer === null ? null : barsFromHandle(finer),
  };
}

function columnsOf({ buffer, capacity, from, length }: ColumnsHandle, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, c) => new Float64Array(buffer, (c * capacity + from) * Float64Array.BYTES_PER_ELEMENT, length));
}

function fundingOf(handle: ColumnsHandle): FundingTable {
  const [timeMs, rate, markPrice] = columnsOf(handle, 3);
  return { timeMs, rate, markPrice };
}

function markOf(handle: ColumnsHandle): MarkColumns {
  const [open, high, low, close] = columnsOf(handle, 4);
  return { open, high, low, close };
}

function shareColumns(columns: readonly ArrayLike<number>[]): ColumnsHandle {
  const [{ length }] = columns;
  const capacity = Math.max(1, length);
  const buffer = new SharedArrayBuffer(columns.length * capacity * Float64Array.BYTES_PER_ELEMENT);
  columns.forEach((column, c) => new Float64Array(buffer, c * capacity * Float64Array.BYTES_PER_ELEMENT, length).set(column));
  return { buffer, capacity, from: 0, length };
}

const MINUTE_MS = 60_000;

/**
 * The same bars with the funding payments of their instrument; times are snapped to the nearest minute.
 *
 * throws  InputError `funding-invalid` unless times ascend and rates are finite
 */
export function withFunding(bars: Bars, payments: { readonly timeMs: ArrayLike<number>; readonly rate: ArrayLike<number>; readonly markPrice?: ArrayLike<number> }): Bars {
  const timeMs = Float64Array.from(payments.timeMs, (time) => Math.round(time / MINUTE_MS) * MINUTE_MS);
  for (let i = 0; i < timeMs.length; i++) {
    requireInput(Number.isFinite(payments.rate[i]), 'funding-invalid', `funding rate ${i}`, 'finite', payments.rate[i]);
    requireInput(i === 0 || timeMs[i] >= timeMs[i - 1], 'funding-invalid', `funding time ${i}`, 'not before the one before it', timeMs[i]);
  }
  const funding = shareColumns([timeMs, payments.rate, payments.markPrice ?? new Float64Array(timeMs.length).fill(Number.NaN)]);
  return rehashed(barsFromHandle({ ...bars.handle, funding }));
}

/** The same bars with mark prices, one row a bar; NaN where there is none. */
export function withMark(bars: Bars, { open, high, low, close }: { readonly [C in keyof MarkColumns]: ArrayLike<number> }): Bars {
  for (const column of [open, high, low, close]) requireInput(column.length === bars.length, 'columns-differ', 'mark column', `${bars.length} values long`, column.length);
  return rehashed(barsFromHandle({ ...bars.handle, mark: shareColumns([open, high, low, close]) }));
}

/**
 * The same bars with finer ones of their instrument, for `intrabar: 'lower-timeframe'`.
 *
 * throws  InputError `finer-not-finer` unless their timeframe divides that of the bars
 */
export function withFiner(bars: Bars, finer: Bars): Bars {
  const divides = finer.timeframeMs < bars.timeframeMs && bars.timeframeMs % finer.timeframeMs === 0;
  requireInput(divides, 'finer-not-finer', 'timeframe of the finer bars', `a divisor of ${bars.timeframeMs} ms`, finer.timeframeMs);
  return rehashed(barsFromHandle({ ...bars.handle, finer: finer.handle }));
}

function rehashed(bars: Bars): Bars {
  return barsFromHandle({ ...bars.handle, dataHash: hashBars(bars) });
}

/** Unfilled bars of a stated length; the caller writes the columns. */
export function allocateBars(length: number, timeframeMs: number, instrument: Instrument, dataHash = ''): Bars {
  const buffer = new SharedArrayBuffer(Math.max(1, length) * BAR_COLUMNS.length * Float64Array.BYTES_PER_ELEMENT);
  return barsFromHandle({ buffer, capacity: Math.max(1, length), from: 0, length, timeframeMs, instrument, dataHash, funding: null, mark: null, finer: null });
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
  return rehashed(bars);
}

/** Content hash of a dataset: instrument, timeframe and every column, in one fixed order. */
export function hashBars(bars: Bars): string {
  const { venue, symbol, kind, calendar, market, listedFromMs, listedToMs } = bars.instrument;
  const listing = listedFromMs === undefined && listedToMs === undefined ? '' : `listed ${listedFromMs ?? ''} ${listedToMs ?? ''}\n`;
  const head = `assay-bars/1\n${venue}\n${symbol}\n${kind}\n${calendar}\n${market}\n${listing}${bars.timeframeMs}\n${bars.length}\n`;
  const { funding, mark, finer } = bars;
  const extra = [
    ...(funding === null ? [] : ['\nfunding\n', funding.timeMs, funding.rate, funding.markPrice]),
    ...(mark === null ? [] : ['\nmark\n', mark.open, mark.high, mark.low, mark.close]),
    ...(finer === null ? [] : [`\nfiner\n${finer.timeframeMs}\n${finer.dataHash}`]),
  ];
  return sha256(head, ...BAR_COLUMNS.map((name) => bars[name]), ...extra);
}

/** Bars from … to-1 as a window on the same memory. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  requireInput(from >= 0 && from <= to && to <= bars.length, 'slice-out-of-range', 'slice', `inside 0 … ${bars.length}`, `${from} … ${to}`);
  const { handle } = bars;
  const mark = handle.mark === null ? null : { ...handle.mark, from: handle.mark.from + from, length: to - from };
  return barsFromHandle({ ...handle, from: handle.from + from, length: to - from, funding: sliceFunding(bars, from, to), mark });
}

/** Payments from the first bar's open to the last bar's close; one that no bar covers is due at the next open. */
function sliceFunding(bars: Bars, from: number, to: number): ColumnsHandle | null {
  const { funding } = bars.handle;
  if (funding === null || bars.funding === null) return null;
  const times = { openTimeMs: bars.funding.timeMs };
  const first = to > from ? barAtOrAfter(times, bars.openTimeMs[from]) : 0;
  const end = to > from ? barAtOrAfter(times, bars.openTimeMs[to - 1] + bars.timeframeMs) : 0;
  return { ...funding, from: funding.from + first, length: end - first };
}

/** First bar whose open time is at or after a time; `length` when there is none. */
export function barAtOrAfter(bars: Pick<BarColumns, 'openTimeMs'>, timeMs: number): number {
  let low = 0;
  let high = bars.openTimeMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bars.openTimeMs[middle] < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
