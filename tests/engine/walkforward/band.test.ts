import { describe, expect, it } from 'vitest';
import type { IntrabarPolicy } from '../../../engine/index.ts';
import { walkForwardStudy } from '../../../workbench/index.ts';
import { tightExits, wideBars } from '../../support/tight-exits.ts';

const request = { strategy: tightExits, data: wideBars(900, 4), windows: { train: '300d', test: '90d' }, ledger: null };

/** One choice in every window, so that the policy cannot change it. */
async function walked(intrabar: IntrabarPolicy, axes: Readonly<Record<string, readonly number[]>> = { stopLossFrac: [0.02], takeProfitFrac: [0.02] }) {
  return walkForwardStudy({ ...request, axes, intrabar });
}

describe('the ambiguity band of a walk-forward', () => {
  it('is the stitched curve of the same choices under each resolution', async () => {
    const [pessimistic, optimistic, path] = [await walked('pessimistic'), await walked('optimistic'), await walked('path')];
    for (const walk of [pessimistic, optimistic, path]) {
      expect(walk.band.ambiguousBars).toBe(walk.metrics.ambiguousBars);
      expect(walk.band.ambiguousBars).toBeGreaterThan(50);
      expect(walk.band.pessimistic).toEqual(pessimistic.metrics);
      expect(walk.band.optimistic).toEqual(optimistic.metrics);
    }
    expect(pessimistic.metrics.totalReturn).toBeLessThan(path.metrics.totalReturn as number);
    expect(path.metrics.totalReturn).toBeLessThan(optimistic.metrics.totalReturn as number);
  });

  it('keeps the choices of the configured policy', async () => {
    const walk = await walked('path', { stopLossFrac: [0.01, 0.02], takeProfitFrac: [0.01, 0.02] });
    const { pessimistic, optimistic } = walk.band;
    expect(walk.windows.some(({ outOfSample }) => (outOfSample.ambiguousBars ?? 0) > 0)).toBe(true);
    expect(pessimistic.totalReturn).toBeLessThanOrEqual(walk.metrics.totalReturn as number);
    expect(optimistic.totalReturn).toBeGreaterThanOrEqual(walk.metrics.totalReturn as number);
  });

  it('is the curve itself where every bar is decided', async () => {
    const walk = await walked('path', { stopLossFrac: [0.9], takeProfitFrac: [0.02] });
    expect(walk.band).toEqual({ ambiguousBars: 0, pessimistic: walk.metrics, optimistic: walk.metrics });
  });
});
