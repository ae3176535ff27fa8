import { barsFromHandle } from '../market/index.ts';
import { createScreener, type ScreenBlock, type Screener, type ScreenSubject } from '../screen/index.ts';
import { paramSpace } from '../search/index.ts';
import { loadStrategy, type StrategyRef } from './load-strategy.ts';

/** What a worker keeps between the tasks of it. */
export interface ScreenJob extends ScreenSubject {
  /** Unique within a pool. */
  readonly id: string;
  readonly strategy: StrategyRef;
}

export interface ScreenTask {
  readonly kind: 'screen';
  readonly job: ScreenJob;
  readonly fromPoint: number;
  readonly toPoint: number;
}

/** A block, and the time that its points took without the set-up of the job. */
export interface ScreenTaskResult {
  readonly block: ScreenBlock;
  readonly ms: number;
}

let bench: { readonly jobId: string; readonly screener: Screener } | null = null;

/** Evaluates one range of points; the screener of the job stays for the next. */
export async function runScreenTask({ job, fromPoint, toPoint }: ScreenTask): Promise<ScreenTaskResult> {
  if (bench?.jobId !== job.id) {
    bench?.screener.close();
    bench = null;
    bench = { jobId: job.id, screener: await setUp(job) };
  }
  const startMs = performance.now();
  const block = bench.screener.evaluate(fromPoint, toPoint, job.firstTrial);
  return { block, ms: performance.now() - startMs };
}

async function setUp(job: ScreenJob): Promise<Screener> {
  const strategy = await loadStrategy(job.strategy);
  const { config, memoryBytes } = job;
  return createScreener({ strategy, space: paramSpace(strategy, job.axes, job.sampler), markets: job.markets.map(barsFromHandle), config, memoryBytes });
}
