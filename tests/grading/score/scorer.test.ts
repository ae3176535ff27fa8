import { describe, expect, it } from 'vitest';
import { type Bars, barsFromColumns, defineStrategy, HOUR_MS, type Params, simulationConfig, sliceBars, type Strategy, withFunding } from '../../../engine/index.ts';
import { createScorer, memoryBarsOf, scoreKindOf } from '../../../grading/index.ts';
import { BUILT_IN } from '../../../strategies/index.ts';
import { syntheticMarket } from '../../../datasets/index.ts';

const CONFIG = simulationConfig('perpetual');
const [BARS] = syntheticMarket({ kind: 'momentum', seed: 3, bars: 3000 }).markets;
const ONE_MARKET = BUILT_IN.map(({ strategy }) => strategy).filter(({ legs }) => legs === 1);

function defaults(strategy: Strategy): Params {
  return Object.fromEntries(Object.entries(strategy.params).map(([name, spec]) => [name, spec.default]));
}

function scorerOf(strategy: Strategy, memoryBars = memoryBarsOf(strategy, defaults(strategy))) {
  return createScorer(strategy, defaults(strategy), CONFIG, memoryBars);
}

/** The same bars on fresh memory, as a service holds them. */
function copied(bars: Bars): Bars {
  return barsFromColumns(bars, bars.timeframeMs, bars.instrument);
}

const emaCross = ONE_MARKET[0];
const tick = defineStrategy({ id: 'tick', summary: 'tests', params: {}, warmupBars: () => 1, signals: ({ close }) => ({ enterLong: Uint8Array.from(close, (_, t) => (t % 2)) }) });

describe('where a score comes from', () => {
  it('is declared, the target, or what is held', () => {
    expect(Object.fromEntries([...ONE_MARKET, tick].map((strategy) => [strategy.id, scoreKindOf(strategy)]))).toEqual({
      'ema-cross': 'declared', 'sma-cross': 'declared', 'donchian-breakout': 'declared', 'time-series-momentum': 'declared', 'rsi-reversion': 'declared', 'z-score-reversion': 'declared',
      'atr-breakout-orders': 'position', grid: 'position', 'dca-safety-orders': 'position', tick: 'exposure',
    });
  });

  it('is one market', () => {
    const rotation = BUILT_IN.find(({ strategy: { id } }) => id === 'momentum-rotation')?.strategy as Strategy;
    expect(() => memoryBarsOf(rotation, defaults(rotation))).toThrow('a graded strategy must trade one market, momentum-rotation trades a portfolio');
  });
});

describe('the memory of a score', () => {
  it('is twice the warm-up and one bar; where positions last, at least 256 beyond the warm-up', () => {
    expect(memoryBarsOf(emaCross, { fastBars: 5, slowBars: 20 })).toBe(201);
    expect(memoryBarsOf(tick, {})).toBe(257);
  });

  it('must hold the warm-up', () => {
    expect(() => scorerOf(emaCross, 240)).toThrow('memoryBars must be a whole number above the warm-up of 240, was 240');
  });
});

describe.each(ONE_MARKET.map((strategy) => [strategy.id, strategy] as const))('the score of %s', (_, strategy) => {
  const scorer = scorerOf(strategy);
  const from = scorer.memoryBars + 200;
  const series = scorer.series(BARS, from, from + 60);

  it('is the same to the bit in a batch and live, whatever was loaded', () => {
    for (let i = 0; i < 60; i += 7) {
      const end = from + i + 1;
      expect(scorer.at(copied(sliceBars(BARS, end - scorer.memoryBars, end)))).toBe(series[i]);
      expect(scorer.at(copied(sliceBars(BARS, 0, end)))).toBe(series[i]);
    }
    const later = scorer.series(sliceBars(BARS, 150, BARS.length), from - 150, from - 90);
    expect(new Uint8Array(later.buffer)).toEqual(new Uint8Array(series.buffer));
  });

  it('reads no bar after its own', () => {
    expect(scorer.series(sliceBars(BARS, 0, from + 60), from, from + 60)).toEqual(series);
  });

  it('is missing rather than of a shorter memory', () => {
    expect(scorer.at(sliceBars(BARS, 0, scorer.memoryBars - 1))).toBeNull();
    expect([...scorer.series(BARS, scorer.memoryBars - 2, scorer.memoryBars)].map(Number.isNaN)).toEqual([true, false]);
  });
});

describe('a score', () => {
  it('of a position reads candles alone: payments that came with the bars change nothing', () => {
    const grid = ONE_MARKET.find(({ id }) => id === 'grid') as Strategy;
    const timeMs = Float64Array.from({ length: 300 }, (_, i) => BARS.openTimeMs[0] + i * 8 * HOUR_MS);
    const paid = withFunding(BARS, { timeMs, rate: timeMs.map(() => 0.01) });
    const scorer = scorerOf(grid);
    expect(scorer.series(paid, 1000, 1050)).toEqual(scorer.series(BARS, 1000, 1050));
    expect(scorer.series(BARS, 1000, 1050).some((held) => held !== 0)).toBe(true);
  });

  it('that is not known is null', () => {
    const unknown = defineStrategy({ id: 'unknown', summary: 'tests', params: {}, warmupBars: () => 1, targetExposure: ({ close }) => close, score: ({ close }) => close.map(() => Number.NaN) });
    expect(createScorer(unknown, {}, CONFIG, 3).at(BARS)).toBeNull();
  });

  it('is asked for bars that exist', () => {
    expect(() => scorerOf(emaCross).series(BARS, 0, 3001)).toThrow('bars to score must be inside 0 … 3000');
  });
});
