import { describe, expect, test } from 'vitest';
import {
  barsFromColumns, type Bars, type BarContext, DAY_MS, defineStrategy, type Fill, type OrderEvent, runBacktest, simulate, SimulationBuffers, simulationConfig, simulateLegs,
  simulateOrders, ZERO_COSTS,
} from '../../../engine/index.ts';
import { seededRandom } from '../../../engine/core/index.ts';
import { randomWalk } from '../../support/small-market.ts';

/** Opens 100, 110, 120 … and closes half a step above. */
function stairs(count: number): Bars {
  const open = Array.from({ length: count }, (_, t) => 100 + 10 * t);
  const columns = { open, close: open.map((o) => o + 5), high: open.map((o) => o + 6), low: open.map((o) => o - 1), volume: open.map(() => 1000) };
  return barsFromColumns({ ...columns, openTimeMs: open.map((_, t) => t * DAY_MS) }, DAY_MS, { venue: 'test', symbol: 'A/USDT', kind: 'spot', calendar: '24/7', market: 'continuous' });
}

function configOf(latencyBars: number) {
  return simulationConfig('spot', { costs: ZERO_COSTS, execution: { latencyBars } });
}

function plain(exposure: Float64Array) {
  return { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
}

/** Fills and events of a strategy on the stairs. */
function walked(latencyBars: number, onBar: (context: BarContext) => void, count = 12): { fills: Fill[]; events: OrderEvent[] } {
  const fills: Fill[] = [];
  const events: OrderEvent[] = [];
  const driver = { onBar: (context: BarContext) => { events.push(...context.events); onBar(context); } };
  simulateOrders({ markets: [stairs(count)], config: configOf(latencyBars), driver, onFill: (fill) => fills.push(fill) }, new SimulationBuffers());
  return { fills, events };
}

describe('latency', () => {
  test('a target decided at the close of bar 1 is bought at the open of bar 2, of bar 4 two bars late', () => {
    const exposure = Float64Array.from({ length: 8 }, (_, t) => (t >= 1 && t < 4 ? 1 : 0));
    const entryAndExit = (latencyBars: number): [number, number][] => {
      const out = new SimulationBuffers();
      const bars = stairs(8);
      simulate(bars, plain(exposure), configOf(latencyBars), out);
      return out.trades.toTrades(bars.openTimeMs).map(({ entryPrice, exitPrice }) => [entryPrice, exitPrice]);
    };
    expect(entryAndExit(0)).toEqual([[120, 150]]);
    expect(entryAndExit(2)).toEqual([[140, 170]]);
  });

  test('a decision before the first one that counts does not arrive', () => {
    const out = new SimulationBuffers();
    const bars = stairs(8);
    const config = { ...configOf(2), firstDecisionBar: 3 };
    simulate(bars, plain(Float64Array.of(1, 1, 1, 0, 0.5, 0.5, 0.5, 0.5)), config, out);
    expect(out.openTrades.toTrades(bars.openTimeMs).map(({ entryBar }) => entryBar)).toEqual([7]);
  });

  test('the kernel, the event engine on targets and a strategy that places targets agree, legs too', () => {
    const bars = randomWalk(300, 4);
    const random = seededRandom(9, 'targets');
    const exposure = Float64Array.from({ length: 300 }, () => Math.round(4 * random()) / 4);
    for (const latencyBars of [0, 1, 3]) {
      const config = simulationConfig('spot', { execution: { latencyBars } });
      const [kernel, events, asked, legs] = Array.from({ length: 4 }, () => new SimulationBuffers());
      simulate(bars, plain(exposure), config, kernel);
      simulateOrders({ markets: [bars], config, driver: { decisions: [plain(exposure)] } }, events);
      simulateOrders({ markets: [bars], config, driver: { onBar: (context) => context.target(exposure[context.bar]) } }, asked);
      simulateLegs([bars], [exposure], config, legs);
      for (const other of [events, asked, legs]) other.equity.forEach((value, t) => expect(value).toBeCloseTo(kernel.equity[t], 6));
    }
  });

  test('an order is open for the strategy at once and for the market when it arrives', () => {
    const seen: number[] = [];
    const { fills } = walked(3, (context) => {
      if (context.bar === 2) context.place({ type: 'market', side: 'buy', qtyBase: 1 });
      seen.push(context.openOrders.length);
    });
    expect(fills.map(({ bar, price }) => [bar, price])).toEqual([[6, 160]]);
    expect(seen.slice(0, 8)).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
  });

  test('a limit that the price has left behind when it arrives is not filled on the way', () => {
    const buyAt = (limitPrice: number) => walked(2, (context) => { if (context.bar === 1) context.place({ type: 'limit', side: 'buy', qtyBase: 1, limitPrice }); }).fills;
    expect(buyAt(125)).toEqual([]);
    expect(buyAt(145).map(({ bar, price }) => [bar, price])).toEqual([[4, 140]]);
  });

  test('a cancellation arrives late: the order may fill before it', () => {
    const run = (cancelAt: number) => {
      let id = 0;
      return walked(2, (context) => {
        if (context.bar === 0) id = context.place({ type: 'stop', side: 'buy', qtyBase: 1, stopPrice: 158 });
        if (context.bar === cancelAt) expect(context.cancel(id)).toBe(true);
      });
    };
    expect(run(4).fills.map(({ bar }) => bar)).toEqual([6]);
    const inTime = run(3);
    expect(inTime.fills).toEqual([]);
    expect(inTime.events).toMatchObject([{ type: 'ended', reason: 'cancelled' }]);
  });

  test('an order cancelled at the close that placed it never fills', () => {
    const { fills } = walked(2, (context) => {
      if (context.bar === 1) context.cancel(context.place({ type: 'market', side: 'buy', qtyBase: 1 }));
    });
    expect(fills).toEqual([]);
  });

  test('a change arrives late, and a broken one is refused when it is asked for', () => {
    let id = 0;
    const { fills } = walked(1, (context) => {
      if (context.bar === 0) id = context.place({ type: 'stop', side: 'buy', qtyBase: 1, stopPrice: 500 });
      if (context.bar === 3) {
        expect(() => context.replace(id, { stopPrice: -1 })).toThrow('stopPrice must be above 0');
        context.replace(id, { stopPrice: 142 });
      }
    });
    expect(fills.map(({ bar, price }) => [bar, price])).toEqual([[5, 150]]);
  });

  test('how long an order lives counts from its arrival', () => {
    const { fills, events } = walked(3, (context) => {
      if (context.bar === 0) context.place({ type: 'stop', side: 'buy', qtyBase: 1, stopPrice: 155, timeInForce: { bars: 2 } });
    });
    expect(fills.map(({ bar }) => bar)).toEqual([5]);
    expect(events).toMatchObject([{ type: 'fill' }]);
  });

  test('is a stress that the run states, that its benchmark does not share, and that peers refuse by name', () => {
    const strategy = defineStrategy({ id: 'in', summary: 'in', params: {}, warmupBars: () => 1, targetExposure: ({ close }) => close.map(() => 1) });
    const run = runBacktest({ strategy, codeHash: 'x', markets: [stairs(100)], config: configOf(1) });
    expect(run.warnings).toContain('stress: every decision is carried out 1 bar late');
    expect(run.openTrade?.entryBar).toBe(2);
    expect(run.benchmark.metrics.finalEquity).toBeGreaterThan(run.metrics.finalEquity ?? 0);
    const config = simulationConfig('spot', { profile: 'vectorbt', execution: { latencyBars: 1 } });
    expect(() => runBacktest({ strategy, codeHash: 'x', markets: [stairs(100)], config })).toThrow('a run under profile vectorbt must have no latency, was 1');
    expect(() => configOf(0.5)).toThrow('latencyBars must be a whole number, at least 0, was 0.5');
  });
});
