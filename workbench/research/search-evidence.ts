import {
  bestRow, contentId, dailyReturns, type Evidence, holdOf, type Known, overfitOnPool, permutationOnPool, type PermutationTest, plateauOf, returnMatrix, searchEvidenceOnPool,
  type TrialReturns, trialReturnsOnPool,
} from '../../engine/index.ts';
import { defaultClaim, ledgerFigures, type LedgerFigures, studyLedger } from '../ledger/index.ts';
import type { EvidenceInput } from './evidence.ts';
import { refOf } from './request.ts';

/** What the whole search says, from the full-window returns of every point. */
export interface SearchedEvidence extends Pick<Evidence, 'search' | 'overfit' | 'plateau' | 'holdoutReads'> {
  readonly claim: string;
}

/** Bars × points of repeated searches that are done without being asked for: about a minute on two cores. */
const AFFORDABLE_BARS = 2e9;
const PERMUTATIONS = 99;
/** With fewer, p could not reach 0.05. */
const LEAST_PERMUTATIONS = 19;

/** The search over all bars with fixed parameters, recorded in the ledger, and the tests that look at all of it at once. */
export async function searchedEvidence(input: EvidenceInput): Promise<SearchedEvidence> {
  const { walk, markets, ready, pool, seed, draws, onStage, signal } = input;
  const { axes, sampler, config, objective } = walk.spec;
  const stage = (name: string) => ({ onProgress: (done: number, total: number) => onStage?.(name, done, total), signal });
  const trials = await trialReturnsOnPool(pool, refOf(ready), { strategy: ready.strategy, markets, config, axes, sampler }, stage('every point over all bars'));
  const { claim, figures } = recorded(input, trials);
  const permutation = await permutationOf(input, trials);
  const winner = bestRow(trials.block.values, objective, 0, trials.block.count);
  const matrix = returnMatrix(trials.timeMs, trials.values, trials.block.count);
  const hold = holdOf(ready.strategy, markets, trials.config, trials.config.firstDecisionBar);
  return null as never;
}
