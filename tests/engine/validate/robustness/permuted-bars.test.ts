import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../../datasets/index.ts';
import { BAR_COLUMNS, type Bars, permutationTest, permutedBars, sliceBars, withFunding, withMark } from '../../../../engine/index.ts';
import { randomWalk } from '../../../support/small-market.ts';

const { bars } = syntheticMarket({ kind: 'momentum', seed: 3, bars: 2000, sharpeAnn: 6 });

/** log high, low and close over the open, and volume, of every bar, sorted. */
const shapes = ({ open, high, low, close, volume }: Bars): string[] =>
  Array.from(open, (o, t) => [Math.log(high[t] / o), Math.log(low[t] / o), Math.log(close[t] / o)].map((x) => x.toFixed(9)).join() + volume[t]).sort();

function autocorrelation({ close }: Bars, lag: number): number {
  const r = close.subarray(1).map((c, t) => Math.log(c / close[t]));
  let [sum, squares] = [0, 0];
  r.forEach((x, t) => { squares += x * x; if (t >= lag) sum += x * r[t - lag]; });
  return sum / squares;
}

describe('permuted bars', () => {
  const permuted = permutedBars([bars], 1)[0];

  it('keep first and last price, the times, and what each bar did inside', () => {
    expect(permuted.open[0]).toBe(bars.open[0]);
    expect(permuted.close[1999] / bars.close[1999]).toBeCloseTo(1, 9);
    expect([...permuted.openTimeMs]).toEqual([...bars.openTimeMs]);
    expect(shapes(permuted)).toEqual(shapes(bars));
    for (let t = 0; t < 2000; t++) {
      expect(permuted.low[t]).toBeLessThanOrEqual(Math.min(permuted.open[t], permuted.close[t]));
      expect(permuted.high[t]).toBeGreaterThanOrEqual(Math.max(permuted.open[t], permuted.close[t]));
    }
  });

  it('have another order for every seed, and one for the same', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => permutedBars([bars], seed)[0]);
    for (const name of BAR_COLUMNS) expect([...same[name]]).toEqual([...one[name]]);
    expect(one.dataHash).toBe(same.dataHash);
    expect(other.dataHash).not.toBe(one.dataHash);
  });

  it('have lost what followed from bar to bar', () => {
    const trend = syntheticMarket({ kind: 'momentum', seed: 5, bars: 4000, sharpeAnn: 60, persistenceBars: 100 }).bars;
    expect(autocorrelation(trend, 5)).toBeGreaterThan(0.1);
    expect(Math.abs(autocorrelation(permutedBars([trend], 4)[0], 5))).toBeLessThan(0.05);
  });

  it('keep what several markets do at one moment together, also where one is listed late', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 2, bars: 1000, coins: 2, correlation: 0.9 });
    const late = sliceBars(markets[1], 300, 1000);
    const [a, b] = permutedBars([markets[0], late], 7);
    const pairs = (x: Bars, y: Bars, from: number): string[] => Array.from({ length: 699 }, (_, i) => [x.close[from + 1 + i] / x.open[from + 1 + i], y.close[1 + i] / y.open[1 + i]].map((r) => r.toFixed(9)).join()).sort();
    expect(pairs(a, b, 300)).toEqual(pairs(markets[0], late, 300));
    expect(b.close[699] / late.close[699]).toBeCloseTo(1, 9);
    expect(a.close[999] / markets[0].close[999]).toBeCloseTo(1, 9);
  });

  it('carry mark prices with their bar and leave funding at its times', () => {
    const walk = randomWalk(50, 3, { kind: 'perpetual' });
    const scaled = (column: Float64Array): Float64Array => column.map((p) => 1.01 * p);
    const marked = withFunding(withMark(walk, { open: scaled(walk.open), high: scaled(walk.high), low: scaled(walk.low), close: scaled(walk.close) }), { timeMs: walk.openTimeMs.subarray(1, 4), rate: [1e-4, 2e-4, 3e-4] });
    const [{ mark, close, funding }] = permutedBars([marked], 5);
    close.forEach((c, t) => expect((mark?.close[t] as number) / c).toBeCloseTo(1.01, 12));
    expect([...(funding?.timeMs ?? [])]).toEqual([...walk.openTimeMs.subarray(1, 4)]);
    expect([...(funding?.rate ?? [])]).toEqual([1e-4, 2e-4, 3e-4]);
  });
});

describe('the permutation test', () => {
  it('counts the real search among all', () => {
    expect(permutationTest(2, [1, 3, 2, null])).toEqual({ p: 3 / 5, permutations: 4, observed: 2, null: [1, 2, 3] });
    expect(permutationTest(9, Array.from({ length: 99 }, (_, i) => i / 99)).p).toBe(0.01);
  });
});
