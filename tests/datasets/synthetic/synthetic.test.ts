import { describe, expect, test } from 'vitest';
import { syntheticMarket, type SyntheticSpec } from '../../../datasets/synthetic/index.ts';
import { DAY_MS, HOUR_MS } from '../../../engine/core/index.ts';
import { correlation, deviation, halfLife, kurtosis, lagCorrelation, lagScore, logReturns, mean, simpleReturns, slope } from './statistics.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const HOURS_PER_YEAR = 365 * 24;

const EVERY_KIND: SyntheticSpec[] = [
  { kind: 'noise', seed: 7, bars: 3_000 },
  { kind: 'momentum', seed: 7, bars: 3_000 },
  { kind: 'mean-reverting', seed: 7, bars: 3_000 },
  { kind: 'correlated', seed: 7, bars: 3_000 },
  { kind: 'cointegrated', seed: 7, bars: 3_000 },
];

describe.each(EVERY_KIND)('a $kind market', (spec) => {
  const { bars, markets } = syntheticMarket(spec);

  test('has candles whose high and low enclose open and close', () => {
    for (const market of markets) {
      for (let t = 0; t < market.length; t++) {
        expect(market.high[t]).toBeGreaterThanOrEqual(Math.max(market.open[t], market.close[t]));
        expect(market.low[t]).toBeLessThanOrEqual(Math.min(market.open[t], market.close[t]));
        expect(market.low[t]).toBeGreaterThan(0);
        expect(market.volume[t]).toBeGreaterThan(0);
      }
    }
  });

  test('stands on a gapless clock by default', () => {
    expect(bars.length).toBe(3_000);
    expect(bars.openTimeMs[0]).toBe(Date.UTC(2020, 0, 1));
    expect(bars.openTimeMs.subarray(1).every((time, t) => time - bars.openTimeMs[t] === HOUR_MS)).toBe(true);
  });

  test('opens near the previous close, with a rare gap', () => {
    const gaps = bars.open.subarray(1).map((open, t) => Math.abs(Math.log(open / bars.close[t])));
    expect(gaps.toSorted()[Math.floor(gaps.length / 2)]).toBeLessThan(0.05 * deviation(logReturns(bars.close)));
    expect(Math.max(...gaps)).toBeGreaterThan(0.2 * deviation(logReturns(bars.close)));
  });

  test('trades more when it moves more', () => {
    const moves = bars.close.map((close, t) => Math.abs(Math.log(close / bars.open[t])));
    expect(correlation(moves, bars.volume.map((volume, t) => volume * bars.close[t]))).toBeGreaterThan(0.5);
  });

  test('has the same bytes for the same seed and others for another', () => {
    const again = syntheticMarket(spec);
    expect(again.markets.map((market) => market.dataHash)).toEqual(markets.map((market) => market.dataHash));
    expect(again.truth).toEqual(syntheticMarket(spec).truth);
    expect(syntheticMarket({ ...spec, seed: 8 }).bars.dataHash).not.toBe(bars.dataHash);
  });

  test('loses the stated share of bars and changes none of the others', () => {
    const gappy = syntheticMarket({ ...spec, missingFrac: 0.1 });
    expect(gappy.bars.length / bars.length).toBeGreaterThan(0.87);
    expect(gappy.bars.length / bars.length).toBeLessThan(0.93);
    const row = gappy.bars.length - 100;
    const same = bars.openTimeMs.indexOf(gappy.bars.openTimeMs[row]);
    expect(gappy.bars.close[row]).toBe(bars.close[same]);
    expect(new Set(gappy.markets.map((market) => market.length)).size).toBe(1);
  });
});

describe('noise', () => {
  test('has no lag-1 correlation in returns', () => {
    // Volatility clusters, so the error is White's and not 1/√n.
    const scores = SEEDS.map((seed) => lagScore(simpleReturns(syntheticMarket({ kind: 'noise', seed, bars: 10_000 }).bars.close)));
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4);
    expect(Math.abs(mean(scores))).toBeLessThan(3 / Math.sqrt(SEEDS.length));
  });

  test('has a mean simple return of zero within its error', () => {
    const means = SEEDS.map((seed) => mean(simpleReturns(syntheticMarket({ kind: 'noise', seed, bars: 10_000 }).bars.close)));
    expect(Math.abs(mean(means))).toBeLessThan(3 * (deviation(means) / Math.sqrt(means.length)));
  });

  test('has the stated volatility, fat tails and volatility that clusters', () => {
    const returns = logReturns(syntheticMarket({ kind: 'noise', seed: 3, bars: 200_000, volatilityAnn: 0.6 }).bars.close);
    expect(deviation(returns) * Math.sqrt(HOURS_PER_YEAR)).toBeCloseTo(0.6, 1);
    expect(kurtosis(returns)).toBeGreaterThan(5);
    expect(lagCorrelation(returns.map(Math.abs), 1)).toBeGreaterThan(0.1);
  });

  test('drifts by the Sharpe ratio asked for', () => {
    const { bars, truth } = syntheticMarket({ kind: 'noise', seed: 5, bars: 200_000, holdSharpeAnn: 3 });
    const returns = simpleReturns(bars.close);
    const error = Math.sqrt(HOURS_PER_YEAR / returns.length);
    expect(Math.abs(sharpeAnn(returns) - 3)).toBeLessThan(3 * error);
    expect(truth.expectedReturnFrac).toBeGreaterThan(0);
  });
});

describe('momentum', () => {
  test('pays a follower of the hidden state the planted Sharpe ratio', () => {
    const { bars, truth } = syntheticMarket({ kind: 'momentum', seed: 11, bars: 300_000, sharpeAnn: 4 });
    const returns = simpleReturns(bars.close);
    const followed = returns.map((value, t) => value * truth.state[t + 1]);
    expect(Math.abs(sharpeAnn(followed) - 4)).toBeLessThan(3 * Math.sqrt(HOURS_PER_YEAR / returns.length));
    expect(Math.abs(sharpeAnn(returns))).toBeLessThan(1.5);
  });

  test('can be found by default: whoever follows price against its average earns part of the Sharpe ratio', () => {
    const earned = SEEDS.slice(0, 4).map((seed) => {
      const { close } = syntheticMarket({ kind: 'momentum', seed, bars: 5 * HOURS_PER_YEAR }).bars;
      let average = close[0];
      const side = close.map((price) => Math.sign(price - (average += (2 / 121) * (price - average))));
      return sharpeAnn(simpleReturns(close).map((value, t) => value * side[t]));
    });
    expect(mean(earned)).toBeGreaterThan(0.7);
    expect(mean(earned)).toBeLessThan(4);
  });

  test('keeps a state as long as stated', () => {
    const { truth } = syntheticMarket({ kind: 'momentum', seed: 2, bars: 100_000, persistenceBars: 50 });
    const flips = truth.state.subarray(1).reduce((sum, state, t) => sum + Number(state !== truth.state[t]), 0);
    expect(100_000 / flips).toBeGreaterThan(45);
    expect(100_000 / flips).toBeLessThan(55);
  });

  test('loses its edge after edgeBars', () => {
    const { truth } = syntheticMarket({ kind: 'momentum', seed: 2, bars: 1_000, edgeBars: 400 });
    expect(truth.state.subarray(0, 400).every((state) => state !== 0)).toBe(true);
    expect(truth.state.subarray(400).every((state) => state === 0)).toBe(true);
  });

  test('keeps one state for each bar that is left after outages', () => {
    const { bars, truth } = syntheticMarket({ kind: 'momentum', seed: 2, bars: 1_000, missingFrac: 0.2 });
    expect(truth.state.length).toBe(bars.length);
  });
});

describe('mean reverting', () => {
  test('has the stated half-life and deviation', () => {
    const { bars, truth } = syntheticMarket({ kind: 'mean-reverting', seed: 4, bars: 100_000, halfLifeBars: 20 });
    const logPrice = bars.close.map(Math.log);
    expect(halfLife(logPrice)).toBeGreaterThan(18);
    expect(halfLife(logPrice)).toBeLessThan(22);
    expect(deviation(logPrice) / truth.deviationSd).toBeCloseTo(1, 1);
    expect(mean(logPrice)).toBeCloseTo(Math.log(truth.anchorPrice), 2);
  });
});

describe('correlated', () => {
  test('gives every pair of coins the stated correlation', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 9, bars: 50_000, coins: 3, correlation: 0.7 });
    const returns = markets.map((bars) => logReturns(bars.close));
    for (const [a, b] of [[0, 1], [0, 2], [1, 2]]) expect(Math.abs(correlation(returns[a], returns[b]) - 0.7)).toBeLessThan(0.02);
  });

  test('names each coin', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 9, bars: 50, coins: 2 });
    expect(markets.map((bars) => bars.instrument.symbol)).toEqual(['COIN1/USDT', 'COIN2/USDT']);
  });
});

describe('cointegrated', () => {
  const { markets: [a, b], truth } = syntheticMarket({
    kind: 'cointegrated', seed: 6, bars: 100_000, hedgeRatio: 1.4, halfLifeBars: 30, spreadSd: 0.02, timeframeMs: DAY_MS / 24,
  });

  test('has a spread of the stated half-life and size', () => {
    expect(halfLife(truth.spread)).toBeGreaterThan(26);
    expect(halfLife(truth.spread)).toBeLessThan(34);
    expect(deviation(truth.spread) / 0.02).toBeCloseTo(1, 1);
  });

  test('gives back the hedge ratio to a regression of the log prices', () => {
    expect(slope(a.close.map(Math.log), b.close.map(Math.log))).toBeCloseTo(1.4, 2);
  });

  test('ties the prices to the spread exactly', () => {
    const t = 777;
    expect(Math.log(b.close[t] / 100)).toBeCloseTo(1.4 * Math.log(a.close[t] / 100) + truth.spread[t], 10);
  });
});

test('an unknown kind is answered with the nearest', () => {
  expect(() => syntheticMarket({ kind: 'momentun' as 'momentum', seed: 1, bars: 10 })).toThrow(/did you mean "momentum"/);
});

test.each([
  [{ bars: 1 }, /bars must be a whole number of at least 2, was 1/],
  [{ volatilityAnn: 0 }, /volatilityAnn must be positive, was 0/],
  [{ missingFrac: 0.9 }, /missingFrac must be inside 0 … 0.5, was 0.9/],
  [{ sharpeAnn: 10_000 }, /sharpeAnn must be small/],
])('%o is refused', (options, message) => {
  expect(() => syntheticMarket({ kind: 'momentum', seed: 1, bars: 10, ...options })).toThrow(message);
});

function sharpeAnn(returns: Float64Array): number {
  return (mean(returns) / deviation(returns)) * Math.sqrt(HOURS_PER_YEAR);
}
