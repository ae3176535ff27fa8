import { describe, expect, it } from 'vitest';
import { above, createPool, defineStrategy, int, simulationConfig, sliceBars } from '../../../engine/index.ts';
import { walkForwardStudy } from '../../../workbench/index.ts';
import { randomWalk } from '../../support/small-market.ts';

const bars = randomWalk(1200, 5);
const request = { strategy: 'ema-cross', data: bars, windows: { train: '300d', test: '90d' }, axes: { fastBars: [3, 6, 12], slowBars: [15, 30, 60] }, ledger: null };

describe('a walk-forward', () => {
  it('is the same on one worker, on two, and in this process', async () => {
    const inProcess = defineStrategy({
      id: 'ema-cross',
      summary: 'The built-in one, defined here.',
      params: { fastBars: int({ min: 2, max: 100, default: 12 }), slowBars: int({ min: 10, max: 400, default: 48 }) },
      admissible: ({ fastBars, slowBars }) => fastBars < slowBars,
      warmupBars: ({ slowBars }) => 5 * slowBars,
      targetExposure: ({ close }, { fastBars, slowBars }, ta) => above(ta.ema(close, fastBars), ta.ema(close, slowBars)),
    });
    const [one, two, here] = [await walkForwardStudy({ ...request, workers: 1 }), await walkForwardStudy({ ...request, workers: 2 }), await walkForwardStudy({ ...request, strategy: inProcess })];
    expect(two).toEqual(one);
    expect(one.windows.length).toBe(10);
    expect([...here.equity]).toEqual([...one.equity]);
  });

  it('chooses what was best in the train window and nothing that a test bar says', async () => {
    const whole = await walkForwardStudy({ ...request, workers: 1 });
    const { testFrom } = whole.windows[4].bars;
    const shorter = await walkForwardStudy({ ...request, data: sliceBars(bars, 0, testFrom + 90), workers: 1 });
    expect(shorter.windows.map(({ chosen }) => chosen)).toEqual(whole.windows.slice(0, shorter.windows.length).map(({ chosen }) => chosen));
    expect([...shorter.equity]).toEqual([...whole.equity.subarray(0, shorter.equity.length)]);
  });

  it('starts each test window flat and ends it flat', async () => {
    const { windows, trades } = await walkForwardStudy({ ...request, workers: 1 });
    const windowOf = (timeMs: number): number => windows.findIndex(({ testFromMs, testToMs }) => timeMs >= testFromMs && timeMs < testToMs);
    for (const { entryTimeMs, exitTimeMs } of trades) {
      expect(windowOf(entryTimeMs)).toBeGreaterThanOrEqual(0);
      expect(windowOf(exitTimeMs)).toBe(windowOf(entryTimeMs));
    }
    expect(trades.filter(({ exitReason }) => exitReason === 'window-end').length).toBeGreaterThan(0);
  });

  it('stays flat in a window where no point has a value in sample, and says so', async () => {
    const idle = defineStrategy({ id: 'idle', summary: 'Never trades.', params: { n: int({ min: 1, max: 2, default: 1 }) }, warmupBars: () => 1, targetExposure: ({ close }) => close.map(() => 0) });
    const walk = await walkForwardStudy({ ...request, strategy: idle, axes: {} });
    expect(walk.windows.every(({ chosen }) => chosen === null)).toBe(true);
    expect(walk.efficiency).toBeNull();
    expect(walk.warnings.join()).toContain('stayed flat');
  });

  it('hears an abort', async () => {
    const controller = new AbortController();
    const pool = await createPool(1);
    controller.abort();
    await expect(walkForwardStudy({ ...request, pool, signal: controller.signal })).rejects.toThrow(/abort/i);
    await pool.close();
  });

  it('checks the account', () => {
    expect(() => simulationConfig('spot', { account: { kind: 'spot', maxLeverage: 3 } })).toThrow(/maxLeverage must be 1 on spot/);
    expect(() => simulationConfig('perpetual', { account: { maintenanceFrac: 0 } })).toThrow(/maintenanceFrac must be above 0/);
    expect(() => simulationConfig('spot', { costs: { takerFeeBps: -1 } })).toThrow(/takerFeeBps must be in 0/);
  });
});
