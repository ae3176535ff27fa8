import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../datasets/index.ts';
import {
  type Bars, createTrialArena, dailyReturns, DAY_MS, defineStrategy, HOUR_MS, int, type Params, runBacktest, simulateTrial, simulationConfig, sliceBars, ZERO_COSTS,
} from '../../../engine/index.ts';
import { createModelBook, createModelDays, type LoadedModel, type Processor } from '../../../grading/index.ts';
import { BUILT_IN } from '../../../strategies/index.ts';
import { loadedModel } from '../../support/loaded-model.ts';
import { handMarket } from '../../support/hand-market.ts';
import { type Arrival, arrivalsOf, createTestBook, drive, expectRestorable, payloadsOf } from '../../support/processors.ts';

const builtIn = (id: string) => {
  const found = BUILT_IN.find(({ strategy }) => strategy.id === id);
  if (found === undefined) throw new Error(id);
  return found.strategy;
};

const alwaysLong = defineStrategy({
  id: 'always-long', summary: 'Long.', params: { sleepBars: int({ min: 0, max: 10, default: 0 }) }, warmupBars: () => 1,
  targetExposure: ({ close }) => new Float64Array(close.length).fill(1),
});

/** History, the models at its end, then the bars after it. */
function service(models: readonly LoadedModel[], markets: readonly Bars[], historyBars: number, accountDays?: number): { assemble: () => Processor[]; arrivals: Arrival[] } {
  const { book, arrivals } = createTestBook(markets.map((bars) => sliceBars(bars, 0, historyBars)).map((bars, m) => ({ ...bars, dataHash: `history-${m}` })));
  const registered = models.map((model, i): Arrival => ({
    type: 'model_changed', model: model.key, tsMs: arrivals[arrivals.length - 1].tsMs,
    payload: {
      transition: { model: model.key, from: null, to: 'CANDIDATE', reason: '', actor: 'promotion', statistic: null, value: null, threshold: null, evidenceSha256: null }, sha256: model.key, registrySeq: i + 1,
    },
  }));
  return {
    arrivals: [...arrivals, ...registered, ...arrivalsOf(markets.map((bars) => sliceBars(bars, historyBars, bars.length)))],
    assemble: () => {
      const bars = book();
      const book2 = createModelBook((hash) => models.find(({ key }) => key === hash) as LoadedModel);
      return [bars, book2, createModelDays({ bars, models: book2, accountDays })];
    },
  };
}

describe('days of a model', () => {
  it('are worked out by hand for a holder: 10 bps to enter, then the market', () => {
    const bars = handMarket('A', [100, 100, 100, [100, 110], [110, 99], [99, 99]]);
    const config = simulationConfig('spot', { costs: { ...ZERO_COSTS, takerFeeBps: 10 } });
    const { assemble, arrivals } = service([loadedModel({ strategy: alwaysLong, markets: [bars], config })], [bars], 3);
    const days = payloadsOf(drive(assemble, arrivals), 'model_day');
    const invested = 1 / 1.001;
    expect(days.map(({ dayMs }) => dayMs / DAY_MS)).toEqual([3, 4, 5]);
    expect(days[0].netReturn).toBeCloseTo(1.1 * invested - 1, 12);
    expect(days[0].grossReturn).toBeCloseTo(0.1 * invested, 12);
    expect(days[0].turnover).toBeCloseTo(invested, 12);
    expect(days[1]).toMatchObject({ model: 'always-long@1', state: 'CANDIDATE', venue: 'hand', symbol: 'A', turnover: 0, exposure: 1 });
    expect(days[1].netReturn).toBeCloseTo(-0.1, 12);
    expect(days[2].netReturn).toBe(0);
  });

  it('are those of one account that was never interrupted', () => {
    const { bars } = syntheticMarket({ kind: 'momentum', seed: 4, bars: 24 * 45 });
    for (const id of ['ema-cross', 'rsi-reversion', 'grid']) {
      const strategy = builtIn(id);
      const params: Params = id === 'ema-cross' ? { fastBars: 4, slowBars: 12 } : {};
      const model = loadedModel({ strategy, markets: [bars], params });
      const { assemble, arrivals } = service([model], [bars], 24 * 30);
      const days = payloadsOf(drive(assemble, arrivals), 'model_day');
      const arena = createTrialArena([bars]);
      simulateTrial(strategy, model.version.strategy.params, { ...model.version.config, firstDecisionBar: 24 * 30 - 1 }, arena);
      const { returns } = dailyReturns(arena.buffers.equity.subarray(24 * 30 - 1), bars.openTimeMs.subarray(24 * 30 - 1), HOUR_MS);
      expect(days).toHaveLength(15);
      days.forEach(({ netReturn }, d) => expect(netReturn).toBeCloseTo(returns[d], 9));
      expect(days.some(({ turnover }) => turnover > 0)).toBe(true);
      for (const { grossReturn, netReturn, turnover } of days) if (turnover > 0) expect(grossReturn).toBeGreaterThan(netReturn);
    }
  });

  it('of a portfolio come from one account, and a missing last bar is no delisting', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 2, bars: 80, coins: 3, timeframeMs: DAY_MS });
    const strategy = builtIn('momentum-rotation');
    const model = loadedModel({ strategy, markets, params: { lookbackBars: 10, rebalanceBars: 3, holdCount: 1 } });
    const { assemble, arrivals } = service([model], markets, 40);
    const days = payloadsOf(drive(assemble, arrivals), 'model_day');
    const config = { ...model.version.config, firstDecisionBar: 39 };
    const { equity } = runBacktest({ strategy, codeHash: '', params: model.version.strategy.params, markets, config });
    expect(days.map(({ symbol }) => symbol)).toEqual(days.map(() => 'portfolio'));
    days.forEach(({ netReturn }, d) => expect(netReturn).toBeCloseTo(equity[40 + d] / equity[39 + d] - 1, 9));
  });

  it('of a portfolio hold a market through a missing bar: that is no delisting', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 2, bars: 30, coins: 3, timeframeMs: DAY_MS });
    const holdAll = defineStrategy({
      id: 'hold-all', summary: 'Holds all.', legs: 'any', params: {}, warmupBars: () => 1, onBar: ({ markets: all }) => all.forEach((market) => market.target(1 / all.length)),
    });
    const { assemble, arrivals } = service([loadedModel({ strategy: holdAll, markets })], markets, 20);
    const gappy = arrivals.filter(({ type, payload }) => !(type === 'bar_received' && 'symbol' in payload && payload.symbol === markets[0].instrument.symbol && payload.openTimeMs === markets[0].openTimeMs[29]));
    const last = payloadsOf(drive(assemble, gappy), 'model_day').at(-1);
    expect(last?.dayMs).toBe(markets[0].openTimeMs[29]);
    expect(last?.turnover).toBe(0);
    expect(Math.abs(last?.netReturn ?? 1)).toBeLessThan(0.15);
  });

  it('of a strategy whose code throws are missing, with the reason, and the others are there', () => {
    const { bars } = syntheticMarket({ kind: 'noise', seed: 1, bars: 30, timeframeMs: DAY_MS });
    const broken = defineStrategy({ id: 'broken', summary: 'Throws.', params: {}, warmupBars: () => 1, targetExposure: () => { throw new Error('division of a cat'); } });
    const { assemble, arrivals } = service([broken, alwaysLong].map((strategy) => loadedModel({ strategy, markets: [bars] })), [bars], 10);
    const processors = assemble();
    const days = payloadsOf(drive(() => processors, arrivals), 'model_day');
    expect(days).toHaveLength(20);
    expect((processors[2] as ReturnType<typeof createModelDays>).skipped()).toEqual(new Map([[`broken@1 synthetic:${bars.instrument.symbol}`, 'division of a cat']]));
  });

  it('begin anew where the account has grown too old, at a fixed time', () => {
    const { bars } = syntheticMarket({ kind: 'momentum', seed: 9, bars: 200, timeframeMs: DAY_MS });
    const model = loadedModel({ strategy: builtIn('ema-cross'), markets: [bars], params: { fastBars: 3, slowBars: 10 } });
    const run = (accountDays: number): number[] => {
      const { assemble, arrivals } = service([model], [bars], 60, accountDays);
      return payloadsOf(drive(assemble, arrivals), 'model_day').map(({ netReturn }) => netReturn);
    };
    const [whole, anew] = [run(400), run(40)];
    expect(anew).toHaveLength(140);
    anew.forEach((value, d) => expect(value).toBeCloseTo(whole[d], 9));
  });

  it('are the same after a restart at any entry', () => {
    const { bars } = syntheticMarket({ kind: 'momentum', seed: 6, bars: 24 * 12 });
    const model = loadedModel({ strategy: builtIn('ema-cross'), markets: [bars], params: { fastBars: 3, slowBars: 10 } });
    const { assemble, arrivals } = service([model], [bars], 24 * 6);
    expect(payloadsOf(expectRestorable(assemble, arrivals, { every: 17, batches: 60 }), 'model_day')).toHaveLength(6);
  });
});
