import { resampleBars } from '../../../datasets/index.ts';
import type { Bars } from '../../../engine/index.ts';
import { type Market, marketKey } from '../../types/index.ts';
import { type MarketFilter, marketsOf } from '../grade-rows.ts';
import type { View } from '../view.ts';

/** More bars than any book holds. */
const ALL = 2 ** 30;

export interface SymbolBars {
  /** The market that the bars come from. */
  readonly market: Market;
  readonly bars: Bars;
}

/** Whole bars of a timeframe, one row a symbol of a venue: from the market of that timeframe, otherwise from the longest one that divides it. */
export function barsBySymbol(view: View, timeframeMs: number, filter: MarketFilter): SymbolBars[] {
  const chosen = new Map<string, Market>();
  for (const { market } of marketsOf(view, { ...filter, timeframeMs: undefined })) {
    if (timeframeMs % market.timeframeMs !== 0) continue;
    const name = `${market.venue}:${market.symbol}`;
    if (market.timeframeMs > (chosen.get(name)?.timeframeMs ?? 0)) chosen.set(name, market);
  }
  return [...chosen.values()].flatMap((market) => {
    const bars = view.bars.window(marketKey(market), ALL);
    if (bars === null) return [];
    return [{ market, bars: market.timeframeMs === timeframeMs ? bars : resampleBars(bars, timeframeMs) }];
  });
}
