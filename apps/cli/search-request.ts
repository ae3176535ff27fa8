import type { MetricName, Strategy } from '../../engine/index.ts';
import type { SearchRequest } from '../../workbench/index.ts';
import { type DataArguments, loadMarkets } from './bars.ts';
import { contextOf, type Context, type GlobalArguments } from './context.ts';
import { interruption } from './interruption.ts';
import { type LedgerArguments, ledgerOf } from './ledger-options.ts';
import { axesFrom, memoryBytesOf, samplerOf, type SimulationArguments, simulationOf } from './options.ts';
import { progressBar } from './progress.ts';

/** Arguments of every command that searches over parameters. */
export interface SearchArguments extends GlobalArguments, SimulationArguments, DataArguments, LedgerArguments {
  readonly strategy: string;
  readonly param?: string[];
  readonly random?: number;
  readonly seed: number;
  readonly objective?: MetricName;
  readonly workers?: number;
  readonly memoryMb?: number;
  readonly report?: string;
}

/** Runs a search that a command line asks for, with a progress bar, and stoppable by Ctrl-C. */
export async function search<Result>(
  args: SearchArguments,
  label: string,
  work: (request: SearchRequest, context: Context, strategy: Strategy) => Promise<Result>,
): Promise<{ context: Context; result: Result }> {
  const context = await contextOf(args);
  const { readyStrategy } = await import('../../workbench/index.ts');
  const data = await loadMarkets(args, context);
  const request = { strategy: args.strategy, data, cacheDir: context.cacheDir, ledger: ledgerOf(args, context), ...simulationOf(args, context) };
  const { strategy } = await readyStrategy(request);
  const progress = progressBar(label, 'trials', context.quiet);
  const { signal, release } = interruption();
  const search: SearchRequest = {
    ...request,
    axes: axesFrom(strategy.params, args.param),
    sampler: samplerOf(args),
    objective: args.objective ?? context.config.objective,
    workers: args.workers ?? context.config.workers,
    memoryBytes: memoryBytesOf(args),
    onProgress: progress.update,
    signal,
  };
  try {
    return { context, result: await work(search, context, strategy) };
  } finally {
    progress.stop();
    release();
  }
}
