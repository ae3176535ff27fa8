import { type Random, seededNormal, seededRandom } from '../core/index.ts';
import { allocateBars, BAR_COLUMNS, type Bars, barsFromHandle } from '../market/index.ts';

/** Futures that never were. The first three leave the range of the bars, the calm ones stay inside it, with small moves. */
export const FLAVOURS = ['higher', 'lower', 'wild'] as const;
export type Flavour = (typeof FLAVOURS)[number] | 'calm-low' | 'calm-high';

/** Level and volatility of the new bars as multiples of the old ones, and of their volume. */
const MARKETS: Readonly<Record<(typeof FLAVOURS)[number], { readonly level: number; readonly volatility: number; readonly volume: number }>> = {
  higher: { level: 4, volatility: 3, volume: 10 },
  lower: { level: 0.25, volatility: 3, volume: 0.1 },
  wild: { level: 1, volatility: 12, volume: 3 },
};

/**
 * The same bars with those from a row on replaced by another market, as valid candles at the same times.
 *
 * shape   bars[≥ length] → bars[length], the first `row` of them the same bits; an absent volume stays absent
 */
export function corruptFrom(bars: Bars, row: number, length: number, flavour: Flavour, seed: number): Bars {
  const out = copyOf(bars, length);
  const random = seededRandom(seed, `corrupt ${flavour} ${bars.instrument.symbol}`);
  if (row >= length || row === 0) return out;
  if (flavour === 'calm-low' || flavour === 'calm-high') writeCalm(out, row, flavour === 'calm-high', random);
  else writeOther(out, row, flavour, random);
  return out;
}

/** The same bars with one of them moved up or down, its volume too. */
export function corruptOnly(bars: Bars, row: number, factor: number): Bars {
  const out = copyOf(bars, bars.length);
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) out[name][row] *= factor;
  return out;
}

function copyOf(bars: Bars, length: number): Bars {
  const { handle, timeframeMs, instrument, dataHash } = bars;
  const fresh = allocateBars(length, timeframeMs, instrument, dataHash);
  for (const name of BAR_COLUMNS) fresh[name].set(bars[name].subarray(0, length));
  const mark = handle.mark === null ? null : { ...handle.mark, length };
  return barsFromHandle({ ...fresh.handle, funding: handle.funding, mark, finer: handle.finer });
}

function writeOther(out: Bars, row: number, flavour: (typeof FLAVOURS)[number], random: Random): void {
  const normal = seededNormal(random);
  const { level, volatility, volume } = MARKETS[flavour];
  const deviation = Math.min(0.5, volatility * typicalMove(out, row));
  const start = out.close[row - 1] * level;
  let price = start;
  for (let t = row; t < out.length; t++) {
    const open = price * Math.exp(0.3 * deviation * normal());
    // Pulled back to its level: a walk this wild would leave the doubles on long bars.
    price = open * Math.exp(deviation * normal() - 0.05 * Math.log(price / start));
    writeBar(out, t, open, price, deviation * random());
    out.volume[t] *= volume * (0.5 + random());
  }
}

/** Inside the highs and lows, moves and volumes of the bars before. */
function writeCalm(out: Bars, row: number, isHigh: boolean, random: Random): void {
  let [low, high] = [Infinity, 0];
  for (let t = 0; t < row; t++) {
    low = Math.min(low, out.low[t]);
    high = Math.max(high, out.high[t]);
  }
  const goal = low + (high - low) * (isHigh ? 0.9 : 0.1);
  const step = 0.3 * typicalMove(out, row);
  let price = out.close[row - 1];
  for (let t = row; t < out.length; t++) {
    const open = price;
    const wanted = Math.log(goal / open);
    price = open * Math.exp(Math.sign(wanted) * Math.min(Math.abs(wanted), step * random()));
    writeBar(out, t, open, price, 0);
    out.volume[t] = out.volume[Math.floor(random() * row)];
  }
}

function writeBar(out: Bars, t: number, open: number, close: number, wick: number): void {
  out.open[t] = open;
  out.close[t] = close;
  out.high[t] = Math.max(open, close) * (1 + wick);
  out.low[t] = Math.min(open, close) / (1 + wick);
}

/** Root mean square of the last moves before a row. */
function typicalMove({ close }: Bars, row: number): number {
  let squares = 0;
  const from = Math.max(1, row - 100);
  for (let t = from; t < row; t++) squares += Math.log(close[t] / close[t - 1]) ** 2;
  return Math.sqrt(squares / Math.max(1, row - from)) || 0.01;
}
