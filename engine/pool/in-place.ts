import { barsFromHandle } from '../market/index.ts';
import { createTrialArena } from '../run/index.ts';
import { evaluateBlock, paramSpace } from '../search/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { Pool } from './pool.ts';
import { runStatisticTask } from './statistic-task.ts';

/** Trials a block has at most, so that progress and an abort are heard in between. */
const BLOCK_POINTS = 64;

/** A pool of no threads, for a strategy that lives in this process only: the same blocks, one after another, in place. */
export function inPlacePool(strategy: Strategy): Pool {
  return {
    workers: 1,
    async run(stretches, onBlock, signal) {
      for (const { job, fromPoint, toPoint } of stretches) {
        const space = paramSpace(strategy, job.axes, job.sampler);
        const arena = createTrialArena(job.markets.map(barsFromHandle), job.indicatorMemoryBytes);
        for (let from = fromPoint; from < toPoint; from += BLOCK_POINTS) {
          signal?.throwIfAborted();
          const to = Math.min(toPoint, from + BLOCK_POINTS);
          await onBlock(evaluateBlock(strategy, space, job.config, arena, { fromPoint: from, toPoint: to, firstTrial: job.firstTrial + from }, job.returns), job);
        }
      }
    },
    async compute(tasks, signal) {
      return tasks.map((task) => {
        signal?.throwIfAborted();
        return runStatisticTask(task);
      });
    },
    close: () => Promise.resolve(),
  };
}
