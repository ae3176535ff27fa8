import { seededNormal, seededRandom } from '../../../engine/core/index.ts';
import type { KernelInput } from '../../../engine/kernels/registry.ts';

export type Market = Readonly<Record<KernelInput, Float64Array>>;

/** An hourly random walk with ties, flat bars and bars without volume. */
export function randomMarket(bars: number, seed: number): Market {
  const random = seededRandom(seed);
  const normal = seededNormal(random);
  const columns = Object.fromEntries(
    ['open', 'high', 'low', 'close', 'volume', 'openTimeMs', 'other'].map((name) => [name, new Float64Array(bars)]),
  ) as Record<KernelInput, Float64Array>;
  let price = 100;
  let other = 100;
  for (let t = 0; t < bars; t++) {
    const open = price;
    // prices on a grid, so that equal closes and equal extremes occur
    price = Math.max(1, Math.round((price + normal()) * 4) / 4);
    other = Math.max(1, other + normal());
    const flat = t % 37 === 5;
    if (flat) price = open;
    columns.open[t] = open;
    columns.close[t] = price;
    columns.high[t] = Math.max(open, price) + (flat ? 0 : random());
    columns.low[t] = Math.min(open, price) - (flat ? 0 : random());
    columns.volume[t] = t > 0 && t % 41 === 0 ? 0 : 100 + 900 * random();
    columns.openTimeMs[t] = Date.UTC(2024, 0, 1) + t * 3_600_000;
    columns.other[t] = other;
  }
  return columns;
}

export function slice(market: Market, from: number, to: number): Market {
  return Object.fromEntries(Object.entries(market).map(([name, column]) => [name, column.slice(from, to)])) as Market;
}

/** The market with `bars` of NaN before it. */
export function behindNaN(market: Market, bars: number): Market {
  return Object.fromEntries(
    Object.entries(market).map(([name, column]) => {
      const longer = new Float64Array(column.length + bars).fill(Number.NaN);
      longer.set(column, bars);
      // a clock has no gaps; its start is moved by whole days
      if (name === 'openTimeMs') longer.forEach((_, t) => (longer[t] = column[0] + (t - bars) * 3_600_000));
      return [name, longer];
    }),
  ) as Market;
}
