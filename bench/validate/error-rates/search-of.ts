import { overfitEvidence, type Params, returnMatrix, searchEvidence, snoopingInPlace } from '../../../engine/index.ts';
import type { Costly, StudyOptions } from './study.ts';

export interface SearchedReturns {
  /** A row a trial. */
  readonly values: Float64Array;
  readonly trials: number;
  readonly timeMs: Float64Array;
  readonly periodsPerYear: number;
  readonly paramsAt: (point: number) => Params;
  readonly hold: Float64Array;
}

/** The search's evidence as the product makes it; the ledger holds this search and no other. */
export function costlyEvidence({ values, trials, timeMs, periodsPerYear, paramsAt, hold }: SearchedReturns, { seed, draws }: StudyOptions): Costly {
  const kept = returnMatrix(timeMs, values, trials);
  return {
    search: () => searchEvidence({
      kept, paramsAt, periodsPerYear, seed, draws,
      ledgerTrials: { n: kept.matrix.trials, studies: 1, ledgerHash: '' },
      hold: { timeMs, returns: hold },
      permutation: { missing: 'not in simulated studies' },
      run: snoopingInPlace,
    }),
    overfit: () => overfitEvidence(kept.matrix, periodsPerYear),
  };
}
