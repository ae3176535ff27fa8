import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { InputError } from '../core/index.ts';
import type { TrialBlock } from '../search/index.ts';
import { builtFile } from './built-file.ts';
import type { ScreenBlock } from '../screen/index.ts';
import { blocksOf, type Stretch } from './chunks.ts';
import { type ScreenStretch, screenTasks } from './screen-chunks.ts';
import type { ScreenTaskResult } from './screen-task.ts';
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
  /** The same for a screen: figures alone, in blocks of up to 65,536 points. */
  screen(stretches: readonly ScreenStretch[], onBlock: (block: ScreenBlock) => Promise<void> | void, signal?: AbortSignal): Promise<void>;
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
    screen: (stretches, onBlock, signal) => Promise.race([broken, screenAll(piscina, workers, stretches, onBlock, signal)]),
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
  let heard = Promise.resolve();
  await inLanes(workers, signal, async () => {
    const next = blocks.take();
    if (next === null) return false;
    const startMs = performance.now();
    const block = (await piscina.run(next satisfies BlockTask)) as TrialBlock;
    blocks.measured(next, performance.now() - startMs);
    heard = heard.then(() => onBlock(block, next.job));
    await heard;
    return true;
  });
}

async function screenAll(
  piscina: Piscina,
  workers: number,
  stretches: readonly ScreenStretch[],
  onBlock: (block: ScreenBlock) => Promise<void> | void,
  signal?: AbortSignal,
): Promise<void> {
  const tasks = screenTasks(stretches, workers);
  let heard = Promise.resolve();
  await inLanes(workers, signal, async () => {
    const next = tasks.take();
    if (next === null) return false;
    const { block, ms } = (await piscina.run(next)) as ScreenTaskResult;
    tasks.measured(next, ms);
    heard = heard.then(() => onBlock(block));
    await heard;
    return true;
  });
}

/** Two lanes a worker call `step` until it says that nothing is left; the first error stops all, after what is in flight. */
async function inLanes(workers: number, signal: AbortSignal | undefined, step: () => Promise<boolean>): Promise<void> {
  const stop = new AbortController();
  const lane = async (): Promise<void> => {
    for (let goesOn = true; goesOn && !stop.signal.aborted; ) {
      signal?.throwIfAborted();
      goesOn = await step();
    }
  };
  await Promise.all(Array.from({ length: 2 * workers }, () => lane().catch((error: unknown) => stop.abort(error))));
  stop.signal.throwIfAborted();
}

async function computeAll<T extends StatisticTask>(piscina: Piscina, workers: number, tasks: readonly T[], signal?: AbortSignal): Promise<StatisticResult<T>[]> {
  const results: StatisticResult<T>[] = [];
  let next = 0;
  await inLanes(workers, signal, async () => {
    if (next >= tasks.length) return false;
    const at = next++;
    results[at] = (await piscina.run(tasks[at])) as StatisticResult<T>;
    return true;
  });
  return results;
}
