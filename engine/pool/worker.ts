import { move } from 'piscina';
import { barsFromHandle } from '../market/index.ts';
import { createTrialArena, type TrialArena } from '../run/index.ts';
import { evaluateBlock, type ParamSpace, paramSpace, type TrialBlock } from '../search/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { loadStrategy } from './load-strategy.ts';
import type { BlockTask, Job } from './task.ts';

/** What this thread keeps of the job it worked on last: the strategy, the points, and the arena with its shared indicators. */
interface Bench {
  readonly jobId: string;
  readonly strategy: Strategy;
  readonly space: ParamSpace;
  readonly arena: TrialArena;
}

let bench: Bench | null = null;

/** Evaluates one block of points; its numbers are moved, not copied, to the main thread. */
export default async function evaluate({ job, fromPoint, toPoint }: BlockTask): Promise<TrialBlock> {
  if (bench?.jobId !== job.id) bench = await setUp(job);
  const { strategy, space, arena } = bench;
  const block = evaluateBlock(strategy, space, job.config, arena, { fromPoint, toPoint, firstTrial: job.firstTrial + fromPoint });
  return { ...block, values: move(block.values) as Float64Array };
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
