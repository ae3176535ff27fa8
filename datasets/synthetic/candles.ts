import { HOUR_MS, type Random, seededNormal, seededRandom } from '../../engine/core/index.ts';
import { allocateBars, type Bars, barsFromHandle, hashBars, type Instrument } from '../../engine/market/index.ts';
import { barVolatility, type Setting } from './setting.ts';
import { STEPS_PER_BAR } from './shocks.ts';

/** Moves the log prices one step on; step 0 of a bar leads to its open, the last to its close. */
export type PricePath = (logPrices: Float64Array, bar: number, step: number) => void;

const HOURLY_NOTIONAL = 1_000_000;

/** Candles of one or more coins along a path; bars in an outage happen but are not recorded. */
export function buildCandles(setting: Setting, instruments: readonly Instrument[], path: PricePath): { markets: Bars[]; recorded: Uint32Array } {
  const recorded = recordedBars(setting);
  const markets = instruments.map((instrument) => allocateBars(recorded.length, setting.timeframeMs, instrument));
  const logPrices = new Float64Array(instruments.length).fill(Math.log(setting.startPrice));
  const volumes = instruments.map((instrument) => volumeModel(setting, instrument));
  let row = 0;
  for (let bar = 0; bar < setting.bars; bar++) {
    for (let step = 0; step < STEPS_PER_BAR; step++) {
      path(logPrices, bar, step);
      markets.forEach((bars, m) => trace(bars, row, step, logPrices[m]));
    }
    if (row < recorded.length && recorded[row] === bar) {
      markets.forEach((bars, m) => finish(bars, row, setting.startMs + bar * setting.timeframeMs, volumes[m]));
      row++;
    }
  }
  return { markets: markets.map((bars) => barsFromHandle({ ...bars.handle, dataHash: hashBars(bars) })), recorded };
}

/** Values of the recorded bars only, where a truth has one value a bar of the clock. */
export function recordedOnly<Values extends Int8Array | Float64Array>(values: Values, recorded: Uint32Array): Values {
  return values.length === recorded.length ? values : (values.filter(keeper(recorded)) as Values);
}

function keeper(recorded: Uint32Array): (value: number, bar: number) => boolean {
  let row = 0;
  return (_value, bar) => recorded[row] === bar && ++row > 0;
}

// While a bar is being traced its columns hold log prices.
function trace(bars: Bars, row: number, step: number, logPrice: number): void {
  if (row >= bars.length) return;
  if (step === 0) bars.open[row] = bars.high[row] = bars.low[row] = logPrice;
  else if (logPrice > bars.high[row]) bars.high[row] = logPrice;
  else if (logPrice < bars.low[row]) bars.low[row] = logPrice;
  bars.close[row] = logPrice;
}

function finish(bars: Bars, row: number, timeMs: number, volume: (logMove: number, price: number) => number): void {
  const logMove = bars.close[row] - bars.open[row];
  bars.openTimeMs[row] = timeMs;
  for (const column of [bars.open, bars.high, bars.low, bars.close]) column[row] = Math.exp(column[row]);
  bars.volume[row] = volume(logMove, bars.close[row]);
}

/** Units of the base: turnover grows with the size of the move, times a lognormal factor of mean 1. */
function volumeModel(setting: Setting, { symbol }: Instrument): (logMove: number, price: number) => number {
  const usualMove = barVolatility(setting);
  const notional = HOURLY_NOTIONAL * (setting.timeframeMs / HOUR_MS);
  const normal = seededNormal(seededRandom(setting.seed, `synthetic:volume:${symbol}`));
  return (logMove, price) => ((notional * (0.3 + Math.abs(logMove) / usualMove)) / price) * Math.exp(0.4 * normal() - 0.08);
}

function recordedBars({ seed, bars, missingFrac }: Setting): Uint32Array {
  const random = seededRandom(seed, 'synthetic:outage');
  const recorded: number[] = [];
  let outage = 0;
  for (let bar = 0; bar < bars; bar++) {
    if (outage === 0) outage = nextOutage(random, missingFrac);
    const isEnd = bar === 0 || bar === bars - 1;
    if (outage === 0 || isEnd) recorded.push(bar);
    if (outage > 0) outage--;
  }
  return Uint32Array.from(recorded);
}

/** Length of an outage that starts now, mostly 0: one to five bars, so that `missingFrac` of all bars is lost. */
function nextOutage(random: Random, missingFrac: number): number {
  const startChance = missingFrac / (3 - 2 * missingFrac);
  return random() < startChance ? 1 + Math.floor(5 * random()) : 0;
}
