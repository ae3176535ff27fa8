import { barsFromHandle } from '../market/index.ts';
import { createTrialArena } from '../run/index.ts';
import { createScreener } from '../screen/index.ts';
import { evaluateBlock, paramSpace } from '../search/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { Pool } from './pool.ts';
import { runStatisticTask } from './statistic-task.ts';

/** Trials a block has at most, so that progress and an abort are heard in between. */
const BLOCK_POINTS = 64;
const SCREEN_POINTS = 4_096;

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
    async screen(stretches, onBlock, signal) {
      for (const { job, fromPoint, toPoint } of stretches) {
        const { config, memoryBytes } = job;
        const screener = createScreener({ strategy, space: paramSpace(strategy, job.axes, job.sampler), markets: job.markets.map(barsFromHandle), config, memoryBytes });
        for (let from = fromPoint; from < toPoint; from += SCREEN_POINTS) {
          signal?.throwIfAborted();
          await onBlock(screener.evaluate(from, Math.min(toPoint, from + SCREEN_POINTS), job.firstTrial));
        }
        screener.close();
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
