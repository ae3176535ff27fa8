import { type Bars, createTrialArena, DAY_MS, defineStrategy, type SimulationConfig, simulationConfig, simulateTrial, ZERO_COSTS } from '../../../engine/index.ts';
import type { BenchCase, Prepared, Setting } from '../case.ts';
import { randomWalkBars } from '../data/candles.ts';
import { timesFaster } from '../goals.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import { referenceRebalanced } from '../reference/rebalanced.ts';
import { FEE_FRAC } from './sweep.ts';

const MONTH_MS = 30 * DAY_MS;

/** Every market in equal parts, with a little cash left for the fees. */
const equalWeight = defineStrategy({
  id: 'bench-equal-weight',
  summary: 'Holds every market in equal parts; the schedule of the account brings them back.',
  legs: 'any',
  params: {},
  warmupBars: () => 1,
  onBar: ({ markets }) => {
    for (const market of markets) market.target(weightOf(markets.length));
  },
});

const weightOf = (markets: number): number => 0.99 / markets;

const CONFIG: SimulationConfig = simulationConfig('spot', { costs: { ...ZERO_COSTS, takerFeeBps: 1e4 * FEE_FRAC }, rebalance: { kind: 'schedule', everyMs: MONTH_MS } });

export function w5Markets({ size }: Setting): Bars[] {
  const [count, bars] = size === 'full' ? [100, 5_000] : [5, 200];
  return Array.from({ length: count }, (_, k) => randomWalkBars({ bars, timeframeMs: DAY_MS, volatility: 0.03, seed: 100 + k, symbol: `S${k}/USD` }));
}

function prepareW5(setting: Setting): Prepared {
  const markets = w5Markets(setting);
  const arena = createTrialArena(markets);
  const run = (): void => void simulateTrial(equalWeight, {}, CONFIG, arena);
  const { openTimeMs, length } = markets[0];
  const period = (t: number): number => Math.floor((openTimeMs[t] + DAY_MS) / MONTH_MS);
  return {
    shape: `${markets.length} assets × ${length} bars`,
    units: markets.length * length,
    prove() {
      run();
      const { account: { initialCash } } = CONFIG;
      const expected = referenceRebalanced(markets, { feeFrac: FEE_FRAC, initialCash, weight: weightOf(markets.length), isDue: (t) => t === 0 || period(t) !== period(t - 1) });
      const meter = new DifferenceMeter(1e-9);
      expected.forEach((value, t) => meter.compare(`equity at bar ${t}`, arena.buffers.equity[t], value));
      return meter.proof('a plain loop, every bar');
    },
    run,
  };
}

export const PORTFOLIO_CASES: readonly BenchCase[] = [
  {
    name: 'W5', what: 'monthly rebalance to equal parts in the portfolio engine', unit: 'bars × assets', quantity: 'processor', isGated: false, goals: [timesFaster('vectorbt', 1)],
    prepare: prepareW5,
  },
];
