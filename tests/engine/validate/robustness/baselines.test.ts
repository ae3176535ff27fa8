import { describe, expect, it } from 'vitest';
import { baselinesOf, buyAndHold, emaBaseline, holdIntercept, isMissing, randomBaseline, randomExposure, runBacktest, seededRandom, shapesOf, simulationConfig } from '../../../../engine/index.ts';
import { momentumRotation } from '../../../../strategies/portfolio/momentum-rotation.ts';
import { emaCross } from '../../../../strategies/trend/ema-cross.ts';
import { accountOf, tradeOf } from '../../../support/account.ts';
import { marketOfReturns, normals } from '../../../support/market-of-returns.ts';
import { planted, scheduled } from '../../../support/planted-walk.ts';

/** Rises by a Sharpe ratio of about 1.5 a year. */
const rising = marketOfReturns(normals(1500, 21, { mean: 0.0016, sd: 0.02 }));
const returnsOf = ({ close, open }: typeof rising): Float64Array => close.map((c, t) => c / open[t] - 1);

describe('the intercept on holding', () => {
  it('gives an unskilled long-only rule no credit for a rising market, and a skilled one its due', async () => {
    const up = returnsOf(rising);
    const coin = seededRandom(3, 'coin');
    const tossed = Array.from(up, () => (coin() < 0.5 ? 1 : 0));
    const knowing = Array.from(up, (_, day) => ((up[day + 1] ?? 0) > 0 === coin() < 0.58 ? 1 : 0));
    const [unskilled, skilled] = [await planted(scheduled('tossed', (day) => tossed[day]), rising), await planted(scheduled('knowing', (day) => knowing[day]), rising)].map((walk) =>
      baselinesOf(walk, scheduled('any', () => 0), [rising], { seed: 1, draws: 100 }).hold,
    );
    expect(unskilled.sharpeAnn as number).toBeGreaterThan(0.5);
    expect(unskilled.p as number).toBeGreaterThan(0.05);
    expect(unskilled.beta as number).toBeCloseTo(0.5, 1);
    expect(skilled.p as number).toBeLessThan(0.01);
    expect(skilled.alphaAnn as number).toBeGreaterThan(0.2);
  });

  it('is found as planted, on the days that both have', () => {
    const market = normals(2000, 1);
    const own = normals(2000, 2, { mean: 0.001, sd: 0.005 }).map((e, t) => e + 0.4 * market[t]);
    const { alphaAnn, beta, t } = holdIntercept(accountOf(own), accountOf(market.subarray(0, 1900)), 'market');
    expect(beta as number).toBeCloseTo(0.4, 2);
    expect(Math.abs((alphaAnn as number) - 0.365)).toBeLessThan(0.1);
    expect(t as number).toBeGreaterThan(5);
  });

  it('of holding itself is nothing', () => {
    const curve = accountOf(normals(500, 1));
    expect(holdIntercept(curve, curve, 'itself')).toMatchObject({ beta: expect.closeTo(1, 9) as number, t: null, p: null });
  });
});

describe('the cross of averages', () => {
  it('is what the engine makes of it from the same bar', () => {
    const config = simulationConfig('spot');
    const from = 400;
    const baseline = emaBaseline(rising, rising.openTimeMs.subarray(from), config);
    const run = runBacktest({ strategy: emaCross, codeHash: 'none', markets: [rising], config: { ...config, firstDecisionBar: from, flattenAtEnd: true } });
    if (isMissing(baseline)) throw new Error(baseline.missing);
    expect(baseline.sharpeAnn as number).toBeCloseTo(run.metrics.sharpeAnn as number, 2); // averages that start later agree to a little
    expect(baseline.params).toEqual({ fastBars: 12, slowBars: 48 });
    expect(emaBaseline(rising, rising.openTimeMs.subarray(100), config)).toEqual({ missing: 'fewer than 240 bars before the first decision' });
  });
});

describe('random entries', () => {
  const curve = accountOf(new Float64Array(200));
  const trades = [tradeOf(curve, 1, 11), tradeOf(curve, 20, 25), tradeOf(curve, 25, 60, { side: 'short' }), tradeOf(curve, 61, 62), tradeOf(curve, 80, 80)];
  const exposure = curve.equity.map((_, t) => (t >= 25 && t < 60 ? -0.5 : 1));

  it('keep lengths, sides and sizes, and never merge two trades of one side', () => {
    const shapes = shapesOf(trades, exposure);
    expect(shapes.map(({ lengthBars, exposure: size }) => [lengthBars, size])).toEqual([[10, 1], [5, 1], [35, -0.5], [1, 1], [1, 1]]);
    for (let seed = 0; seed < 200; seed++) {
      const targets = new Float64Array(201);
      randomExposure(shapes, seededRandom(seed), targets);
      const runs: [number, number][] = [];
      targets.forEach((x, t) => (t > 0 && x === targets[t - 1] ? runs[runs.length - 1][1]++ : runs.push([x, 1])));
      const held = runs.filter(([x]) => x !== 0);
      expect(held.map(([x]) => x)).toEqual([1, 1, -0.5, 1, 1]);
      expect(held.map(([, length]) => length).sort((a, b) => a - b)).toEqual([1, 1, 5, 10, 35]);
      expect(targets[200]).toBe(0);
    }
  });

  it('fit where trades fill nearly all bars', () => {
    const shapes = [{ lengthBars: 5, exposure: 1 }, { lengthBars: 4, exposure: 1 }];
    const targets = new Float64Array(10);
    randomExposure(shapes, seededRandom(1), targets);
    expect([...targets]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });
});

describe('the random baseline', () => {
  it('puts strategies without skill anywhere, evenly: Kolmogorov’s distance of 40 stays below its 5 % limit', async () => {
    const percentiles: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const data = marketOfReturns(normals(500, 100 + seed, { mean: 0.001 }));
      const coin = seededRandom(seed, 'entries');
      let left = 0;
      const held = Array.from({ length: 500 }, () => {
        if (left === 0 && coin() < 0.1) left = 1 + Math.floor(20 * coin());
        return left > 0 && left-- > 0 ? 1 : 0;
      });
      const walk = await planted(scheduled('random', (day) => held[day]), data);
      const baseline = randomBaseline(walk, data, { seed, draws: 99 });
      if (isMissing(baseline)) throw new Error(baseline.missing);
      percentiles.push(baseline.percentile);
    }
    percentiles.sort((a, b) => a - b);
    const distance = Math.max(...percentiles.map((p, i) => Math.max(Math.abs((i + 1) / 40 - p), Math.abs(p - i / 40))));
    expect(distance).toBeLessThan(1.358 / Math.sqrt(40));
  });

  it('puts one that knows the next day at the top, and is the same for the same seed', async () => {
    const up = returnsOf(rising);
    const walk = await planted(scheduled('seer', (day) => ((up[day + 1] ?? 0) > 0.01 ? 1 : 0)), rising);
    const [baseline, again] = [1, 1].map((seed) => randomBaseline(walk, rising, { seed, draws: 200 }));
    expect(baseline).toMatchObject({ draws: 200, seed: 1, percentile: 1 });
    expect(again).toEqual(baseline);
  });

  it('pays what the strategy pays: holding for good is what holding is', async () => {
    const walk = await planted(scheduled('holder', () => 1), rising, { costs: { takerFeeBps: 0, slippageBps: 0, halfSpreadBps: 0 } });
    const baseline = randomBaseline({ ...walk, trades: [{ ...walk.trades[0], entryBar: 1, exitBar: walk.equity.length - 1 }] }, rising, { seed: 1, draws: 100 });
    const hold = buyAndHold(rising, walk.spec.config, 100);
    expect(isMissing(baseline) ? [] : [baseline.sharpesAnn[0], baseline.sharpesAnn[99]].map((s) => Math.abs(s / (hold.metrics.sharpeAnn as number) - 1) < 0.2)).toEqual([true, true]);
  });

  it('is missing where nothing is traded, and for a portfolio', async () => {
    const walk = await planted(scheduled('idle', () => 0), rising);
    expect(randomBaseline(walk, rising, { seed: 1 })).toEqual({ missing: 'no trade out of sample' });
    const { emaCross: cross, random } = baselinesOf(walk, momentumRotation, [rising], { seed: 1 });
    const several = { missing: 'momentum-rotation trades several markets on one account' };
    expect([cross, random]).toEqual([several, several]);
  });
});
