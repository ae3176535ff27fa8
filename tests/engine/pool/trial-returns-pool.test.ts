import { afterAll, describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../datasets/index.ts';
import {
  type Axes, createPool, cscvOnPool, DAY_MS, eachRow, inPlacePool, overfitEvidence, type Pool, type ReturnKeeping, returnPlan, type ReturnPrecision, searchEvidence, simulationConfig,
  snoopingOnPool, takeRows, type TrialReturns, trialReturnsOnPool,
} from '../../../engine/index.ts';
import { returnMemory } from '../../../engine/pool/return-plan.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { loadNamedStrategy } from '../../../workbench/index.ts';
import { withReturnFile } from '../../../workbench/research/return-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { ref } = await loadNamedStrategy('ema-cross', '.assay');
if (ref === null) throw new Error('the built-in strategy has a file');
const pool = await createPool(2);
afterAll(() => pool.close());
const folder = temporaryFolder();

const { bars } = syntheticMarket({ kind: 'momentum', seed: 4, bars: 700, timeframeMs: DAY_MS });
const axes: Axes = { fastBars: [4, 6, 8, 10, 12], slowBars: [20, 180, 30, 40] }; // a warm-up of 900 bars never ends: five rows are dropped between others
const DAYS = 500;
const ROW_BYTES = { float64: 8 * DAYS, float32: 4 * DAYS };

function trialsOf(own: Pool, keeping: ReturnKeeping): Promise<TrialReturns> {
  return trialReturnsOnPool(own, ref as NonNullable<typeof ref>, { strategy: emaCross, markets: [bars], config: simulationConfig('spot'), axes, sampler: { kind: 'grid' } }, keeping);
}

/** All that is said of the returns, and the returns themselves. */
async function findings(own: Pool, keeping: ReturnKeeping) {
  const { timeMs, rows, block, space } = await trialsOf(own, keeping);
  const kept = takeRows(timeMs, rows);
  const returns: number[][] = [];
  eachRow(kept.matrix, (row) => returns.push([...row]));
  const search = await searchEvidence({
    kept, paramsAt: (point) => space.pointAt(point), periodsPerYear: 365, ledgerTrials: { n: 20, studies: 1, ledgerHash: 'x' }, hold: { timeMs, returns: Float64Array.from(timeMs, (_, t) => Math.sin(t) / 50) },
    seed: 3, draws: 300, permutation: { missing: 'not asked' }, run: snoopingOnPool(own),
  });
  return { returns, points: [...kept.rows], dropped: kept.dropped, figures: [...block.values], search, overfit: await overfitEvidence(kept.matrix, 365, cscvOnPool(own)) };
}

describe.each(['float64', 'float32'] as const)('a search that does not fit in memory, as %s', (precision: ReturnPrecision) => {
  it('says the same bit for bit, whatever the memory and the workers', async () => {
    const whole = await findings(pool, { precision });
    expect([whole.dropped, whole.points.length, whole.returns[0].length]).toEqual([5, 15, DAYS]);
    for (const rows of [1, 3, 19]) {
      for (const own of rows === 3 ? [pool, inPlacePool(emaCross)] : [pool]) {
        const stored = await withReturnFile(folder, (store) => findings(own, { precision, store, returnMemoryBytes: rows * ROW_BYTES[precision] + 7 }));
        expect(stored).toEqual(whole);
      }
    }
  });

  it('takes no more memory for returns than it may', async () => {
    const returnMemoryBytes = 3.5 * ROW_BYTES[precision];
    await withReturnFile(folder, async (file) => {
      const appended: number[] = [];
      const reserved: number[] = [];
      const store = {
        ...file,
        reserve: (bytes: number) => (reserved.push(bytes), file.reserve(bytes)),
        append: (bytes: Uint8Array) => (appended.push(bytes.byteLength), file.append(bytes)),
      };
      const { rows } = await trialsOf(pool, { precision, store, returnMemoryBytes });
      if ('values' in rows) throw new Error('the rows lie in the store');
      expect(rows.tile.byteLength).toBe(3 * ROW_BYTES[precision]);
      expect(appended).toEqual([3, 3, 3, 3, 3, 3, 2].map((count) => count * ROW_BYTES[precision]));
      expect(reserved).toEqual([20 * ROW_BYTES[precision]]);
    });
  });
});

describe('how returns are kept', () => {
  it('is in memory and double while they fit, and never touches the store then', async () => {
    const { rows } = await trialsOf(pool, { returnMemoryBytes: 20 * ROW_BYTES.float64 });
    expect('values' in rows && rows.values).toBeInstanceOf(Float64Array);
  });

  it('is double up to 2^27 returns and single beyond, whatever the memory', () => {
    const store = { reserve: () => undefined, append: () => undefined, read: () => undefined };
    for (const returnMemoryBytes of [2 ** 20, 2 ** 40]) {
      expect(returnPlan(2 ** 17, 2 ** 10, { returnMemoryBytes, store }).precision).toBe('float64');
      expect(returnPlan(2 ** 17 + 1, 2 ** 10, { returnMemoryBytes, store }).precision).toBe('float32');
    }
    expect(returnPlan(2 ** 18, 2 ** 10, {})).toMatchObject({ precision: 'float32', tileRows: 2 ** 18, store: null });
    expect(returnPlan(1e6, 2000, { store })).toMatchObject({ precision: 'float32', tileRows: Math.floor(2 ** 30 / 8000), store });
  });

  it('is in a store beyond what one array holds, in tiles of at most 2 GiB, however much memory is allowed', () => {
    const store = { reserve: () => undefined, append: () => undefined, read: () => undefined };
    expect(returnPlan(2 ** 22, 2 ** 10, { returnMemoryBytes: 2 ** 40, store })).toMatchObject({ store: null, tileRows: 2 ** 22 });
    expect(returnPlan(2 ** 22 + 1, 2 ** 10, { returnMemoryBytes: 2 ** 40, store })).toMatchObject({ store, tileRows: 2 ** 19 });
    expect(() => returnMemory(2 ** 45)).toThrow(expect.objectContaining({ code: 'return-memory-unavailable' }));
  });

  it('is refused without a store where they do not fit, and where no row does', async () => {
    await expect(trialsOf(pool, { returnMemoryBytes: 19 * ROW_BYTES.float64 })).rejects.toMatchObject({ code: 'return-matrix-too-large' });
    await expect(trialsOf(pool, { returnMemoryBytes: ROW_BYTES.float64 - 1 })).rejects.toMatchObject({ code: 'return-memory-invalid' });
    await expect(trialsOf(pool, { returnMemoryBytes: Number.NaN })).rejects.toMatchObject({ code: 'return-memory-invalid' });
  });
});
