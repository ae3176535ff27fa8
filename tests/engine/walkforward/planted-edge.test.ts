import { afterAll, describe, expect, it } from 'vitest';
import { syntheticMarket, type SyntheticSpec } from '../../../datasets/index.ts';
import { createPool } from '../../../engine/index.ts';
import { walkForwardStudy } from '../../../workbench/index.ts';

const SEEDS = Array.from({ length: 20 }, (_, k) => k + 1);
const pool = await createPool(2);
afterAll(() => pool.close());

/** Out-of-sample Sharpe ratios of a walked-forward moving-average cross on 20 markets of one kind. */
async function sharpes(market: (seed: number) => SyntheticSpec): Promise<{ mean: number; error: number; values: number[] }> {
  const values: number[] = [];
  for (const seed of SEEDS) {
    const { bars } = syntheticMarket(market(seed));
    const walk = await walkForwardStudy({
      strategy: 'ema-cross', data: bars, pool, ledger: null, account: { kind: 'margin' }, windows: { train: '180d', test: '60d' },
      axes: { fastBars: [4, 8, 16, 24], slowBars: [24, 48, 96] },
    });
    values.push(walk.metrics.sharpeAnn ?? 0);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length), values };
}

describe('a walk-forward', () => {
  it('finds nothing in noise: the mean out-of-sample Sharpe of 20 markets is within noise of zero or below', async () => {
    const { mean, error } = await sharpes((seed) => ({ kind: 'noise', seed, bars: 720 * 24 }));
    expect(mean).toBeLessThan(2 * error);
  });

  it('finds a planted trend: positive on each of 20 markets, and far from zero in the mean', async () => {
    const { mean, error, values } = await sharpes((seed) => ({ kind: 'momentum', sharpeAnn: 6, persistenceBars: 240, seed, bars: 720 * 24 }));
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(mean).toBeGreaterThan(4 * error);
  });
});
