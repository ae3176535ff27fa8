import { describe, expect, it } from 'vitest';
import {
  above, and, barsAgo, below, choice, createIndicators, crossesAbove, crossesBelow, decisionsOf, createTrialArena, defineStrategy, exposureOf, exposureOfSignals,
  float, int, not, or, parseParam, resolveParams, simulateTrial, simulationConfig, sliceBars,
} from '../../../engine/index.ts';
import { BUILT_IN } from '../../../strategies/index.ts';
import { randomWalk } from '../../support/small-market.ts';

const series = (...values: number[]): Float64Array => Float64Array.from(values);
const bits = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('conditions', () => {
  it('never hold in the warm-up', () => {
    expect(above(series(Number.NaN, 2, 1), 1)).toEqual(bits(0, 1, 0));
    expect(below(series(1, 1, 3), series(Number.NaN, 2, 2))).toEqual(bits(0, 1, 0));
  });

  it('cross on the bar that changes sides', () => {
    expect(crossesAbove(series(1, 2, 3, 1, 3), 2)).toEqual(bits(0, 0, 1, 0, 1));
    expect(crossesBelow(series(3, 2, 1, 1), 2)).toEqual(bits(0, 0, 1, 0));
    expect(crossesAbove(series(Number.NaN, 3), 2)).toEqual(bits(0, 0));
  });

  it('combine', () => {
    expect(and(bits(1, 1, 0), bits(1, 0, 0))).toEqual(bits(1, 0, 0));
    expect(or(bits(1, 0, 0), bits(0, 0, 1))).toEqual(bits(1, 0, 1));
    expect(not(bits(1, 0))).toEqual(bits(0, 1));
  });

  it('look back and never ahead', () => {
    expect(barsAgo(series(1, 2, 3), 1)).toEqual(series(Number.NaN, 1, 2));
    expect(barsAgo(bits(1, 0, 1), 2)).toEqual(bits(0, 0, 1));
    expect(() => barsAgo(series(1), -1)).toThrow(/barsAgo must be a whole number of at least 0/);
  });
});

describe('entry and exit signals', () => {
  it('hold a position from entry to exit; an exit beats an entry, opposite entries cancel', () => {
    const exposure = exposureOfSignals({ enterLong: bits(1, 0, 1, 0, 1), exitLong: bits(0, 0, 1, 0, 0), enterShort: bits(0, 0, 0, 1, 1) }, 5);
    expect([...exposure]).toEqual([1, 1, 0, -1, -1]);
  });
});

describe('parameters', () => {
  const specs = { bars: int({ min: 2, max: 9, default: 5 }), frac: float({ min: 0, max: 1, default: 0.5 }), side: choice({ options: ['long', 'short'], default: 'long' }) };

  it('take their defaults and are checked', () => {
    expect(resolveParams(specs, { bars: 3 })).toEqual({ bars: 3, frac: 0.5, side: 'long' });
    expect(() => resolveParams(specs, { bars: 10 })).toThrow('bars must be in 2 … 9, was 10');
    expect(() => resolveParams(specs, { bars: 2.5 })).toThrow('bars must be a whole number, was 2.5');
    expect(() => resolveParams(specs, { barz: 3 })).toThrow(/did you mean "bars"/);
    expect(() => resolveParams(specs, { side: 'lnog' })).toThrow(/did you mean "long"/);
  });

  it('are read from text', () => {
    expect(parseParam('bars', specs.bars, '7')).toBe(7);
    expect(() => parseParam('bars', specs.bars, 'seven')).toThrow(/bars must be a whole number/);
    expect(() => parseParam('bars', specs.bars, '')).toThrow(/bars must be a whole number/);
  });
});

describe('a strategy', () => {
  it('must be one of five kinds, with a kebab-case name', () => {
    const spec = { id: 'x', summary: '', params: {}, warmupBars: () => 1 };
    expect(() => defineStrategy(spec as never)).toThrow(/exactly one of rules, targetExposure, signals, legExposures or onBar, has 0/);
    expect(() => defineStrategy({ ...spec, id: 'Not Kebab', targetExposure: ({ close }: { close: Float64Array }) => close })).toThrow(/kebab-case/);
  });

  it('must return one finite exposure a bar', () => {
    const bars = randomWalk(10);
    const of = (exposure: unknown) => defineStrategy({ id: 'x', summary: '', params: {}, warmupBars: () => 1, targetExposure: () => exposure as Float64Array });
    expect(() => decisionsOf(of(new Float64Array(3)), bars, {}, createIndicators())).toThrow(/one exposure a bar \(10\), returned 3 values/);
    expect(() => decisionsOf(of(series(0, 0, Infinity, 0, 0, 0, 0, 0, 0, 0)), bars, {}, createIndicators())).toThrow(/was Infinity at bar 2/);
  });
});

describe('shared indicators', () => {
  it('are computed once for equal arguments', () => {
    const ta = createIndicators();
    const { close } = randomWalk(50);
    expect(ta.sma(close, 5)).toBe(ta.sma(close, 5));
    expect(ta.sma(close, 5)).not.toBe(ta.sma(close, 6));
    expect(ta.sma(ta.ema(close, 3), 5)).toBe(ta.sma(ta.ema(close, 3), 5));
  });

  it('keep no more than their ceiling', () => {
    const ta = createIndicators(3 * 50 * 8);
    const { close } = randomWalk(50);
    const first = ta.sma(close, 2);
    for (const window of [3, 4, 5, 6]) ta.sma(close, window);
    expect(ta.sma(close, 2)).not.toBe(first);
    expect(ta.sma(close, 2)).toEqual(first);
  });
});

describe.each(BUILT_IN.map(({ strategy }) => [strategy.id, strategy] as const))('%s', (_id, strategy) => {
  const count = strategy.legs === 'any' ? 4 : strategy.legs;
  const markets = [11, 12, 13, 14].slice(0, count).map((seed) => randomWalk(1500, seed, { symbol: `T${seed}/USDT` }));
  const params = resolveParams(strategy.params, {});
  const exposuresOn = (length: number): Float64Array[] => {
    if (strategy.onBar) {
      const arena = createTrialArena(markets.map((bars) => sliceBars(bars, 0, length)));
      simulateTrial(strategy, params, simulationConfig('spot'), arena);
      return [exposureOf(arena)];
    }
    const legs = markets.map((bars) => Object.fromEntries(['openTimeMs', 'open', 'high', 'low', 'close', 'volume'].map((name) => [name, bars[name as 'close'].slice(0, length)])) as never);
    const ta = legs.map(() => createIndicators());
    if (count > 1) return [...(strategy.legExposures?.(legs, params, ta) ?? [])];
    return [Float64Array.from(decisionsOf(strategy, legs[0], params, ta[0]).exposure)];
  };

  it('decides nothing by bars to come', () => {
    const whole = exposuresOn(1500);
    for (const cut of [700, 1001, 1499]) {
      exposuresOn(cut).forEach((exposure, leg) => expect([...exposure]).toEqual([...whole[leg].subarray(0, cut)]));
    }
  });

  it('trades on a random walk after its warm-up, says why it should earn, and has an admissible default', () => {
    const [exposure] = exposuresOn(1500);
    expect(exposure.subarray(strategy.warmupBars(params)).some((x) => x !== 0)).toBe(true);
    expect(strategy.thesis).toBeTruthy();
    expect(strategy.fails).toBeTruthy();
    expect(strategy.admissible(params)).toBe(true);
  });
});
