import { type Bars, kernels } from '../../../engine/index.ts';

/** A price at which the market has turned. */
export interface PriceLevel {
  readonly kind: 'support' | 'resistance';
  readonly level: number;
  /** Swing points within the level's width. */
  readonly touches: number;
  /** 0 … 1: touches, each worth half after so many bars as a quarter of the window, over those of the strongest level. */
  readonly strength: number;
  readonly lastTouchMs: number;
}

export interface LevelOptions {
  /** Bars on either side of a swing point that do not pass it. */
  readonly wingBars?: number;
  /** Half-width of a level in average true ranges. */
  readonly widthAtr?: number;
  /** Levels on each side of the price. */
  readonly count?: number;
}

interface Swing { readonly t: number; readonly price: number }

const ATR_BARS = 14;

/**
 * Support below and resistance above the last close: swing highs and lows, gathered where they are closer than an average true range.
 *
 * causal  a swing point is known once its right wing has closed
 */
export function priceLevels(bars: Bars, { wingBars = 3, widthAtr = 0.5, count = 3 }: LevelOptions = {}): PriceLevel[] {
  const { length, close, openTimeMs } = bars;
  if (length < Math.max(ATR_BARS + 1, 2 * wingBars + 1)) return [];
  const width = widthAtr * kernels.atr(bars.high, bars.low, close, ATR_BARS)[length - 1];
  const price = close[length - 1];
  const levels = gathered(swings(bars, wingBars), width).map((group) => {
    const weight = group.reduce((sum, { t }) => sum + 0.5 ** ((4 * (length - 1 - t)) / length), 0);
    const level = group.reduce((sum, swing) => sum + swing.price, 0) / group.length;
    const kind: PriceLevel['kind'] = level <= price ? 'support' : 'resistance';
    return { kind, level, touches: group.length, weight, lastTouchMs: openTimeMs[Math.max(...group.map(({ t }) => t))] };
  });
  const strongest = Math.max(...levels.map(({ weight }) => weight));
  return (['resistance', 'support'] as const).flatMap((side) => levels
    .filter(({ kind }) => kind === side)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, count)
    .map(({ weight, ...level }) => ({ ...level, strength: weight / strongest })));
}

function swings({ high, low, length }: Bars, wing: number): Swing[] {
  const found: Swing[] = [];
  for (let t = wing; t < length - wing; t++) {
    let isHigh = true;
    let isLow = true;
    for (let k = 1; k <= wing; k++) {
      isHigh &&= high[t] > high[t - k] && high[t] >= high[t + k];
      isLow &&= low[t] < low[t - k] && low[t] <= low[t + k];
    }
    if (isHigh) found.push({ t, price: high[t] });
    if (isLow) found.push({ t, price: low[t] });
  }
  return found.sort((a, b) => a.price - b.price);
}

/** Runs of prices none of which is further from the run's first than its width. */
function gathered(sorted: readonly Swing[], width: number): Swing[][] {
  const groups: Swing[][] = [];
  for (const swing of sorted) {
    const open = groups[groups.length - 1];
    if (open !== undefined && swing.price - open[0].price <= 2 * width) open.push(swing);
    else groups.push([swing]);
  }
  return groups;
}
