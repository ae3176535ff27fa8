import { describe, expect, it } from 'vitest';
import { createPool, cscvOnPool, overfitEvidence, sharpeScores, snoopingInPlace, snoopingOnPool } from '../../../engine/index.ts';
import { noisePanel } from '../../support/noise-panel.ts';

describe('statistics on a pool', () => {
  const panel = noisePanel({ trials: 20, days: 200, seed: 1 });
  const plan = { draws: 600, meanBlock: 4, seed: 3 };
  const { statistic } = sharpeScores(panel, 4);

  it('are the same bits with one worker, with two, and in place', async () => {
    const here = [await snoopingInPlace(panel, [statistic], plan), await overfitEvidence(panel, 365)];
    for (const workers of [1, 2]) {
      const pool = await createPool(workers);
      try {
        expect([await snoopingOnPool(pool)(panel, [statistic], plan), await overfitEvidence(panel, 365, cscvOnPool(pool))]).toEqual(here);
        const unshared = { ...panel, values: Float64Array.from(panel.values) };
        expect(await snoopingOnPool(pool)(unshared, [statistic], plan)).toEqual(here[0]);
      } finally {
        await pool.close();
      }
    }
  });

  it('end with what a task threw, or the reason of an abort', async () => {
    const pool = await createPool(1);
    try {
      await expect(snoopingOnPool(pool)(panel, [statistic], { ...plan, meanBlock: 0 })).rejects.toThrow('meanBlock must be at least 1');
      await expect(snoopingOnPool(pool, AbortSignal.abort(new Error('enough')))(panel, [statistic], plan)).rejects.toThrow('enough');
    } finally {
      await pool.close();
    }
  });
});
