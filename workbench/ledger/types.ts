import type { MomentsOfTrials, Params, ParamValue, Sampler } from '../../engine/index.ts';
import { CHAIN_RULES, type ChainDamage, type ChainHead, type ChainRule, type JournalCheck } from '../journal/index.ts';

export type StudyKind = 'backtest' | 'sweep' | 'screen' | 'walkforward' | 'validate';
/** A replay repeats what is known, as in continuous integration: it is journalled and does not count. */
export type Origin = 'research' | 'replay';

/** Figures that the ledger keeps of a trial, in the order of a row of `figures`. */
export const LEDGER_METRICS = ['sharpeAnn', 'totalReturn', 'maxDrawdown', 'trades'] as const;

export interface LedgerMarket {
  readonly venue: string;
  readonly symbol: string;
  readonly timeframeMs: number;
  readonly dataHash: string;
}

/** Open time of the first bar, and close time of the last. */
export interface LedgerWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What was evaluated: the claim that it counts for, the code, the bars and the rules. */
export interface LedgerSubject {
  readonly study: { readonly id: string; readonly kind: StudyKind };
  /** The family within which trials are counted. */
  readonly claim: string;
  readonly origin: Origin;
  readonly strategyId: string;
  readonly codeHash: string;
  readonly markets: readonly LedgerMarket[];
  readonly window: LedgerWindow;
  readonly configHash: string;
}

/** A row of LEDGER_METRICS, to six decimals. */
export type LedgerFigureRow = readonly (number | null)[];

/** A block of trials of one study on one window. */
export interface TrialsEntry extends LedgerSubject {
  readonly type: 'trials';
  readonly objective?: string;
  /** Index of the first row within the study; the rows follow one another. */
  readonly firstTrial: number;
  /** Names of the parameters, sorted. */
  readonly params: readonly string[];
  readonly metrics: typeof LEDGER_METRICS;
  /** One a trial: values of the parameters. */
  readonly rows: readonly (readonly ParamValue[])[];
  /** One a trial; null where it failed. */
  readonly figures: readonly (LedgerFigureRow | null)[];
  /** Reasons of the trials that failed, by row. */
  readonly failures: Readonly<Record<number, string>>;
}

/** Values of a parameter: all of them, or the first, the last and the step between neighbours. */
export type LedgerAxis = readonly ParamValue[] | { readonly from: number; readonly to: number; readonly step: number };

/** Consecutive points of a screen on one market: what they were, and what they came to, without a row a trial. */
export interface ScreenEntry extends LedgerSubject {
  readonly type: 'screen';
  readonly objective: string;
  readonly axes: Readonly<Record<string, LedgerAxis>>;
  readonly sampler: Sampler;
  /** Index of the first trial within the study; they follow one another. */
  readonly firstTrial: number;
  /** Points [from, to) of the space of these axes and sampler. */
  readonly points: { readonly from: number; readonly to: number };
  readonly failed: number;
  /** Of the trials with a defined Sharpe ratio; all others have none. */
  readonly sharpeAnn: MomentsOfTrials;
  readonly metrics: typeof LEDGER_METRICS;
  /** The trial of the greatest Sharpe ratio; null where none is defined. */
  readonly best: { readonly trial: number; readonly params: Params; readonly figures: LedgerFigureRow } | null;
  /** sha256 of the Parquet file that holds the trials. */
  readonly partHash: string;
}

/** The data that no choice has seen were evaluated, and what they showed. */
export interface HoldoutReadEntry extends LedgerSubject {
  readonly type: 'holdout-read';
  readonly metrics: typeof LEDGER_METRICS;
  readonly figures: LedgerFigureRow;
}

export interface NoteEntry {
  readonly type: 'note';
  readonly text: string;
  readonly claim: string | null;
}

export type LedgerEntry = TrialsEntry | ScreenEntry | HoldoutReadEntry | NoteEntry;

/** Trials that an entry records. */
export function trialsOf(entry: TrialsEntry | ScreenEntry): number {
  return entry.type === 'trials' ? entry.rows.length : entry.points.to - entry.points.from;
}

/** An entry as it stands in the file; `hash` is that of the line without it, `prev` that of the line before. */
export type LedgerLine = LedgerEntry & { readonly seq: number; readonly timeMs: number; readonly prev: string; readonly hash: string };

/** The last line that is known to be on the disk. */
export type LedgerHead = ChainHead;

export const LEDGER_RULES = CHAIN_RULES;
export type LedgerRule = ChainRule;
export type LedgerDamage = ChainDamage;
export type LedgerCheck = JournalCheck;
