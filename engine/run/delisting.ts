import { formatTime } from '../core/index.ts';
import type { SimulationConfig, Trade } from '../simulate/index.ts';
import type { MarketRef } from './types.ts';

/**
 * What the assumed loss at a delisting decides, in words: each instrument that was held when its bars ended, and the account under other assumptions.
 *
 * `finalEquityAt` simulates again; it is asked only where a position was closed by a delisting.
 */
export function delistingWarnings(
  trades: readonly Trade[],
  markets: readonly MarketRef[],
  config: SimulationConfig,
  finalEquity: number,
  finalEquityAt: (haircutFrac: number) => number,
): string[] {
  const closed = trades.filter(({ exitReason }) => exitReason === 'delisted');
  if (closed.length === 0) return [];
  const { delistingHaircutFrac } = config.execution;
  const named = closed.map(({ market, side }) => {
    const { instrument, lastTimeMs } = markets[market];
    const price = side === 'long' ? `its last price less ${percent(delistingHaircutFrac)}` : 'its last price';
    return `${instrument.symbol} was held ${side} when its bars ended (${formatTime(lastTimeMs)}): closed at ${price}`;
  });
  if (!closed.some(({ side }) => side === 'long')) return named;
  const others = [...new Set([0, Math.min(1, 2 * delistingHaircutFrac), 1])].filter((haircut) => haircut !== delistingHaircutFrac);
  const equities = others.map((haircut) => `${money(finalEquityAt(haircut))} at ${percent(haircut)}`);
  return [...named, `final equity is ${money(finalEquity)} with delistings at a loss of ${percent(delistingHaircutFrac)}; ${equities.join(', ')}`];
}

function percent(frac: number): string {
  return `${Number((100 * frac).toFixed(2))} %`;
}

function money(quote: number): string {
  return quote.toFixed(2);
}
