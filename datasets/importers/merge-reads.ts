import { DataError } from '../../engine/core/index.ts';
import type { RawCandles } from '../types.ts';
import type { FileRead } from './read-candles.ts';

const FLOATS = ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'] as const;

/**
 * Files of one market, ordered by their first time, so that the order in which they were named does not matter.
 *
 * throws  DataError `several-markets`
 */
export function orderReads(reads: readonly FileRead[]): FileRead[] {
  const symbols = new Set(reads.flatMap(({ hint }) => hint.symbol ?? []));
  if (symbols.size > 1) {
    throw new DataError('several-markets', `files must be of one market, were of ${[...symbols].join(', ')}; import each market by itself`);
  }
  return reads.toSorted((a, b) => firstTime(a) - firstTime(b) || compareText(a.source.file, b.source.file));
}

function firstTime({ candles }: FileRead): number {
  return candles.openTimeMs.reduce((first, time) => Math.min(first, time), Infinity);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** All rows one after the other, each knowing its source. */
export function joinCandles(reads: readonly FileRead[]): RawCandles {
  if (reads.length === 1) return reads[0].candles;
  const length = reads.reduce((sum, { candles }) => sum + candles.close.length, 0);
  const float = (column: (candles: RawCandles) => Float64Array): Float64Array => {
    const joined = new Float64Array(length);
    let at = 0;
    for (const { candles } of reads) {
      joined.set(column(candles), at);
      at += candles.close.length;
    }
    return joined;
  };
  const [openTimeMs, open, high, low, close, volume] = FLOATS.map((name) => float((candles) => candles[name]));
  const quoted = reads.every(({ candles }) => candles.quoteVolume !== undefined);
  return {
    openTimeMs, open, high, low, close, volume, ...(quoted && { quoteVolume: float((candles) => candles.quoteVolume as Float64Array) }),
    line: Int32Array.from(reads.flatMap(({ candles }) => [...candles.line])),
    source: Uint16Array.from(reads.flatMap(({ candles }, index) => Array.from(candles.line, () => index))),
  };
}
