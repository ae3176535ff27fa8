import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bars, POLICY } from '../../engine/index.ts';
import type { LedgerOptions } from '../ledger/index.ts';
import { optionsOfConfig, searchOfSpec } from '../replay/index.ts';
import { backtest, readJoinedColumns, type SearchRequest, sweepStudy, validateStudy, walkForwardStudy } from '../research/index.ts';
import type { Finished } from './result.ts';
import { barsOfSource, fromHere } from './sources.ts';
import type { LockedStudy } from './types.ts';

export interface ReplayPlace extends Pick<SearchRequest, 'workers' | 'signal'> {
  readonly home: string;
  readonly cacheDir: string;
  readonly lockFile: string;
  readonly onStage?: (stage: string, done: number, total: number) => void;
  readonly onNotice?: (text: string) => void;
}

/** What is done with a replayed study before its files are removed. */
type Use<T> = (finished: Finished) => Promise<T>;

/** The whole study once more on these bars, recorded in the trial ledger as a replay, which does not count. */
export async function replayStudy<T>(study: LockedStudy, strategy: string, bars: readonly Bars[], place: ReplayPlace, use: Use<T>): Promise<T> {
  const { home, cacheDir, workers, signal, onStage, onNotice } = place;
  const ledger: LedgerOptions | null = study.claim === null ? null : { home, claim: study.claim, origin: 'replay', onNotice };
  const request = { strategy, data: bars, cacheDir, ledger };
  const search = { ...request, workers, signal, onProgress: (done: number, total: number) => onStage?.('trials', done, total) };
  if (study.kind === 'run') {
    const run = await backtest({ ...request, ...optionsOfConfig(study.spec.config), params: study.spec.params });
    return use({ schema: 'assay-artefact/3', kind: 'run', run });
  }
  if (study.kind === 'sweep') return sweepAgain(study, search, use);
  if (study.kind === 'walkforward') return use({ schema: 'assay-artefact/3', kind: 'walkforward', walkForward: await walkForwardStudy({ ...search, ...searchOfSpec(study.spec) }) });
  return validateAgain(study, search, place, use);
}

/** In a folder of its own: in the folder of the sweeps it would be found finished. */
async function sweepAgain<T>({ spec }: Extract<LockedStudy, { kind: 'sweep' }>, request: SearchRequest, use: Use<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'assay-replay-'));
  try {
    const { axes, sampler, objective, config } = spec;
    const sweep = await sweepStudy({ ...request, ...optionsOfConfig(config), axes, sampler, objective, directory });
    return await use({ kind: 'sweep', sweep, directory: sweep.directory });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function validateAgain<T>({ spec, judgement }: Extract<LockedStudy, { kind: 'validation' }>, request: SearchRequest, { home, lockFile, onStage }: ReplayPlace, use: Use<T>): Promise<T> {
  const { seed, draws, permutations, policy, counted, pooled, joined } = judgement;
  const { validation, walkForward } = await validateStudy({
    ...request, ...searchOfSpec(spec), seed, draws, permutations: permutations ?? undefined, policy: policy ?? POLICY, counted: counted ?? undefined, onStage,
    poolWith: await Promise.all(pooled.map((source) => barsOfSource(source, null, home, lockFile))),
    joined: (await Promise.all(joined.map((file) => readJoinedColumns(fromHere(file, lockFile))))).flat(),
  });
  return use({ schema: 'assay-artefact/3', kind: 'validation', validation, walkForward });
}
