import type { Calendar } from '../engine/core/index.ts';

/**
 * Candles as columns of equal length, before they become Bars.
 *
 * units  openTimeMs is epoch ms UTC of the bar's open; volume is in base currency
 * NaN    a volume that the source does not have; prices are never NaN in kept rows
 */
export interface RawCandles {
  readonly openTimeMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Only where the source counts volume in quote currency; `volume` is then quoteVolume ÷ close, and a note says so. */
  readonly quoteVolume?: Float64Array;
  /** Where each row stood in its file: the line of a text file, the row of any other, both from 1. */
  readonly line: Int32Array;
  /** Which of `ImportResult.sources` each row came from. */
  readonly source: Uint16Array;
}

export type Severity = 'info' | 'warn' | 'error';

/** What can be wrong, or worth knowing, about candles; docs/import-formats.md explains each. */
export type DefectKind =
  | 'gap' | 'duplicate-row' | 'conflicting-stamp' | 'out-of-order' | 'newest-first'
  | 'impossible-ohlc' | 'non-positive-price' | 'missing-value' | 'text-in-number' | 'unreadable-time' | 'ragged-row'
  | 'zero-volume' | 'missing-volume' | 'negative-volume' | 'flat-bar' | 'outlier'
  | 'timeframe-mismatch' | 'irregular-step' | 'off-grid-stamp' | 'partial-last-bar' | 'mixed-time-units'
  | 'blank-row';

/** One kind of defect in one import: how often, where first, and a few examples in words. */
export interface Defect {
  readonly kind: DefectKind;
  /** `error`: the row cannot be a bar. `warn`: it can, and a result may hang on it. `info`: worth knowing. */
  readonly severity: Severity;
  /** Rows, or for `gap` the number of holes. */
  readonly count: number;
  readonly firstLine: number | null;
  readonly firstTimeMs: number | null;
  /** At most five. */
  readonly examples: readonly string[];
  /** Further numbers: `gap` has missingBars and longestMs, `flat-bar` and `zero-volume` have shareFrac. */
  readonly measures?: Readonly<Record<string, number>>;
}

/**
 * `fail` throws when any row cannot be a bar; `quarantine` moves such rows out and keeps the rest; `keep` keeps every row that
 * is a bar at all. In every policy identical rows are collapsed, rows are sorted by time, and both are counted.
 */
export type DefectPolicy = 'fail' | 'quarantine' | 'keep';

/** Which column (by name, or by index from 0) holds what. Only `time` and `close` are needed: without OHL each bar is flat. */
export interface ColumnMapping {
  readonly time: string | number;
  readonly open?: string | number;
  readonly high?: string | number;
  readonly low?: string | number;
  readonly close: string | number;
  readonly volume?: string | number;
}

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export interface ImportOptions {
  /** `BTC/USDT`; a label, and the answer when the file does not say. */
  readonly symbol?: string;
  readonly venue?: string;
  /** Declared length of a bar such as `1h`; found from the data when absent. */
  readonly timeframe?: string;
  /** Weekends are gaps under `24/7` (default) and not under `session`. */
  readonly calendar?: Calendar;
  readonly columnMapping?: ColumnMapping;
  /** Default `fail`. */
  readonly onDefect?: DefectPolicy;
  /** IANA zone of times that carry none, such as `America/New_York`. Default UTC. */
  readonly timeZone?: string;
  /** Unit of numeric times; found per row by magnitude when absent. */
  readonly timeUnit?: TimeUnit;
  /** Order of day and month in slashed dates, when the data cannot tell. */
  readonly dateOrder?: 'month-first' | 'day-first';
  /** Only with a column mapping: numbers such as `1.234,56`. */
  readonly decimalComma?: boolean;
  /** Currency of the volume column; by format when absent. */
  readonly volumeUnit?: 'base' | 'quote';
  /** Which entry of a zip holds the candles, when there are several. */
  readonly entry?: string;
}

export interface SourceFile {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What the file and its name say about the market; a hint, never a decision. */
export interface InstrumentHint {
  readonly symbol?: string;
  readonly venue?: string;
  readonly kind?: 'spot' | 'perpetual';
  readonly timeframe?: string;
}

/** A row that was taken out, with what it said and why. */
export interface QuarantinedRow {
  readonly file: string;
  readonly line: number;
  readonly openTimeMs: number | null;
  readonly text: string;
  readonly reason: string;
}

export interface ImportResult {
  /** Name and version of the reader: `binance-klines/1`. */
  readonly importer: string;
  readonly sources: readonly SourceFile[];
  readonly instrumentHint: InstrumentHint;
  readonly timeframeMs: number;
  /** The kept rows: ascending, unique times. */
  readonly candles: RawCandles;
  readonly quarantined: readonly QuarantinedRow[];
  readonly defects: readonly Defect[];
  /** Decisions that were taken while reading, in words. */
  readonly notes: readonly string[];
  readonly rowsRead: number;
  readonly rowsKept: number;
}
