import type { Series, Undefinable } from '../../core/index.ts';
import { momentsOf } from '../../metrics/index.ts';
import { hurstRescaledRange, logSlope, rescaledRange } from './hurst-rescaled-range.ts';

/**
 * Hurst exponent as log R/S ÷ log n over the whole series, standard deviation with ddof 1.
 *
 * null    below two values, or without variance
 * source  PerformanceAnalytics HurstIndex
 */
export function hurstSimple(values: Series): Undefinable {
  const ratio = values.length < 2 ? null : rescaledRange(values, 0, values.length, 1);
  return ratio === null ? { value: null, reason: 'the series has no variance' } : { value: Math.log(ratio) / Math.log(values.length) };
}

/**
 * Hurst exponent of prices, by rescaled range of the log returns of the last bars: 1, 2, 4 … 32 chunks of at least eight.
 *
 * null    with fewer than lookback + 1 prices, or without variance
 * source  Skender.Stock.Indicators, GetHurst
 */
export function hurstOfPrices(prices: Series, lookbackBars: number): Undefinable {
  if (prices.length < lookbackBars + 1) return { value: null, reason: `needs ${lookbackBars + 1} prices, has ${prices.length}` };
  const first = prices.length - lookbackBars;
  const returns = Float64Array.from({ length: lookbackBars }, (_, i) => Math.log(prices[first + i] / prices[first + i - 1]));
  const blockSizes = [1, 2, 4, 8, 16, 32].map((chunks) => Math.floor(lookbackBars / chunks)).filter((size) => size >= 8);
  return hurstRescaledRange(returns, { blockSizes, leaveOut: 'first' });
}

/**
 * Hurst exponent of a path by slope of the log standard deviation of its differences on the log lag.
 *
 * null    where a lag's differences do not vary
 * source  Chan (2013), Algorithmic Trading, ch. 2; arbitragelab get_hurst_exponent (lags 2 to 99)
 */
export function hurstLaggedDifferences(values: Series, { fromLag = 2, toLag = 99 }: { readonly fromLag?: number; readonly toLag?: number } = {}): Undefinable {
  const lags = Array.from({ length: Math.max(0, toLag - fromLag + 1) }, (_, i) => fromLag + i).filter((lag) => lag < values.length - 1);
  const slope = logSlope(lags, lags.map((lag) => differenceDeviation(values, lag)));
  return slope === null ? { value: null, reason: 'the differences at some lag do not vary, or there are fewer than two lags' } : { value: slope };
}

/** Population standard deviation of values[t + lag] − values[t]. */
function differenceDeviation(values: Series, lag: number): number {
  const { count, m2 } = momentsOf(Float64Array.from({ length: values.length - lag }, (_, t) => values[t + lag] - values[t]));
  return Math.sqrt(m2 / count);
}
