import type { Bars } from '../../engine/market/index.ts';
import type { ImportResult } from '../types.ts';

/** Bars that no file was read for, such as a synthetic market, in the shape in which the lake takes imports. */
export function importOfBars(bars: Bars, importer: string, notes: readonly string[]): ImportResult {
  const { openTimeMs, open, high, low, close, volume, length, timeframeMs, instrument } = bars;
  return {
    importer,
    sources: [],
    instrumentHint: { symbol: instrument.symbol, venue: instrument.venue, kind: instrument.kind },
    timeframeMs,
    candles: {
      openTimeMs, open, high, low, close, volume, line: Int32Array.from(close, (_, row) => row + 1), source: new Uint16Array(length),
    },
    quarantined: [],
    defects: [],
    notes,
    rowsRead: length,
    rowsKept: length,
  };
}
