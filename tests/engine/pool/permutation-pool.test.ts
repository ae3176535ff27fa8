import { afterAll, describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../datasets/index.ts';
import { type Axes, type Bars, createPool, DAY_MS, inPlacePool, isMissing, permutationOnPool, simulationConfig, type Strategy } from '../../../engine/index.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { loadNamedStrategy } from '../../../workbench/index.ts';

const { ref } = await loadNamedStrategy('ema-cross', '.assay');
if (ref === null) throw new Error('the built-in strategy has a file');
const pool = await createPool(2);
afterAll(() => pool.close());

const axes: Axes = { fastBars: [4, 8, 16], slowBars: [20, 40] };
const config = simulationConfig('spot', { account: { kind: 'margin' }, costs: { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 } });
const inputOf = (bars: Bars, strategy: Strategy = emaCross) => ({ strategy, markets: [bars], config, axes, sampler: { kind: 'grid' } as const });

async function pValue(bars: Bars, permutations: number): Promise<number> {
  const test = await permutationOnPool(inPlacePool(emaCross), ref as NonNullable<typeof ref>, inputOf(bars), { permutations, seed: 1 });
  return isMissing(test) ? Number.NaN : test.p;
}

describe('a search on permuted bars', () => {
  it('is the same in place and on two workers', async () => {
    const { bars } = syntheticMarket({ kind: 'noise', seed: 1, bars: 800, timeframeMs: DAY_MS });
    const options = { permutations: 5, seed: 9 };
    const [here, there] = [await permutationOnPool(inPlacePool(emaCross), ref, inputOf(bars), options), await permutationOnPool(pool, ref, inputOf(bars), options)];
    expect(there).toEqual(here);
    expect(isMissing(here) ? 0 : here.null.length).toBe(5);
  });

  it('finds a planted trend: no permutation reaches it', async () => {
    const { bars } = syntheticMarket({ kind: 'momentum', seed: 2, bars: 2000, timeframeMs: DAY_MS, sharpeAnn: 4, persistenceBars: 60 });
    expect(await pValue(bars, 39)).toBe(1 / 40);
  });

  it('finds nothing in noise: over 60 markets p is even by Kolmogorov’s distance at 1 %', async () => {
    const values: number[] = [];
    for (let seed = 1; seed <= 60; seed++) values.push(await pValue(syntheticMarket({ kind: 'noise', seed, bars: 450, timeframeMs: DAY_MS }).bars, 19));
    const shareUpTo = (p: number): number => values.filter((value) => value <= p + 1e-9).length / 60;
    const distance = Math.max(...Array.from({ length: 20 }, (_, k) => Math.abs(shareUpTo((k + 1) / 20) - (k + 1) / 20)));
    expect(distance).toBeLessThan(1.628 / Math.sqrt(60));
  });

  it('is missing where no point can run, and refuses nothing else', async () => {
    const { bars } = syntheticMarket({ kind: 'noise', seed: 1, bars: 60, timeframeMs: DAY_MS });
    expect(await permutationOnPool(pool, ref, inputOf(bars), { permutations: 2, seed: 1 })).toEqual({ missing: 'no point has a Sharpe ratio on the real market' });
    expect(await permutationOnPool(pool, ref, { ...inputOf(bars), config: { ...config, intrabar: 'lower-timeframe' } }, { permutations: 2, seed: 1 })).toEqual({ missing: 'permuted bars have no finer bars inside' });
  });
});
