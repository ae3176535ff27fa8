import { describe, expect, it } from 'vitest';
import { createPool, paramSpace, retrade, sliceBars } from '../../../engine/index.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { walkForwardStudy } from '../../../workbench/index.ts';
import { randomWalk } from '../../support/small-market.ts';

const bars = randomWalk(1200, 5);
const pool = await createPool(1);
const walk = await walkForwardStudy({ strategy: 'ema-cross', data: bars, pool, windows: { train: '300d', test: '90d' }, axes: { fastBars: [3, 6, 12], slowBars: [15, 30, 60] }, ledger: null });
await pool.close();

describe('choices traded again', () => {
  it('give the stored account to the bit under the configuration of the walk-forward', () => {
    const again = retrade(walk, emaCross, [bars], walk.spec.config);
    expect(paramSpace(emaCross, walk.spec.axes, walk.spec.sampler).points).toBe(9);
    for (const part of ['equity', 'exposure', 'openTimeMs'] as const) expect([...again[part]]).toEqual([...walk[part]]);
    expect(again.trades).toEqual(walk.trades);
    expect(again.metrics).toEqual(walk.metrics);
    expect(again.waterfall).toEqual(walk.waterfall);
    expect(again.tradedNotionalQuote).toBe(walk.tradedNotionalQuote);
  });

  it('pay what another configuration asks, and keep their choices', () => {
    const { config } = walk.spec;
    const again = retrade(walk, emaCross, [bars], { ...config, costs: { ...config.costs, takerFeeBps: 3 * config.costs.takerFeeBps } });
    expect(again.trades.map(({ entryTimeMs }) => entryTimeMs)).toEqual(walk.trades.map(({ entryTimeMs }) => entryTimeMs));
    expect(again.metrics.totalReturn as number).toBeLessThan(walk.metrics.totalReturn as number);
  });

  it('are refused on other bars', () => {
    expect(() => retrade(walk, emaCross, [randomWalk(1200, 6)], walk.spec.config)).toThrow(/bars of TEST\/USDT must be those of the walk-forward, 1200 from 2020-01-01T00:00:00Z of \w{12}, was "1200 from/);
    expect(() => retrade(walk, emaCross, [sliceBars(bars, 1, 1200)], walk.spec.config)).toThrow(/was "1199 from 2020-01-02/);
    expect(() => retrade(walk, emaCross, [], walk.spec.config)).toThrow(/markets must be the 1 of the walk-forward, was 0/);
    expect(retrade(walk, emaCross, [sliceBars(bars, 0, 1200)], walk.spec.config).metrics).toEqual(walk.metrics);
  });
});
