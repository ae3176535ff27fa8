import { formatTime, InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { clockOf } from '../orders/index.ts';

/**
 * Markets of a portfolio, each with its own bars.
 *
 * An instrument is (venue, symbol, kind, listed from, listed to): a symbol may come twice only as two listings that do not overlap.
 *
 * throws  InputError `market-twice`, `timeframes-differ`, `bars-overlap`
 */
export function checkedPortfolio(markets: readonly Bars[]): readonly Bars[] {
  markets.forEach((bars, m) => {
    const twin = markets.slice(0, m).find((other) => isSameSymbol(bars, other) && (isSameListing(bars, other) || overlap(bars, other)));
    if (twin !== undefined) {
      const { symbol, venue } = bars.instrument;
      throw new InputError('market-twice', `markets of a portfolio must be different instruments, ${symbol} on ${venue} came twice (${spanOf(twin)} and ${spanOf(bars)}); two listings of one symbol need their own listing dates and bars that do not overlap`);
    }
  });
  clockOf(markets);
  return markets;
}

function isSameSymbol({ instrument: a }: Bars, { instrument: b }: Bars): boolean {
  return a.venue === b.venue && a.symbol === b.symbol && a.kind === b.kind;
}

function isSameListing({ instrument: a }: Bars, { instrument: b }: Bars): boolean {
  return a.listedFromMs === b.listedFromMs && a.listedToMs === b.listedToMs;
}

function overlap({ openTimeMs: a }: Bars, { openTimeMs: b }: Bars): boolean {
  return a[0] <= b[b.length - 1] && b[0] <= a[a.length - 1];
}

function spanOf({ openTimeMs, length }: Bars): string {
  return `${formatTime(openTimeMs[0])} to ${formatTime(openTimeMs[length - 1])}`;
}
