import { type Bars, InputError, requireInput, type WalkForward } from '../../engine/index.ts';
import type { StoredArtefact, ValidatedStudy, ValidateOptions, WalkForwardRequest } from '../../workbench/index.ts';
import { loadMarkets } from './bars.ts';
import type { Context } from './context.ts';
import { interruption } from './interruption.ts';
import { type LedgerArguments, ledgerOf } from './ledger-options.ts';
import { axesFrom, memoryBytesOf, samplerOf, simulationOf } from './options.ts';
import { readPolicy } from './policy.ts';
import { stageBars } from './progress.ts';
import type { SearchArguments } from './search-request.ts';
import { type WindowArguments, windowsOf } from './window-options.ts';

export interface ValidateArguments extends Omit<SearchArguments, 'strategy'>, WindowArguments, LedgerArguments {
  /** A strategy, or the id of a saved walk-forward. */
  readonly study: string;
  readonly strategy?: string;
  readonly policy?: string;
  readonly draws: number;
  readonly permutations?: number;
  readonly memoryMb?: number;
  readonly poolWith?: readonly string[];
  readonly joined?: readonly string[];
}

/** Validates what a command line names, with a progress bar for each stage, stoppable by Ctrl-C. */
export async function validate(args: ValidateArguments, context: Context): Promise<ValidatedStudy> {
  const { validateStored, validateStudy } = await import('../../workbench/index.ts');
  const stored = await storedWalkForward(args.study, context);
  const progress = stageBars(context.quiet);
  const { signal, release } = interruption();
  const options = { ...(await optionsOf(args, context)), onStage: progress.update, signal };
  try {
    if (stored === null) return await validateStudy({ ...(await freshRequest(args, context)), ...options });
    const data = await marketsOfStored(args, stored, context);
    return await validateStored({ strategy: args.strategy ?? stored.spec.strategyId, data, cacheDir: context.cacheDir, workers: args.workers ?? context.config.workers, memoryBytes: memoryBytesOf(args), stored, ...options });
  } finally {
    progress.stop();
    release();
  }
}

async function optionsOf(args: ValidateArguments, context: Context): Promise<ValidateOptions & Pick<WalkForwardRequest, 'ledger'>> {
  const { loadBars, readJoinedColumns } = await import('../../workbench/index.ts');
  const { draws, permutations, memoryMb, poolWith = [], joined = [], from, to, seed } = args;
  return {
    draws, permutations, seed,
    returnMemoryBytes: memoryMb === undefined ? undefined : bytesOf(memoryMb),
    policy: await readPolicy(args.policy),
    poolWith: await Promise.all(poolWith.map((name) => loadBars(name, { home: context.home, from, to }))),
    joined: (await Promise.all(joined.map(readJoinedColumns))).flat(),
    directory: context.runsDir,
    ledger: ledgerOf(args, context),
  };
}

function bytesOf(memoryMb: number): number {
  requireInput(Number.isInteger(memoryMb) && memoryMb >= 1, 'memory-invalid', '--memory-mb', 'a whole number of at least 1', memoryMb);
  return memoryMb * 2 ** 20;
}

async function freshRequest(args: ValidateArguments, context: Context): Promise<WalkForwardRequest> {
  const { readyStrategy } = await import('../../workbench/index.ts');
  const data = await loadMarkets(args, context);
  const request = { strategy: args.study, data, cacheDir: context.cacheDir, ...simulationOf(args, context) };
  const { strategy } = await readyStrategy(request);
  return {
    ...request,
    axes: axesFrom(strategy.params, args.param),
    sampler: samplerOf(args),
    objective: args.objective ?? context.config.objective,
    workers: args.workers ?? context.config.workers,
    memoryBytes: memoryBytesOf(args),
    windows: windowsOf(args),
  };
}

/** A saved walk-forward of that id, or the one that a saved validation judged; null where the study is a strategy. */
async function storedWalkForward(study: string, { runsDir }: Context): Promise<WalkForward | null> {
  const { listArtefacts, loadArtefact } = await import('../../workbench/index.ts');
  const isSaved = listArtefacts(runsDir).includes(study) || (study.endsWith('.json') && !study.startsWith('{'));
  if (!isSaved) return null;
  const artefact: StoredArtefact = loadArtefact(runsDir, study);
  if (artefact.kind === 'run') throw new InputError('study-invalid', `study must be a walk-forward or a strategy, was the single run ${study}: assay validate ${artefact.run.spec.strategyId}`);
  return artefact.walkForward;
}

/** The bars that the walk-forward read: those of --data, or the datasets of the lake that have their content. */
async function marketsOfStored(args: ValidateArguments, stored: WalkForward, context: Context): Promise<Bars[]> {
  if (args.data !== undefined) return loadMarkets(args, context);
  const { loadMarketRefs } = await import('../../workbench/index.ts');
  return loadMarketRefs(stored.spec.markets, context.home);
}
