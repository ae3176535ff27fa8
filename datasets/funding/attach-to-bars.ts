import { type Bars, withFunding, withMark } from '../../engine/market/index.ts';
import type { ImportResult } from '../types.ts';
import { markBeside, markTable } from './mark-columns.ts';
import { paymentsWithin, requireSameCoin } from './payments-within.ts';
import type { FundingImport } from './types.ts';

/**
 * Bars with the payments that are due within them.
 *
 * throws  InputError `funding-on-spot`, `funding-outside`, `funding-other-market` where file and bars name different coins
 */
export function fundedBars(bars: Bars, funding: FundingImport): Bars {
  if (bars.instrument.symbol !== 'UNKNOWN') requireSameCoin(bars.instrument.symbol, funding);
  const { timeMs, rate, markPrice } = paymentsWithin(bars, funding, funding.source.file);
  return withFunding(bars, { timeMs, rate, markPrice });
}

/**
 * Bars with mark candles beside them, joined by open time; NaN where there is none.
 *
 * throws  InputError `mark-on-spot`, `mark-outside`; DataError `mark-coarser`, `mark-timeframe`
 */
export function markedBars(bars: Bars, mark: ImportResult): Bars {
  const { table } = markTable(mark, bars.instrument, bars.timeframeMs);
  return withMark(bars, markBeside(bars, table, mark.sources.map(({ file }) => file).join(', ')));
}
