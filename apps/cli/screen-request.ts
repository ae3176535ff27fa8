import { createPool, InputError, type Pool, type ScreenColumn } from '../../engine/index.ts';
import type { StoredScreen } from '../../workbench/index.ts';
import { loadMarkets } from './bars.ts';
import { contextOf, type Context } from './context.ts';
import { interruption } from './interruption.ts';
import { ledgerOf } from './ledger-options.ts';
import { axesFrom, memoryBytesOf, samplerOf, simulationOf } from './options.ts';
import { type Progress, progressBar } from './progress.ts';
import type { SearchArguments } from './search-request.ts';

export interface ScreenArguments extends SearchArguments {
  readonly top: number;
}

/** A screen, and what it took. */
export interface TimedScreen {
  readonly context: Context;
  readonly screen: StoredScreen;
  /** Trials evaluated by this call, and the time from the first to the last. */
  readonly evaluated: number;
  readonly ms: number;
}

/** Most of the best trials that a screen keeps. */
const MOST_TOP = 100;

/** Screens what a command line asks for, with a progress bar, and stoppable by Ctrl-C; the workers start before the data is read. */
export async function screen(args: ScreenArguments): Promise<TimedScreen> {
  if (!(args.top >= 1 && args.top <= MOST_TOP)) throw new InputError('top-invalid', `--top must be in 1 … ${MOST_TOP}, was ${args.top}`);
  const context = await contextOf(args);
  const pool = await createPool(args.workers ?? context.config.workers);
  const progress = progressBar('screen', 'trials', context.quiet);
  const { signal, release } = interruption();
  try {
    return await onPool(args, context, pool, progress, signal);
  } finally {
    progress.stop();
    release();
    await pool.close();
  }
}

async function onPool(args: ScreenArguments, context: Context, pool: Pool, progress: Progress, signal: AbortSignal): Promise<TimedScreen> {
  const { readyStrategy, screenStudy } = await import('../../workbench/index.ts');
  const data = await loadMarkets(args, context);
  const request = { strategy: args.strategy, data, cacheDir: context.cacheDir, ledger: ledgerOf(args, context), ...simulationOf(args, context) };
  const { strategy } = await readyStrategy(request);
  const startMs = performance.now();
  const screen = await screenStudy({
    ...request,
    axes: axesFrom(strategy.params, args.param),
    sampler: samplerOf(args),
    objective: (args.objective ?? context.config.objective) as ScreenColumn | undefined,
    memoryBytes: memoryBytesOf(args),
    directory: context.screensDir,
    pool, signal,
    onProgress: progress.update,
  });
  return { context, screen, evaluated: screen.trials - screen.resumedTrials, ms: performance.now() - startMs };
}
