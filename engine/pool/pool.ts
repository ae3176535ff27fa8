import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { InputError } from '../core/index.ts';
import type { TrialBlock } from '../search/index.ts';
import { builtFile } from './built-file.ts';
import { blocksOf, type Stretch } from './chunks.ts';
import type { StatisticResult, StatisticTask } from './statistic-task.ts';
import type { BlockTask, Job } from './task.ts';

/** Worker threads that evaluate blocks of trials. */
export interface Pool {
  readonly workers: number;
  /**
   * Evaluates stretches of jobs in order, a few at once; `onBlock` is called one at a time, in the order of completion. An abort lets the
   * blocks in flight finish and be heard, and then throws.
   */
  run(stretches: readonly Stretch[], onBlock: (block: TrialBlock, job: Job) => Promise<void> | void, signal?: AbortSignal): Promise<void>;
  /** Carries out statistics that need no strategy, two a worker at once; results in the order of the tasks. */
  compute<T extends StatisticTask>(tasks: readonly T[], signal?: AbortSignal): Promise<StatisticResult<T>[]>;
  close(): Promise<void>;
}

/**
 * A pool of worker threads; two tasks a worker are in flight, so that none waits for the main thread.
 *
 * throws  InputError `workers-invalid`
 */
export async function createPool(workers: number = availableParallelism()): Promise<Pool> {
  if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
    throw new InputError('workers-invalid', `workers must be a whole number in 1 … 256, was ${workers}`);
  }
  const { Piscina } = await import('piscina');
  const piscina = new Piscina({
    filename: builtFile(import.meta.url, './worker.js'),
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Infinity,
    concurrentTasksPerWorker: 1,
    execArgv: ['--enable-source-maps'],
  });
  const broken = new Promise<never>((_, reject) => piscina.once('error', reject)); // a worker that cannot start answers no task
  broken.catch(() => undefined);
  return {
    workers,
    run: (stretches, onBlock, signal) => Promise.race([broken, runBlocks(piscina, workers, stretches, onBlock, signal)]),
    compute: (tasks, signal) => Promise.race([broken, computeAll(piscina, workers, tasks, signal)]),
    close: () => piscina.destroy(),
  };
}

async function runBlocks(
  piscina: Piscina,
  workers: number,
  stretches: readonly Stretch[],
  onBlock: (block: TrialBlock, job: Job) => Promise<void> | void,
  signal?: AbortSignal,
): Promise<void> {
  const blocks = blocksOf(stretches, workers);
  const stop = new AbortController();
  let heard = Promise.resolve();
  const lane = async (): Promise<void> => {
    for (let next = blocks.take(); next !== null && !stop.signal.aborted; next = blocks.take()) {
      signal?.throwIfAborted();
      const { job } = next;
      const startMs = performance.now();
      const block = (await piscina.run(next satisfies BlockTask)) as TrialBlock;
      blocks.measured(next, performance.now() - startMs);
      heard = heard.then(() => onBlock(block, job));
      await heard;
    }
  };
  const lanes = Array.from({ length: 2 * workers }, () => lane().catch((error: unknown) => stop.abort(error)));
  await Promise.all(lanes);
  stop.signal.throwIfAborted();
}

async function computeAll<T extends StatisticTask>(piscina: Piscina, workers: number, tasks: readonly T[], signal?: AbortSignal): Promise<StatisticResult<T>[]> {
  const results: StatisticResult<T>[] = [];
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < tasks.length && !failed) {
      signal?.throwIfAborted();
      const at = next++;
      results[at] = (await piscina.run(tasks[at])) as StatisticResult<T>;
    }
  };
  const lanes = Array.from({ length: 2 * workers }, () =>
    lane().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(lanes);
  return results;
}
