import { describe, expect, it } from 'vitest';
import { resolveParams } from '../../engine/index.ts';
import { simulationConfig } from '../../engine/simulate/index.ts';
import { dcaSafetyOrders } from '../../strategies/bots/dca-safety-orders.ts';
import { grid } from '../../strategies/bots/grid.ts';
import { BUILT_IN } from '../../strategies/index.ts';
import { atrBreakoutOrders } from '../../strategies/trend/atr-breakout-orders.ts';
import { hourly, otherFuture, play, type Row } from '../support/order-market.ts';
import { randomWalk } from '../support/small-market.ts';

const MAKER = 0.001;

describe.each(BUILT_IN.filter(({ strategy }) => strategy.onBar && strategy.legs === 1).map(({ strategy }) => [strategy.id, strategy] as const))('%s', (_id, strategy) => {
  const bars = randomWalk(1500, 11);

  it('has no fill up to a bar changed by the bars after it', () => {
    const { fills } = play(strategy, {}, bars);
    for (const t of [300, 700, 1001, 1498]) {
      const other = play(strategy, {}, otherFuture(bars, t));
      expect(other.fills.filter(({ bar }) => bar <= t)).toEqual(fills.filter(({ bar }) => bar <= t));
    }
    expect(play(strategy, {}, otherFuture(bars, 300)).fills).not.toEqual(fills);
  });

  it('trades on a random walk, starts every run anew, says why it should earn, and has an admissible default', () => {
    const { fills } = play(strategy, {}, bars);
    expect(fills.length).toBeGreaterThan(10);
    expect(play(strategy, {}, bars).fills).toEqual(fills);
    expect(strategy.thesis).toBeTruthy();
    expect(strategy.fails).toBeTruthy();
    expect(strategy.source).toBeTruthy();
    expect(strategy.admissible(resolveParams(strategy.params, {}))).toBe(true);
  });
});

describe('a grid', () => {
  // Lines at 90, 95, 100, 105, 110; the close of 102 leaves buys at 90, 95 and 100.
  const params = { gridCount: 4, widthFrac: 0.1, spacing: 'arithmetic', capitalFrac: 0.8 };
  const start: Row = [100, 100, 100, 100];

  it('earns one step less two fees for a completed round', () => {
    const { fills, equity } = play(grid, params, hourly([start, [98, 98, 94, 96], [96, 101, 96, 99]]));
    // 0.8 × 10 000 over 4 steps: 2 000 at each line.
    const qty = 2_000 / 95;
    expect(fills.map(({ bar, kind, price, tag }) => [bar, kind, price, tag])).toEqual([[1, 'limit', 95, 'step 1'], [2, 'bracket-target', 100, 'step 1']]);
    expect(fills[0].qtyBase).toBeCloseTo(qty, 12);
    expect(equity[2]).toBeCloseTo(10_000 + qty * 5 - qty * MAKER * (95 + 100), 9);
  });

  it('rests the buy again after its take-profit, and earns again', () => {
    const round: Row[] = [[98, 98, 94, 96], [96, 101, 96, 99]];
    const { fills, equity } = play(grid, params, hourly([start, ...round, ...round, ...round]));
    const qty = 2_000 / 95;
    expect(fills.map(({ bar }) => bar)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(equity[6]).toBeCloseTo(10_000 + 3 * (qty * 5 - qty * MAKER * (95 + 100)), 8);
  });

  it('has geometric lines of one ratio when asked', () => {
    const { fills } = play(grid, { ...params, spacing: 'geometric' }, hourly([start, [100, 100, 80, 85]]));
    const ratio = (1.1 / 0.9) ** 0.25;
    expect(fills.length).toBe(3);
    fills.toSorted((a, b) => a.price - b.price).forEach(({ price }, i) => expect(price).toBeCloseTo(90 * ratio ** i, 9));
  });

  it('holds its inventory below the range, or sells all of it at the stop and is drawn around the new price', () => {
    const fall: Row[] = [start, [98, 98, 92, 93], [93, 93, 80, 82], [82, 82, 78, 79], [79, 83, 79, 82]];
    const held = play(grid, params, hourly(fall));
    expect(held.fills.every(({ qtyBase }) => qtyBase > 0)).toBe(true);
    const stopped = play(grid, { ...params, stopLossFrac: 0.05 }, hourly(fall));
    const stops = stopped.fills.filter(({ kind }) => kind === 'bracket-stop');
    expect(stops.map(({ referencePrice }) => referencePrice)).toEqual([85.5, 85.5]);
    expect(stops.at(-1)?.qtyAfter).toBe(0);
    // The new range is 82 ± 10 %: its second line, 77.9, is not reached, and nothing of the old range is.
    expect(stopped.fills.filter(({ bar }) => bar > 2)).toEqual([]);
  });

  it('follows a price that leaves the range upwards only when told to', () => {
    const rise: Row[] = [start, [100, 125, 100, 120], [120, 120, 113, 115]];
    expect(play(grid, params, hourly(rise)).fills.map(({ price }) => price)).toEqual([114]);
    expect(play(grid, { ...params, recentre: false }, hourly(rise)).fills.map(({ price }) => price)).toEqual([]);
  });
});

describe('a DCA bot', () => {
  const free = simulationConfig('spot', { costs: { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 } });
  // Base 1, safeties 1 and 2: steps of 2 % and 4 %, so 98 and 94; 10 000 × 0.8 ÷ 4 = 2 000 a unit.
  const params = { capitalFrac: 0.8, safetyOrders: 2, safetySize: 1, deviationFrac: 0.02, stepCoefficient: 2, volumeCoefficient: 2, takeProfitFrac: 0.02 };
  const start: Row = [100, 100, 100, 100];
  const [base, first, second] = [2_000 / 100, 2_000 / 98, 4_000 / 94];

  it('sells everything at a profit on the average entry', () => {
    const { fills, equity } = play(dcaSafetyOrders, params, hourly([start, [100, 100, 93, 95], [95, 99, 95, 98]]), { costs: free.costs });
    expect(fills.map(({ bar, kind, tag }) => [bar, kind, tag])).toEqual([[1, 'market', 'base'], [1, 'limit', 'safety 1'], [1, 'limit', 'safety 2'], [2, 'limit', 'target']]);
    expect(fills.slice(0, 3).map(({ qtyBase }) => qtyBase)).toEqual([base, first, second]);
    const average = 8_000 / (base + first + second);
    expect(fills[3].price).toBeCloseTo(1.02 * average, 9);
    expect(fills[3].qtyAfter).toBe(0);
    expect(equity[2]).toBeCloseTo(10_000 + 0.02 * 8_000, 8);
  });

  it('begins the next deal at the open after its profit, and takes the old safety orders away', () => {
    const { fills } = play(dcaSafetyOrders, params, hourly([start, [100, 103, 100, 103], [103, 103, 99, 100]]), { costs: free.costs });
    expect(fills.map(({ bar, tag, price }) => [bar, tag, price])).toEqual([[1, 'base', 100], [1, 'target', 102], [2, 'base', 103], [2, 'safety 1', 103 * 0.98]]);
  });

  it('sells everything at the stop, which lies below the last safety order', () => {
    const { fills } = play(dcaSafetyOrders, { ...params, stopLossFrac: 0.1 }, hourly([start, [100, 100, 88, 89]]), { costs: free.costs });
    expect(fills.map(({ tag }) => tag)).toEqual(['base', 'safety 1', 'safety 2', 'stop']);
    expect(fills[3]).toMatchObject({ price: 90, qtyAfter: 0 });
    expect(dcaSafetyOrders.admissible(resolveParams(dcaSafetyOrders.params, { ...params, stopLossFrac: 0.05 }))).toBe(false);
  });

  it('never spends more than the capital it was given', () => {
    const { fills, totals } = play(dcaSafetyOrders, params, hourly([start, [100, 100, 50, 50], [50, 50, 20, 20]]));
    expect(fills.reduce((sum, { qtyBase, price }) => sum + qtyBase * price, 0)).toBeLessThanOrEqual(8_000 * 1.001);
    expect(totals.orders.clippedExposure).toBe(0);
  });
});

describe('an ATR breakout', () => {
  // Bars of range 2 around 100: the channel's high is 101 and the average true range 2.
  const quiet = Array.from({ length: 60 }, (): Row => [100, 101, 99, 100]);
  const params = { channelBars: 10, atrBars: 5, bufferAtr: 0.5, stopAtr: 2, trailAtr: 3, riskFrac: 0.01 };

  it('is in on the bar that breaks, at its level, and risks what it was told to at its stop', () => {
    const { fills } = play(atrBreakoutOrders, params, hourly([...quiet, [100, 103, 100, 102], [102, 102, 95, 96]]));
    expect(fills.map(({ bar, kind, referencePrice }) => [bar, kind, referencePrice])).toEqual([[60, 'stop', 102], [61, 'bracket-stop', 98]]);
    expect(fills[0].qtyBase).toBeCloseTo((0.01 * 10_000) / 4, 9);
  });

  it('trails the high of a rise, and never holds two entries', () => {
    const rise = Array.from({ length: 20 }, (_, i): Row => [102 + 2 * i, 104.5 + 2 * i, 102 + 2 * i, 104 + 2 * i]);
    const { fills } = play(atrBreakoutOrders, params, hourly([...quiet, [100, 103, 100, 102], ...rise, [142, 142, 120, 121]]));
    expect(fills.map(({ kind }) => kind)).toEqual(['stop', 'bracket-trail']);
    expect(fills[1].referencePrice).toBeCloseTo(142.5 * (1 - 6 / 102), 9);
  });
});
