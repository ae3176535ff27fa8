import { describe, expect, it } from 'vitest';
import { createIndicators, declaredScore, defineStrategy, InputError, type Params, type Strategy } from '../../engine/index.ts';
import { BUILT_IN } from '../../strategies/index.ts';
import { marketOfReturns, normals } from '../support/market-of-returns.ts';

const BARS = marketOfReturns(normals(600, 4));
const SCORED = BUILT_IN.map(({ strategy }) => strategy).filter(({ score }) => score !== undefined);

function scoreOf(strategy: Strategy, bars = BARS, params: Params = defaults(strategy)): Float64Array {
  return declaredScore(strategy, bars, params, createIndicators());
}

function defaults(strategy: Strategy): Params {
  return Object.fromEntries(Object.entries(strategy.params).map(([name, spec]) => [name, spec.default]));
}

const leansLong = (id: string, returns: ArrayLike<number>): number => {
  const strategy = SCORED.find((one) => one.id === id) as Strategy;
  return scoreOf(strategy, marketOfReturns(returns)).at(-1) as number;
};

/** Small alternating moves and then a clear one way. */
const ending = (way: number): number[] => Array.from({ length: 400 }, (_, t) => (t % 2 === 0 ? 0.01 : -0.01) + (t >= 380 ? way * 0.02 : 0));

describe('scores of built-in strategies', () => {
  it('are declared by those with a natural strength', () => {
    expect(SCORED.map(({ id }) => id)).toEqual(['ema-cross', 'sma-cross', 'donchian-breakout', 'time-series-momentum', 'rsi-reversion', 'z-score-reversion']);
  });

  it.each(SCORED.map((strategy) => [strategy.id, strategy] as const))('%s is known after its warm-up, on both sides', (_, strategy) => {
    const known = scoreOf(strategy).subarray(strategy.warmupBars(defaults(strategy)));
    expect(known.every(Number.isFinite)).toBe(true);
    expect(Math.min(...known)).toBeLessThan(0);
    expect(Math.max(...known)).toBeGreaterThan(0);
  });

  it('of trend lean with the last moves, of reversion against them', () => {
    for (const id of ['ema-cross', 'sma-cross', 'donchian-breakout', 'time-series-momentum']) {
      expect(leansLong(id, ending(1))).toBeGreaterThan(0);
      expect(leansLong(id, ending(-1))).toBeLessThan(0);
    }
    for (const id of ['rsi-reversion', 'z-score-reversion']) {
      expect(leansLong(id, ending(1))).toBeLessThan(0);
      expect(leansLong(id, ending(-1))).toBeGreaterThan(0);
    }
  });

  it('are unknown, not infinite, in a market that does not move', () => {
    for (const id of ['ema-cross', 'sma-cross', 'donchian-breakout', 'time-series-momentum']) expect(leansLong(id, new Float64Array(400))).toBeNaN();
  });
});

describe('a declared score', () => {
  const common = { id: 'scored', summary: 'tests', params: {}, warmupBars: () => 1, targetExposure: () => new Float64Array(BARS.length) };

  it('must have one finite value a bar', () => {
    expect(() => scoreOf(defineStrategy({ ...common, score: () => new Float64Array(3) }))).toThrow('scored must return one score a bar (600), returned 3 values');
    expect(() => scoreOf(defineStrategy({ ...common, score: () => new Float64Array(600).fill(Infinity) }))).toThrow('scored must return a finite score, was Infinity at bar 0');
    expect(() => scoreOf(defineStrategy(common))).toThrow(InputError);
  });

  it('belongs to one market', () => {
    const two = { id: 'two', summary: 'tests', params: {}, warmupBars: () => 1, legs: 2, onBar: () => {}, score: () => new Float64Array(1) };
    expect(() => defineStrategy(two)).toThrow('strategy two must trade one market to have a score, trades 2');
  });
});
