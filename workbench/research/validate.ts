import {
  type Bars, InputError, judge, marketsFor, type Policy, POLICY, type Validation, validationId, type WalkForward,
} from '../../engine/index.ts';
import { saveArtefact } from '../artefacts/index.ts';
import { evidenceOf } from './evidence.ts';
import type { JoinedColumn } from './joined-column.ts';
import type { CountedTrials } from './search-evidence.ts';
import { marketsOf, readyStrategy, type ReadyStrategy, type ResearchRequest, type SearchRequest, withPool } from './request.ts';
import { walkForwardStudy, type WalkForwardRequest } from './walk-forward.ts';

export interface ValidateOptions {
  /** Of every random number: bootstraps, permutations, cuts, random entries; 1 by default. */
  readonly seed?: number;
  /** Bootstrap draws; 10,000 by default. */
  readonly draws?: number;
  /** Searches repeated on permuted bars; by default 99, or fewer where those take long. */
  readonly permutations?: number;
  /** Bytes of daily returns of all trials that are in memory at once at most; 1 GiB by default. What does not fit goes to a file below cacheDir meanwhile. */
  readonly returnMemoryBytes?: number;
  /** Thresholds of the gates; the default policy. */
  readonly policy?: Policy;
  /** Other markets that the same search is walked forward on, for the pooled test. */
  readonly poolWith?: readonly Bars[];
  /** Columns with stamps of their own, for the stamp test. */
  readonly joined?: readonly JoinedColumn[];
  /** What the ledger said when the study was made: a repetition elsewhere is judged by it. The ledger's own count by default. */
  readonly counted?: CountedTrials;
  /** Folder of artefacts: the walk-forward is saved there before it is judged, so that a stopped validation goes on from it by its id. */
  readonly directory?: string;
  readonly onStage?: (stage: string, done: number, total: number) => void;
}

export interface ValidatedStudy {
  readonly validation: Validation;
  readonly walkForward: WalkForward;
}

/** What a saved walk-forward is judged with: its search and windows are its own. */
export interface StoredRequest extends Pick<ResearchRequest, 'strategy' | 'data' | 'cacheDir' | 'ledger'>, Pick<SearchRequest, 'workers' | 'pool' | 'signal' | 'memoryBytes'> {
  readonly stored: WalkForward;
}

/** Searches and walks forward, tries to prove that the result is luck, and ends with a verdict. */
export async function validateStudy(request: WalkForwardRequest & ValidateOptions): Promise<ValidatedStudy> {
  const ready = await readyStrategy(request);
  return withPool(request, ready, async (pool) => {
    const walkForward = await walkForwardStudy({ ...request, pool, onProgress: (done, total) => request.onStage?.('walk forward', done, total) });
    if (request.directory !== undefined) saveArtefact(request.directory, { schema: 'assay-artefact/3', kind: 'walkforward', walkForward });
    return judged({ ...request, pool, stored: walkForward }, ready);
  });
}

/**
 * The verdict on a saved walk-forward; its bars and its code must be those that it was made with.
 *
 * throws  InputError `markets-differ`, `code-differs`
 */
export async function validateStored(request: StoredRequest & ValidateOptions): Promise<ValidatedStudy> {
  const ready = await readyStrategy(request);
  const { codeHash, strategyId } = request.stored.spec;
  if (ready.codeHash !== codeHash) {
    throw new InputError('code-differs', `code of ${strategyId} must be that of the walk-forward (${codeHash.slice(0, 12)}), was ${ready.codeHash.slice(0, 12)}: walk it forward again`);
  }
  return withPool(request, ready, (pool) => judged({ ...request, pool }, ready));
}

async function judged(request: StoredRequest & ValidateOptions & { readonly pool: NonNullable<StoredRequest['pool']> }, ready: ReadyStrategy): Promise<ValidatedStudy> {
  const markets = marketsFor(ready.strategy, marketsOf(request));
  const evidence = await evidenceOf({ ...request, seed: request.seed ?? 1, draws: request.draws ?? 10_000, walk: request.stored, ready, markets });
  const rest = { evidence, verdict: judge(evidence, request.policy ?? POLICY) };
  return { validation: { id: validationId(rest), ...rest }, walkForward: request.stored };
}
