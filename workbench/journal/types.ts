/** What is to be written: plain JSON. */
export interface JournalDraft {
  readonly type: string;
  /** Epoch ms. */
  readonly tsMs: number;
  readonly [field: string]: unknown;
}

/** What was written. */
export interface JournalLine extends JournalDraft, ChainFields {
  /** It is the last of its batch. */
  readonly last?: true;
}

/** What chains one line to the line before: `hash` is that of the line without it, `prev` that of the line before. */
export interface ChainFields {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

export type ChainLine = ChainFields & Readonly<Record<string, unknown>>;

/** A line by its number and its hash. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export interface ChainFiles {
  readonly folder: string;
  readonly lines: string;
  /** The last line that is known to be on the disk. */
  readonly head: string;
}

/** A kind of hash-chained file. */
export interface Chain {
  /** As a message calls it: `the <title> is damaged`. */
  readonly title: string;
  readonly files: ChainFiles;
  /** Whether a line is the last of those that were written at once. */
  readonly endsBatch: (line: ChainLine) => boolean;
}

export const CHAIN_RULES = ['edited', 'deleted', 'reordered', 'truncated', 'missing', 'head-missing'] as const;
export type ChainRule = (typeof CHAIN_RULES)[number];

/** The first entry that is not as it was written. */
export interface ChainDamage {
  readonly seq: number;
  readonly rule: ChainRule;
  readonly message: string;
}

export interface JournalCheck {
  /** Whole ones, before the damage. */
  readonly entries: number;
  /** Hash of the last of them; zeros where there is none. */
  readonly hash: string;
  readonly damage: ChainDamage | null;
  /** Bytes after the last whole batch, 0 where damaged: a kill while appending; the next append moves them aside. */
  readonly tornBytes: number;
}
