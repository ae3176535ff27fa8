import type { Policy, RunSpec, SweepSpec, WalkForwardSpec } from '../../engine/index.ts';
import type { CountedTrials } from '../research/index.ts';

export const LOCK_SCHEMA = 'assay-lock/1';
export const LOCK_FILE = 'assay.lock.json';

/** Where bars are found again: a dataset of the lake, a candle file beside the lock file, or the embedded sample; files by their path from the lock file. */
export type LockedSource = {
  readonly funding?: string;
  readonly mark?: string;
  /** Dataset or file of a shorter timeframe. */
  readonly finer?: string;
} & ({ readonly kind: 'lake'; readonly dataset: string } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'sample' });

/** A series too long to be stored: its hash, and a short hash of each of some stretches, so that the first that differs can be named. */
export interface LockedSeries {
  readonly length: number;
  readonly sha256: string;
  readonly marks: readonly string[];
}

export type SeriesName = 'equity' | 'trades' | 'trials';

/** What a study found, at full precision. */
export interface LockedResult {
  readonly id: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly series: Readonly<Partial<Record<SeriesName, LockedSeries>>>;
  /** sha256 of the Parquet parts of a sweep. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a validation was asked with besides its search. */
export interface LockedJudgement {
  readonly seed: number;
  readonly draws: number;
  /** Null where their number follows from the size of the search. */
  readonly permutations: number | null;
  /** Thresholds; null for the default policy. */
  readonly policy: Policy | null;
  readonly policyHash: string;
  /** What the trial ledger said of the claim; null where it said nothing. */
  readonly counted: CountedTrials | null;
  readonly pooled: readonly LockedSource[];
  /** Files of joined columns. */
  readonly joined: readonly string[];
}

interface LockedBase {
  /** Built-in id, or a file (`./my.ts`, `./my.ts#name`) by its path from the lock file. */
  readonly strategy: string;
  /** One a market of the specification. */
  readonly data: readonly LockedSource[];
  /** Of which markets all bars of the source were read, not a stretch. */
  readonly wholeData: readonly boolean[];
  /** Family of the trial ledger that replays are journalled under; null where the ledger was off. */
  readonly claim: string | null;
  readonly result: LockedResult;
}

export type LockedStudy = LockedBase & (
  | { readonly kind: 'run'; readonly spec: RunSpec }
  | { readonly kind: 'sweep'; readonly spec: SweepSpec }
  | { readonly kind: 'walkforward'; readonly spec: WalkForwardSpec }
  | { readonly kind: 'validation'; readonly spec: WalkForwardSpec; readonly judgement: LockedJudgement }
);

export type LockedKind = LockedStudy['kind'];

export interface LockFile {
  readonly schema: typeof LOCK_SCHEMA;
  readonly studies: Readonly<Record<string, LockedStudy>>;
}
