import { barsFromColumns, type Bars, seededNormal, seededRandom } from '../../../engine/index.ts';

const START_MS = Date.UTC(2020, 0, 1);

export interface WalkOptions {
  readonly bars: number;
  readonly timeframeMs: number;
  /** Standard deviation of a bar's log return. */
  readonly volatility: number;
  readonly seed: number;
  readonly symbol?: string;
  /** Opens at the close before, as markets without gaps do; else moved a little. */
  readonly opensAtClose?: boolean;
}

/** A seeded random walk with open, high, low and volume; prices with eight decimals, as exchanges write them. */
export function randomWalkBars({ bars, timeframeMs, volatility, seed, symbol = 'SYN/USD', opensAtClose = false }: WalkOptions): Bars {
  const normal = seededNormal(seededRandom(seed, `bench ${symbol}`));
  const column = (): Float64Array => new Float64Array(bars);
  const columns = { openTimeMs: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 100;
  for (let t = 0; t < bars; t++) {
    const open = opensAtClose ? price : rounded(price * Math.exp(0.2 * volatility * normal()));
    price = rounded(open * Math.exp(volatility * normal()));
    columns.openTimeMs[t] = START_MS + t * timeframeMs;
    columns.open[t] = open;
    columns.close[t] = price;
    columns.high[t] = rounded(Math.max(open, price) * Math.exp(Math.abs(0.5 * volatility * normal())));
    columns.low[t] = rounded(Math.min(open, price) * Math.exp(-Math.abs(0.5 * volatility * normal())));
    columns.volume[t] = rounded(1000 * Math.exp(normal()));
  }
  return barsFromColumns(columns, timeframeMs, { venue: 'synthetic', symbol, kind: 'spot', calendar: '24/7', market: 'session' });
}

function rounded(price: number): number {
  return Math.round(price * 1e8) / 1e8;
}
