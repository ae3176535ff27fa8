import type { FeedPosition, Market } from '../types/index.ts';

export interface SequencerPatience {
  /** How long a bar is waited for once another shows that its time has come. Default 30 s. */
  readonly patienceMs?: number;
  /** After a close, before the source is asked for a bar that has not come by itself. Default 2 s. */
  readonly graceMs?: number;
  /** Between two questions for the same bar. Default 5 s. */
  readonly askAgainMs?: number;
  /** Bars of one question. Default 1000. */
  readonly maxAskBars?: number;
  /** Given bars of a market that can still be corrected. Default 64. */
  readonly keptBars?: number;
}

export interface SequencerOptions extends SequencerPatience {
  readonly markets: readonly Market[];
  readonly position: FeedPosition;
}

/** Bars that a source is to give again, by open time; `toMs` is exclusive. */
export interface BarRange {
  readonly key: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A question to a source: `hasLater` where a bar behind the range has come already. */
export interface BarAsk extends BarRange {
  readonly hasLater: boolean;
}

/** What a source said to a question: bars before `knownToMs` that were not pushed do not exist, later ones may. */
export interface BarAnswer extends BarRange {
  readonly knownToMs: number;
  readonly reason: string;
}

export type SequencerCounts = Record<'given' | 'duplicates' | 'revisions' | 'late' | 'gaps' | 'refused' | 'forming' | 'beforeStart', number>;
