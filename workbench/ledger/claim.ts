import { type Bars, formatDuration } from '../../engine/index.ts';
import type { LedgerMarket, LedgerWindow } from './types.ts';

/** The family within which trials are counted where the caller names none: `ema-cross on BTC/USDT 1h`; other code of the same name is in it too. */
export function defaultClaim(strategyId: string, markets: readonly Bars[]): string {
  const symbols = new Set(markets.map(({ instrument }) => instrument.symbol));
  return `${strategyId} on ${[...symbols].join(', ')} ${formatDuration(markets[0].timeframeMs)}`;
}

export function ledgerMarket({ instrument, timeframeMs, dataHash }: Bars): LedgerMarket {
  return { venue: instrument.venue, symbol: instrument.symbol, timeframeMs, dataHash };
}

/** From the first open to the last close of bars that are traded together. */
export function windowOf(markets: readonly Bars[]): LedgerWindow {
  const full = markets.filter(({ length }) => length > 0);
  return {
    fromMs: Math.min(...full.map(({ openTimeMs }) => openTimeMs[0])),
    toMs: Math.max(...full.map(({ openTimeMs, length, timeframeMs }) => openTimeMs[length - 1] + timeframeMs)),
  };
}
