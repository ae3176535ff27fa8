import { band } from './band.ts';
import type { Channel } from './donchian.ts';
import { ema, type EmaOptions } from './ema.ts';
import { atr } from './true-range.ts';

export interface KeltnerOptions extends EmaOptions {
  /** Average true ranges between middle and band; default 2. */
  readonly multiplier?: number;
  /** Window of the average true range; default 10. */
  readonly atrBars?: number;
}

/**
 * Keltner channel: an EMA of the close and a number of average true ranges above and below it.
 *
 * shape   high[n], low[n], close[n] → upper[n], middle[n], lower[n]; NaN before the EMA (middle) or either part (bands) begins
 * causal  [t] reads bars 0..t
 * memory  max(5 windowBars, 10 atrBars)
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`, `length-mismatch`
 * source  StockCharts ChartSchool (20, 2, 10), after Raschke
 */
export function keltner(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, { multiplier = 2, atrBars = 10, ...options }: KeltnerOptions = {},
): Channel {
  return band(ema(close, windowBars, options), atr(high, low, close, atrBars), multiplier);
}
