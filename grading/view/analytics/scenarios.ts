import { type Bars, blockLengthOf, dailyReturns, drawStream, quantile, stationaryBlocks } from '../../../engine/index.ts';

export interface Scenario {
  readonly name: 'bear' | 'base' | 'bull';
  /** Share of the paths. */
  readonly probability: number;
  /** Median of the paths' simple returns; null where no path ended there. */
  readonly returnFrac: number | null;
  readonly price: number | null;
}

export interface ScenarioAnalysis {
  readonly horizonDays: number;
  readonly paths: number;
  /** Days that are drawn from, and the mean length of a block. */
  readonly days: number;
  readonly blockDays: number;
  readonly probabilityUp: number;
  /** Returns between −split and split are the base case: half a standard deviation over the horizon. */
  readonly split: number;
  readonly scenarios: readonly Scenario[];
  readonly quantiles: Readonly<Record<'q05' | 'q25' | 'q50' | 'q75' | 'q95', number>>;
}

export interface ScenarioOptions {
  readonly horizonDays: number;
  readonly paths: number;
  readonly seed: number;
}

/** Fewer days hold no distribution to draw from. */
export const FEWEST_SCENARIO_DAYS = 30;

/** Where the price may be after a horizon, by the stationary bootstrap of its own days; null below 30 of them. */
export function scenarioAnalysis(bars: Bars, { horizonDays, paths, seed }: ScenarioOptions): ScenarioAnalysis | null {
  const { returns } = dailyReturns(bars.close, bars.openTimeMs, bars.timeframeMs);
  if (returns.length < FEWEST_SCENARIO_DAYS) return null;
  const blockDays = blockLengthOf(returns);
  const ends = Array.from({ length: paths }, (_, path) => pathReturn(returns, horizonDays, blockDays, drawStream(seed, path)));
  const logs = returns.map((r) => Math.log1p(r));
  const mean = logs.reduce((sum, r) => sum + r, 0) / logs.length;
  const sd = Math.sqrt(logs.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (logs.length - 1));
  const split = Math.expm1(0.5 * sd * Math.sqrt(horizonDays));
  const price = bars.close[bars.length - 1];
  const scenario = (name: Scenario['name'], holds: (end: number) => boolean): Scenario => {
    const inside = ends.filter(holds);
    const returnFrac = quantile(inside, 0.5);
    return { name, probability: inside.length / paths, returnFrac, price: returnFrac === null ? null : price * (1 + returnFrac) };
  };
  const at = (probability: number): number => quantile(ends, probability) ?? 0;
  return {
    horizonDays, paths, days: returns.length, blockDays, split, probabilityUp: ends.filter((end) => end > 0).length / paths,
    scenarios: [scenario('bear', (end) => end < -split), scenario('base', (end) => end >= -split && end <= split), scenario('bull', (end) => end > split)],
    quantiles: { q05: at(0.05), q25: at(0.25), q50: at(0.5), q75: at(0.75), q95: at(0.95) },
  };
}

function pathReturn(returns: Float64Array, horizon: number, meanBlock: number, random: () => number): number {
  const n = returns.length;
  const starts = new Int32Array(n);
  const lengths = new Int32Array(n);
  let wealth = 1;
  for (let left = horizon; left > 0; ) {
    const count = stationaryBlocks(random, n, meanBlock, starts, lengths);
    for (let block = 0; block < count && left > 0; block++) {
      for (let i = 0; i < lengths[block] && left > 0; i++, left--) wealth *= 1 + returns[(starts[block] + i) % n];
    }
  }
  return wealth - 1;
}
