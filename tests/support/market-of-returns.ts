import { type Bars, barsFromColumns, DAY_MS, type Instrument, seededNormal, seededRandom } from '../../engine/index.ts';

const INSTRUMENT: Instrument = { venue: 'test', symbol: 'PLAN/USDT', kind: 'spot', calendar: '24/7', market: 'continuous' };

/** Bars that open at the close before and close by the stated returns; highs and lows are the ends. */
export function marketOfReturns(returns: ArrayLike<number>, { startMs = Date.UTC(2020, 0, 1), timeframeMs = DAY_MS, symbol = INSTRUMENT.symbol, volume = 1000 } = {}): Bars {
  let price = 100;
  const close = Float64Array.from(returns, (r) => (price *= 1 + r));
  const open = close.map((_, t) => (t === 0 ? 100 : close[t - 1]));
  return barsFromColumns(
    {
      openTimeMs: close.map((_, t) => startMs + t * timeframeMs),
      open,
      high: close.map((c, t) => Math.max(c, open[t])),
      low: close.map((c, t) => Math.min(c, open[t])),
      close,
      volume: close.map(() => volume),
    },
    timeframeMs,
    { ...INSTRUMENT, symbol },
  );
}

/** Normal draws of a mean and a deviation. */
export function normals(count: number, seed: number, { mean = 0, sd = 0.02 } = {}): Float64Array {
  const normal = seededNormal(seededRandom(seed, 'test-normals'));
  return Float64Array.from({ length: count }, () => mean + sd * normal());
}
