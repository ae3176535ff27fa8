import { builtFile, createPool, type Pool, type ScreenBlock, SCREEN_WIDTH, stepped, type StrategyRef } from '../../../engine/index.ts';
import type { BenchCase, Prepared, Setting } from '../case.ts';
import { speedUp } from '../goals.ts';
import { spaceOf } from '../peers/workload-points.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import { w2Workload } from './grids.ts';
import { RULE_FILLS, MEMORY_BYTES, runSweep, type SweepWorkload } from './sweep.ts';

const STRATEGY: StrategyRef = { url: builtFile(import.meta.url, '../strategies/sma-cross.js'), exportName: null, codeHash: 'bench' };

let runs = 0;

/** The whole grid on threads that are already there; a new job each time, so that no worker has its tables. */
async function screenOn(pool: Pool, { axes, markets }: SweepWorkload, points: number, onBlock: (block: ScreenBlock) => void): Promise<void> {
  const job = {
    id: `bench-${runs++}`, strategy: STRATEGY, axes, sampler: { kind: 'grid' }, markets: markets.map(({ handle }) => handle), config: RULE_FILLS, memoryBytes: MEMORY_BYTES, points, firstTrial: 0,
  } as const;
  await pool.screen([{ job, fromPoint: 0, toPoint: points }], onBlock);
}

async function prepareWorkers(setting: Setting, workers: number): Promise<Prepared> {
  const isFull = setting.size === 'full';
  const workload = { ...w2Workload(setting), axes: { fast: stepped(2, isFull ? 500 : 20, 1), slow: stepped(3, isFull ? 1000 : 40, 1) } };
  const { points } = spaceOf(workload);
  const pool = await createPool(workers);
  return {
    shape: `${points} combinations × ${workload.markets[0].length} bars`,
    units: points * workload.markets[0].length,
    async prove() {
      const [alone] = runSweep(workload, spaceOf(workload));
      const meter = new DifferenceMeter(0);
      await screenOn(pool, workload, points, ({ from, count, values }) => {
        for (let c = 0; c < SCREEN_WIDTH; c++) for (let i = 0; i < count; i++) meter.compare(`column ${c} of point ${from + i}`, values[c * count + i], alone.values[c * points + from + i]);
      });
      return meter.proof('the same sweep in this thread, every value');
    },
    run: () => screenOn(pool, workload, points, () => undefined),
    close: () => pool.close(),
  };
}

export const WORKER_CASES: readonly BenchCase[] = [
  {
    name: 'workers-1', what: 'all pairs of averages up to 500 and 1000, on a warm pool of one worker', unit: 'bars × combinations', quantity: 'wall', isGated: false, goals: [], prepare: (setting) => prepareWorkers(setting, 1),
  },
  {
    name: 'workers-2', what: 'the same on a warm pool of two workers', unit: 'bars × combinations', quantity: 'wall', isGated: false, goals: [speedUp('workers-1', 1.85)],
    prepare: (setting) => prepareWorkers(setting, 2),
  },
];
