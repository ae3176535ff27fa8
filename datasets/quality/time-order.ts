import type { RawCandles } from '../types.ts';

/** Rows by time, equal times in file order. */
export function rowsByTime({ openTimeMs }: Pick<RawCandles, 'openTimeMs'>): Uint32Array {
  const rows = new Uint32Array(openTimeMs.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return isAscending(openTimeMs) ? rows : rows.sort((a, b) => openTimeMs[a] - openTimeMs[b] || a - b);
}

/** Times that rise at every row need no sorting and hold no repeats. */
export function isStrictlyAscending(values: Float64Array): boolean {
  for (let row = 1; row < values.length; row++) if (!(values[row] > values[row - 1])) return false;
  return true;
}

function isAscending(values: Float64Array): boolean {
  for (let row = 1; row < values.length; row++) if (values[row] < values[row - 1]) return false;
  return true;
}

/** The chosen rows, in the given order. */
export function pickRows(candles: RawCandles, rows: ArrayLike<number>): RawCandles {
  const float = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
  return {
    openTimeMs: float(candles.openTimeMs), open: float(candles.open), high: float(candles.high), low: float(candles.low), close: float(candles.close),
    volume: float(candles.volume), ...(candles.quoteVolume && { quoteVolume: float(candles.quoteVolume) }),
    line: Int32Array.from(rows, (row) => candles.line[row]), source: Uint16Array.from(rows, (row) => candles.source[row]),
  };
}
