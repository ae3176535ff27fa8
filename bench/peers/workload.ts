import { seededNormal, seededRandom } from '../../engine/core/index.ts';
import { type Bars, barsFromColumns } from '../../engine/market/index.ts';
import { type SimulationConfig, simulationConfig, ZERO_COSTS } from '../../engine/simulate/index.ts';

export const FAST_BARS = 10;
export const SLOW_BARS = 50;
export const INITIAL_CASH = 1_000_000;
const SEED = 20_261_127;
const MINUTE_MS = 60_000;
const VOLATILITY = 0.0005;

/** A random walk in minutes; every open is the close before it, moved a little, so that it matters which of them fills. */
export function syntheticMinutes(count: number): Bars {
  const normal = seededNormal(seededRandom(SEED, 'bars'));
  const column = (): Float64Array => new Float64Array(count);
  const columns = { openTimeMs: column(), open: column(), high: column(), low: column(), close: column(), volume: column().fill(1_000) };
  let price = 100;
  for (let t = 0; t < count; t++) {
    const open = price * Math.exp(0.2 * VOLATILITY * normal());
    price = open * Math.exp(VOLATILITY * normal());
    columns.openTimeMs[t] = t * MINUTE_MS;
    columns.open[t] = open;
    columns.close[t] = price;
    columns.high[t] = Math.max(open, price) * Math.exp(Math.abs(0.3 * VOLATILITY * normal()));
    columns.low[t] = Math.min(open, price) * Math.exp(-Math.abs(0.3 * VOLATILITY * normal()));
  }
  return barsFromColumns(columns, MINUTE_MS, { venue: 'synthetic', symbol: 'SYN/USD', kind: 'spot', calendar: '24/7', market: 'continuous' });
}

/** Long with everything or flat, whole units, no costs: what all peers can do. backtesting.py decides first one bar after both averages are known. */
export const CONFIG: SimulationConfig = {
  ...simulationConfig('spot', { costs: ZERO_COSTS, account: { initialCash: INITIAL_CASH }, rules: { lotStep: 1 } }),
  firstDecisionBar: SLOW_BARS,
};
