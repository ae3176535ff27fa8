import { DataError, formatDuration, formatTime, InputError } from '../../engine/core/index.ts';
import { type Bars, barsFromColumns, type BarColumns, type Instrument, type MarkColumns } from '../../engine/market/index.ts';
import { resampleBars } from '../lake/resample.ts';
import type { ImportResult } from '../types.ts';

/** Rows of mark prices by the open time of their bar. */
export type MarkTable = MarkColumns & Pick<BarColumns, 'openTimeMs'>;

/**
 * Mark candles in the timeframe of the bars that they belong to; finer ones are resampled.
 *
 * throws  InputError `mark-on-spot`; DataError `mark-coarser`, `mark-timeframe`
 */
export function markTable({ candles, timeframeMs, sources }: ImportResult, instrument: Instrument, barMs: number): { table: MarkTable; notes: readonly string[] } {
  if (instrument.kind !== 'perpetual') {
    throw new InputError('mark-on-spot', `${instrument.symbol} must be a perpetual to have mark prices, is ${instrument.kind}; import the candles with --kind perpetual if that is what they are of`);
  }
  if (timeframeMs === barMs) return { table: candles, notes: [] };
  const file = sources.map((source) => source.file).join(', ');
  const [bar, mark] = [formatDuration(barMs), formatDuration(timeframeMs)];
  if (timeframeMs > barMs) {
    throw new DataError('mark-coarser', `${file} must hold mark candles of ${bar}, as the bars are, or finer, holds ${mark}: the mark price inside a bar would be a guess; give ${bar} mark candles`);
  }
  if (barMs % timeframeMs !== 0) throw new DataError('mark-timeframe', `${file} must hold mark candles that fill bars of ${bar} evenly, holds ${mark}`);
  return { table: resampleBars(barsFromColumns(candles, timeframeMs, instrument), barMs), notes: [`mark candles of ${mark} are resampled to ${bar}`] };
}

/**
 * Mark prices row by row beside bars.
 *
 * NaN     where a bar has no mark candle
 * throws  InputError `mark-outside` where no bar has one
 */
export function markBeside(bars: Bars, mark: MarkTable, name: string): MarkColumns {
  const { openTimeMs, length } = bars;
  const empty = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  const out = { open: empty(), high: empty(), low: empty(), close: empty() };
  let joined = 0;
  for (let t = 0, row = 0; t < length; t++) {
    while (row < mark.openTimeMs.length && mark.openTimeMs[row] < openTimeMs[t]) row++;
    if (mark.openTimeMs[row] !== openTimeMs[t]) continue;
    for (const column of ['open', 'high', 'low', 'close'] as const) out[column][t] = mark[column][row];
    joined++;
  }
  if (joined > 0) return out;
  throw new InputError('mark-outside', `${name} must hold mark candles at the bars’ open times, ${formatTime(openTimeMs[0])} to ${formatTime(openTimeMs[length - 1])}, holds none of them`);
}
