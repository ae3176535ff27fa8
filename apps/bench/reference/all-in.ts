import type { BarColumns } from '../../../engine/index.ts';

/** Figures of one combination, walked bar by bar. */
export interface ReferenceFigures {
  readonly totalReturn: number;
  /** Of the returns between closes. */
  readonly sharpeAnn: number;
  /** As vectorbt has it: with a return of 0 on the first bar. */
  readonly sharpeWithFirst: number;
  readonly maxDrawdown: number;
  /** Closed trades, and those that earned. */
  readonly trades: number;
  readonly wins: number;
  /** 1 where a position is open at the last close, and 1 where it earns there. */
  readonly openTrades: number;
  readonly openWins: number;
}

export interface ReferenceRules {
  readonly feeFrac: number;
  readonly barsPerYear: number;
  /** 0 = none. */
  readonly stopFrac: number;
  readonly targetFrac: number;
}

/**
 * Long with everything or flat, filled at the close of the signal: the plain loop that faster code must equal.
 *
 * A stop or target is met from the bar after the entry, the stop first, at the open where it lies beyond; that bar's signals are lost.
 */
export function referenceAllIn(bars: BarColumns, enters: Uint8Array, exits: Uint8Array, { feeFrac, barsPerYear, stopFrac, targetFrac }: ReferenceRules): ReferenceFigures {
  const { open, high, low, close } = bars;
  const n = close.length;
  let [cash, units, entryValue, entryPrice] = [1, 0, 0, 0];
  let [trades, wins, sum, squares, peak, maxDrawdown, before] = [0, 0, 0, 0, 1, 0, 1];
  for (let t = 0; t < n; t++) {
    let sellsAt = 0;
    if (units > 0 && stopFrac > 0 && low[t] <= entryPrice * (1 - stopFrac)) sellsAt = Math.min(open[t], entryPrice * (1 - stopFrac));
    else if (units > 0 && targetFrac > 0 && high[t] >= entryPrice * (1 + targetFrac)) sellsAt = Math.max(open[t], entryPrice * (1 + targetFrac));
    else if (units > 0 && exits[t] === 1) sellsAt = close[t];
    else if (units === 0 && enters[t] === 1) {
      [entryValue, entryPrice] = [cash, close[t]];
      units = cash / (close[t] * (1 + feeFrac));
      cash = 0;
    }
    if (sellsAt > 0) {
      cash = units * sellsAt * (1 - feeFrac);
      units = 0;
      trades++;
      if (cash > entryValue) wins++;
    }
    const value = cash + units * close[t];
    const change = value / before - 1;
    before = value;
    sum += change;
    squares += change * change;
    peak = Math.max(peak, value);
    maxDrawdown = Math.min(maxDrawdown, value / peak - 1);
  }
  const openTrades = units > 0 ? 1 : 0;
  return {
    totalReturn: before - 1, maxDrawdown, trades, wins, openTrades, openWins: openTrades === 1 && before > entryValue ? 1 : 0,
    sharpeAnn: sharpe(sum, squares, n - 1, barsPerYear), sharpeWithFirst: sharpe(sum, squares, n, barsPerYear),
  };
}

function sharpe(sum: number, squares: number, count: number, barsPerYear: number): number {
  const mean = sum / count;
  return (mean / Math.sqrt((squares - count * mean * mean) / (count - 1))) * Math.sqrt(barsPerYear);
}
