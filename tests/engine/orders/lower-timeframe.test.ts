import { describe, expect, it } from 'vitest';
import { type Bars, barsFromColumns, HOUR_MS, MINUTE_MS, withFiner } from '../../../engine/index.ts';
import { simulateOrders } from '../../../engine/orders/index.ts';
import { simulate, SimulationBuffers, simulationConfig } from '../../../engine/simulate/index.ts';

type Row = readonly [open: number, high: number, low: number, close: number];

function market(rows: readonly Row[], timeframeMs: number, fromMs = 0): Bars {
  const pick = (c: number): number[] => rows.map((row) => row[c]);
  return barsFromColumns(
    { openTimeMs: rows.map((_, t) => fromMs + t * timeframeMs), open: pick(0), high: pick(1), low: pick(2), close: pick(3), volume: rows.map(() => 1) },
    timeframeMs,
    { venue: 'hand', symbol: 'H/USD', kind: 'spot', calendar: '24/7', market: 'continuous' },
  );
}

const HOURS = market([[100, 101, 99, 100], [100, 101, 99, 100], [100, 106, 94, 100], [100, 101, 99, 100]], HOUR_MS);
const DECISIONS = { exposure: Float64Array.from([1, 1, 1, 1]), stopLossFrac: 0.05, takeProfitFrac: 0.05, trailFrac: 0 };
const CONFIG = simulationConfig('spot', { costs: { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 }, intrabar: 'lower-timeframe' });

/** The undecided hour in quarters. */
function exitWith(quarters: readonly Row[] | null) {
  const bars = quarters === null ? HOURS : withFiner(HOURS, market(quarters, 15 * MINUTE_MS, 2 * HOUR_MS));
  const out = new SimulationBuffers();
  const totals = simulateOrders({ markets: [bars], config: CONFIG, driver: { decisions: [DECISIONS] } }, out);
  const [trade] = out.trades.toTrades(bars.openTimeMs);
  return { reason: trade.exitReason, ambiguousBars: totals.ambiguousBars };
}

describe('intrabar: lower-timeframe', () => {
  it('lets the finer bars say which level was met first', () => {
    expect(exitWith([[100, 106, 100, 104], [104, 104, 94, 96], [96, 100, 96, 100], [100, 100, 100, 100]])).toEqual({ reason: 'take-profit', ambiguousBars: 0 });
    expect(exitWith([[100, 100, 94, 96], [96, 106, 96, 104], [104, 104, 100, 100], [100, 100, 100, 100]])).toEqual({ reason: 'stop-loss', ambiguousBars: 0 });
  });

  it('settles what a finer open has jumped over before that bar’s inside', () => {
    expect(exitWith([[100, 101, 99, 100], [106, 106, 94, 94], [94, 100, 94, 100], [100, 100, 100, 100]])).toEqual({ reason: 'take-profit', ambiguousBars: 0 });
  });

  it('stays pessimistic, and says so, where the finer bar cannot decide or there is none', () => {
    expect(exitWith([[100, 106, 94, 100], [100, 100, 100, 100], [100, 100, 100, 100], [100, 100, 100, 100]])).toEqual({ reason: 'stop-loss', ambiguousBars: 1 });
    expect(exitWith(null)).toEqual({ reason: 'stop-loss', ambiguousBars: 1 });
  });

  it('changes no bar that is decided', () => {
    const calm = { ...DECISIONS, takeProfitFrac: 0 };
    const [one, other] = [new SimulationBuffers(), new SimulationBuffers()];
    simulateOrders({ markets: [HOURS], config: CONFIG, driver: { decisions: [calm] } }, one);
    simulate(HOURS, calm, { ...CONFIG, intrabar: 'pessimistic' }, other);
    expect([...one.equity]).toEqual([...other.equity]);
  });

  it('refuses bars that are not finer', () => {
    expect(() => withFiner(HOURS, HOURS)).toThrow(/timeframe of the finer bars must be a divisor/);
  });
});
