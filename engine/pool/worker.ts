import { barsFromHandle } from '../market/index.ts';
import { createTrialArena, type TrialArena } from '../run/index.ts';
import { evaluateBlock, type ParamSpace, paramSpace, type TrialBlock } from '../search/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { loadStrategy } from './load-strategy.ts';
import { runScreenTask, type ScreenTask } from './screen-task.ts';
import { runStatisticTask, type StatisticTask } from './statistic-task.ts';
import type { BlockTask, Job } from './task.ts';

/** What this thread keeps of the job it worked on last: the strategy, the points, and the arena with its shared indicators. */
interface Bench {
  readonly jobId: string;
  readonly strategy: Strategy;
  readonly space: ParamSpace;
  readonly arena: TrialArena;
}

let bench: Bench | null = null;

/** Carries out one task of any kind. */
export default async function carryOut(task: BlockTask | ScreenTask | StatisticTask): Promise<unknown> {
  if (!('kind' in task)) return evaluate(task);
  return task.kind === 'screen' ? runScreenTask(task) : runStatisticTask(task);
}

/** Evaluates one block of points; the copy of its few numbers to the main thread costs nothing beside it. */
async function evaluate({ job, fromPoint, toPoint }: BlockTask): Promise<TrialBlock> {
  if (bench?.jobId !== job.id) bench = await setUp(job);
  const { strategy, space, arena } = bench;
  return evaluateBlock(strategy, space, job.config, arena, { fromPoint, toPoint, firstTrial: job.firstTrial + fromPoint }, job.returns);
}

async function setUp(job: Job): Promise<Bench> {
  const strategy = await loadStrategy(job.strategy);
  return {
    jobId: job.id,
    strategy,
    space: paramSpace(strategy, job.axes, job.sampler),
    arena: createTrialArena(job.markets.map(barsFromHandle), job.indicatorMemoryBytes),
  };
}
