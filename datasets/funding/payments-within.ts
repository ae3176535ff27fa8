import { formatTime, InputError } from '../../engine/core/index.ts';
import { barAtOrAfter, type Bars, type FundingTable } from '../../engine/market/index.ts';

/**
 * The payments that are due from the first bar's open to the last bar's close.
 *
 * throws  InputError `funding-on-spot`, `funding-outside`
 */
export function paymentsWithin(bars: Bars, { timeMs, rate, markPrice }: FundingTable, name: string): FundingTable {
  const { instrument, openTimeMs, length, timeframeMs } = bars;
  if (instrument.kind !== 'perpetual') {
    throw new InputError('funding-on-spot', `${instrument.symbol} must be a perpetual to pay funding, is ${instrument.kind}; import the candles with --kind perpetual if that is what they are of`);
  }
  const first = barAtOrAfter({ openTimeMs: timeMs }, openTimeMs[0]);
  const end = barAtOrAfter({ openTimeMs: timeMs }, openTimeMs[length - 1] + timeframeMs);
  if (end > first) return { timeMs: timeMs.subarray(first, end), rate: rate.subarray(first, end), markPrice: markPrice.subarray(first, end) };
  throw new InputError('funding-outside',
    `${name} must hold payments from ${formatTime(openTimeMs[0])} to ${formatTime(openTimeMs[length - 1])}, holds them from ${formatTime(timeMs[0])} to ${formatTime(timeMs[timeMs.length - 1])}`);
}

/** throws  InputError `funding-other-market` where a file says that it is of another coin */
export function requireSameCoin(symbol: string, { symbol: named, source }: { readonly symbol?: string; readonly source: { readonly file: string } }): void {
  if (named === undefined || baseOf(named) === baseOf(symbol)) return;
  throw new InputError('funding-other-market', `${source.file} must be of ${symbol}, says ${named}; if it is right, attach it with assay data funding --anyway`);
}

function baseOf(symbol: string): string {
  return symbol.split(/[/:]/)[0].toUpperCase();
}
