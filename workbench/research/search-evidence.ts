import { join } from 'node:path';
import {
  contentId, cscvOnPool, dailyReturns, type Evidence, holdOf, observationsPerYear, overfitEvidence, type ParamSpace, type Params, permutationOnPool, type PermutationOptions, isMissing,
  type ReturnStore, type SearchEvidence, searchEvidence, snoopingOnPool, takeRows, tradesTogether, type TrialReturns, trialReturnsOnPool,
} from '../../engine/index.ts';
import { defaultClaim, ledgerFigures, studyLedger } from '../ledger/index.ts';
import type { EvidenceInput } from './evidence.ts';
import { refOf, workerBytes } from './request.ts';
import { withReturnFile } from './return-file.ts';

/** What the whole search says, from the full-window returns of every point. */
export interface SearchedEvidence extends Pick<Evidence, 'search' | 'overfit' | 'holdoutReads'> {
  readonly claim: string;
  /** Null where no point has a Sharpe ratio. */
  readonly full: { readonly space: ParamSpace; readonly sharpesAnn: readonly (number | null)[]; readonly winner: Params } | null;
}

/** How often the claim had been tried. */
export interface CountedTrials {
  readonly n: number;
  readonly studies: number;
  readonly ledgerHash: string;
  readonly holdoutReads: number;
  readonly screenedSharpeVariance?: number | null;
}

/** Bars × points of repeated searches that are done without being asked for: about a minute on two cores. */
const AFFORDABLE_BARS = 2e9;
const PERMUTATIONS = 99;
/** With fewer, p could not reach 0.05. */
const LEAST_PERMUTATIONS = 19;

/** Every point over all bars with fixed parameters, recorded in the ledger, and the tests that look at all of them at once. */
export async function searchedEvidence(input: EvidenceInput): Promise<SearchedEvidence> {
  return withReturnFile(join(input.cacheDir ?? '.assay/cache', 'returns'), (store) => evidenceWith(store, input));
}

async function evidenceWith(store: ReturnStore, input: EvidenceInput): Promise<SearchedEvidence> {
  const { walk, markets, ready: { strategy }, pool, seed, draws, returnMemoryBytes, onStage } = input;
  const { axes, sampler, config } = walk.spec;
  const trials = await trialReturnsOnPool(pool, refOf(input.ready), { strategy, markets, config, axes, sampler }, { ...stage(input, 'every point over all bars'), returnMemoryBytes, store });
  const { claim, ledgerTrials, holdoutReads } = counted(input, trials);
  const permutation = await permutationOf(input, trials);
  onStage?.('tests of the whole search', 0, 1);
  const kept = takeRows(trials.timeMs, trials.rows);
  const [{ timeframeMs, instrument }] = markets;
  const periodsPerYear = observationsPerYear(timeframeMs, instrument.calendar);
  const search = await searchEvidence({
    kept, periodsPerYear, ledgerTrials, seed, draws, permutation, paramsAt: (point) => trials.space.pointAt(point), hold: holdOver(input, trials), run: snoopingOnPool(pool),
  });
  const overfit = await overfitEvidence(kept.matrix, periodsPerYear, cscvOnPool(pool));
  onStage?.('tests of the whole search', 1, 1);
  const full = isMissing(search) ? null : { space: trials.space, sharpesAnn: search.trialSharpesAnn, winner: search.winner.params };
  return { claim, search, overfit, holdoutReads, full };
}

function stage({ onStage, signal, pool, memoryBytes }: EvidenceInput, name: string): Pick<PermutationOptions, 'onProgress' | 'signal' | 'indicatorMemoryBytes'> {
  return { onProgress: (done, total) => onStage?.(name, done, total), signal, indicatorMemoryBytes: workerBytes({ memoryBytes }, pool) };
}

interface Counted extends Pick<Evidence, 'holdoutReads'>, Pick<SearchEvidence, 'ledgerTrials'> {
  readonly claim: string;
}

/** Writes the trials of this window into the ledger, and reads how many the claim has had. */
function counted({ walk, markets, ready: { strategy, codeHash }, ledger: options, counted: stated }: EvidenceInput, { space, block, config }: TrialReturns): Counted {
  const study = { id: contentId({ walkForward: walk.id, stage: 'full window' }), kind: 'validate' as const, strategyId: strategy.id, codeHash, objective: walk.spec.objective, markets };
  const ledger = studyLedger(options, study);
  if (ledger === null && stated === undefined) {
    const missing = { missing: 'the trial ledger was switched off' };
    return { claim: options?.claim ?? defaultClaim(strategy.id, markets), ledgerTrials: missing, holdoutReads: missing };
  }
  ledger?.trials(block, (row) => space.pointAt(row), { markets, config });
  ledger?.flush();
  const claim = ledger?.claim ?? options?.claim ?? defaultClaim(strategy.id, markets);
  const figures = stated ?? ledgerFigures(options?.home ?? '.assay', claim);
  if (isMissing(figures)) return { claim, ledgerTrials: figures, holdoutReads: figures };
  const { n, studies, ledgerHash, holdoutReads, screenedSharpeVariance = null } = figures;
  return { claim, ledgerTrials: { n, studies, ledgerHash, ...(screenedSharpeVariance === null ? {} : { screenedSharpeVariance }) }, holdoutReads };
}

/** Holding over the same bars; several markets on one account have no one market to hold. */
function holdOver({ markets, ready: { strategy } }: EvidenceInput, { config }: TrialReturns) {
  if (tradesTogether(strategy)) return null;
  const { firstDecisionBar: from } = config;
  const [{ openTimeMs, timeframeMs }] = markets;
  return dailyReturns(holdOf(strategy, markets, config, from).equity.subarray(from), openTimeMs.subarray(from), timeframeMs);
}

async function permutationOf(input: EvidenceInput, { space }: TrialReturns): Promise<SearchEvidence['permutation']> {
  const { walk, markets, ready, pool, seed } = input;
  const bars = space.points * Math.max(...markets.map(({ length }) => length));
  const affordable = Math.min(PERMUTATIONS, Math.floor(AFFORDABLE_BARS / bars));
  const permutations = input.permutations ?? (affordable >= LEAST_PERMUTATIONS ? affordable : 0);
  if (permutations === 0) {
    return { missing: input.permutations === 0 ? 'not asked for' : `${space.points} points on ${bars / space.points} bars take long to search again and again: ask with --permutations` };
  }
  const { axes, sampler, config } = walk.spec;
  return permutationOnPool(pool, refOf(ready), { strategy: ready.strategy, markets, config, axes, sampler }, { permutations, seed, ...stage(input, 'searches on permuted bars') });
}
