import { type Bars, barsFromColumns, DAY_MS, type Instrument, seededNormal, seededRandom } from '../../engine/index.ts';

const INSTRUMENT: Instrument = { venue: 'test', symbol: 'TEST/USDT', kind: 'spot', calendar: '24/7', market: 'continuous' };

/** A plain random walk of daily bars, made here so that a test says what it stands on. */
export function randomWalk(bars: number, seed = 1, instrument: Partial<Instrument> = {}): Bars {
  const normal = seededNormal(seededRandom(seed, 'test-walk'));
  const open = new Float64Array(bars);
  const close = new Float64Array(bars);
  let price = 100;
  for (let t = 0; t < bars; t++) {
    open[t] = price;
    price *= Math.exp(0.02 * normal());
    close[t] = price;
  }
  return barsFromColumns(
    {
      openTimeMs: Float64Array.from(close, (_, t) => Date.UTC(2020, 0, 1) + t * DAY_MS),
      open,
      high: close.map((c, t) => 1.005 * Math.max(c, open[t])),
      low: close.map((c, t) => 0.995 * Math.min(c, open[t])),
      close,
      volume: close.map(() => 1000),
    },
    DAY_MS,
    { ...INSTRUMENT, ...instrument },
  );
}
