import { barsPerYear, kernels } from '../../engine/index.ts';
import { type BarBook, type Market, marketKey, type SignalSide } from '../types/index.ts';

/** `equal`: the whole part of a market; `volatility-target`: so much of it that its volatility is expected to be the target. */
export type PaperSizing = { readonly kind: 'equal' } | { readonly kind: 'volatility-target'; readonly annualVolFrac: number; readonly windowBars: number };

/**
 * Exposure that a new signal asks for, as a fraction of a market's part.
 *
 * A volatility target is measured once, when the signal changes; a market without enough bars or without movement is not traded.
 */
export function sizedExposure(sizing: PaperSizing, signal: SignalSide, market: Market, bars: BarBook): number {
  if (sizing.kind === 'equal' || signal === 0) return signal;
  const { annualVolFrac, windowBars } = sizing;
  const window = bars.window(marketKey(market), windowBars + 1);
  if (window === null || window.length <= windowBars) return 0;
  const volatility = kernels.realisedVolatility(window.close, windowBars, { barsPerYear: barsPerYear(market.timeframeMs, window.instrument.calendar) })[windowBars];
  return volatility > 0 ? (signal * annualVolFrac) / volatility : 0;
}
