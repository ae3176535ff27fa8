import { type Bars, DAY_MS, quantile } from '../../engine/index.ts';
import { type BarBook, type Market, marketKey } from '../types/index.ts';

/** Bars of one market by UTC day (or bar, where bars are longer), oldest first; a day without a bar is missing. */
export interface DailyColumns {
  readonly dayMs: readonly number[];
  readonly high: readonly number[];
  readonly close: readonly number[];
  /** Σ volume × close; NaN where a bar has no volume. */
  readonly dollarVolume: readonly number[];
}

/** The last days of a market in a book; null where it has no bar. */
export function dailyOf(bars: BarBook, market: Market, days: number): DailyColumns | null {
  const window = bars.window(marketKey(market), Math.ceil(days * Math.max(1, DAY_MS / market.timeframeMs)));
  return window === null ? null : resampled(window);
}

function resampled({ openTimeMs, high, close, volume, timeframeMs, length }: Bars): DailyColumns {
  const out = { dayMs: [] as number[], high: [] as number[], close: [] as number[], dollarVolume: [] as number[] };
  for (let t = 0; t < length; t++) {
    const day = timeframeMs < DAY_MS ? Math.floor(openTimeMs[t] / DAY_MS) * DAY_MS : openTimeMs[t];
    const last = out.dayMs.length - 1;
    const dollars = volume[t] * close[t];
    if (out.dayMs[last] === day) {
      out.high[last] = Math.max(out.high[last], high[t]);
      out.close[last] = close[t];
      out.dollarVolume[last] += dollars;
    } else {
      out.dayMs.push(day);
      out.high.push(high[t]);
      out.close.push(close[t]);
      out.dollarVolume.push(dollars);
    }
  }
  return out;
}

/** Simple returns of the last days, at most `days`. */
export function dailyReturnsOf({ close }: DailyColumns, days: number): number[] {
  const from = Math.max(1, close.length - days);
  return close.slice(from).map((value, i) => value / close[from + i - 1] - 1);
}

/** Median dollar volume of the last days that have one. null below half of them. */
export function medianDollarVolume({ dollarVolume }: DailyColumns, days: number): number | null {
  const known = dollarVolume.slice(-days).filter((value) => !Number.isNaN(value));
  return known.length < days / 2 ? null : quantile(known, 0.5);
}
