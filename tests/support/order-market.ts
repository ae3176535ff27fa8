import { type Bars, barsFromColumns, type Fill, HOUR_MS, type Instrument, type Params, resolveParams, type Strategy } from '../../engine/index.ts';
import { createIndicators } from '../../engine/index.ts';
import { simulateOrders } from '../../engine/orders/index.ts';
import { SimulationBuffers, type SimulationConfig, simulationConfig, type SimulationTotals } from '../../engine/simulate/index.ts';

/** open, high, low, close */
export type Row = readonly [number, number, number, number];

/** Hourly bars written out by hand. */
export function hourly(rows: readonly Row[], instrument: Partial<Instrument> = {}): Bars {
  const column = (i: number): number[] => rows.map((row) => row[i]);
  return barsFromColumns(
    { openTimeMs: rows.map((_, t) => Date.UTC(2024, 0, 1) + t * HOUR_MS), open: column(0), high: column(1), low: column(2), close: column(3), volume: rows.map(() => 1e6) },
    HOUR_MS,
    { venue: 'test', symbol: 'TEST/USDT', kind: 'spot', calendar: '24/7', market: 'continuous', ...instrument },
  );
}

/** The bars up to t as they are, those after it another market. */
export function otherFuture(bars: Bars, t: number): Bars {
  const twisted = (values: Float64Array): number[] => [...values].map((value, i) => (i <= t ? value : value * (1.3 + 0.2 * Math.sin(i))));
  const { openTimeMs, volume, timeframeMs, instrument } = bars;
  return barsFromColumns({ openTimeMs: [...openTimeMs], open: twisted(bars.open), high: twisted(bars.high), low: twisted(bars.low), close: twisted(bars.close), volume: [...volume] }, timeframeMs, instrument);
}

export interface Played {
  readonly fills: readonly Fill[];
  readonly equity: Float64Array;
  readonly totals: SimulationTotals;
}

/** An `onBar` strategy on one market, with every fill. */
export function play(strategy: Strategy, given: Params, bars: Bars, config: Partial<SimulationConfig> = {}): Played {
  const params = resolveParams(strategy.params, given);
  const fills: Fill[] = [];
  const out = new SimulationBuffers();
  const state = strategy.initialState?.(params);
  const features = strategy.features ? [strategy.features(bars, params, createIndicators())] : undefined;
  const totals = simulateOrders(
    {
      markets: [bars], config: { ...simulationConfig('spot', {}), firstDecisionBar: strategy.warmupBars(params) - 1, ...config },
      driver: { onBar: (context) => strategy.onBar?.(context, params, state), features }, onFill: (fill) => fills.push(fill),
    },
    out,
  );
  return { fills, equity: out.equity.slice(), totals };
}
