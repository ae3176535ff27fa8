import type { Measurement } from './measure.ts';

/** `quick` is for tests: the same code on little data. */
export type Size = 'full' | 'quick';

/** What the headline figure of a case is taken from; processor time counts other work on the machine less. */
export type Quantity = 'processor' | 'wall' | 'bytes';

/** Figures compared before anything is timed. */
export interface Proof {
  /** What they were compared with, in words. */
  readonly against: string;
  /** Values compared. */
  readonly compared: number;
  /** Largest difference, relative to values above 1. */
  readonly largestDifference: number;
  readonly tolerance: number;
}

/** A case with its data in memory. */
export interface Prepared {
  /** The size in words, such as `7830 combinations × 10000 bars`. */
  readonly shape: string;
  /** Units of work of one run. */
  readonly units: number;
  prove(): Proof | Promise<Proof>;
  /** One run; of a case measured in bytes or in another process, what it measured: bytes, or seconds. */
  run(): number | void | Promise<number | void>;
  close?(): void | Promise<void>;
}

export interface Setting {
  readonly size: Size;
  /** Folder of the values that peers gave on fixed data; null = seeded data and the reference alone. */
  readonly golden: string | null;
  /** A folder of its own, removed at the end. */
  readonly folder: string;
}

/** A goal as a sentence, and whether it is reached; null where what it compares with was not measured. */
export interface Goal {
  readonly text: string;
  isReached(figures: GoalFigures): boolean | null;
}

export interface GoalFigures {
  readonly perSecond: number;
  /** Headline quantity of the case: seconds or bytes. */
  readonly value: number;
  /** How many times as fast as a peer or the C program; null where not measured. */
  timesFaster(than: string): number | null;
  /** The headline of another case of the same run. */
  valueOf(name: string): number | null;
}

export interface BenchCase {
  readonly name: string;
  readonly what: string;
  /** Unit of work: what `perSecond` and the nanoseconds count. */
  readonly unit: string;
  readonly quantity: Quantity;
  /** Stable enough for the gate: compute-bound and short. */
  readonly isGated: boolean;
  readonly goals: readonly Goal[];
  prepare(setting: Setting): Prepared | Promise<Prepared>;
}

/** A case that was carried out; either an error or figures. */
export interface CaseResult {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  readonly quantity: Quantity;
  readonly isGated: boolean;
  readonly shape: string;
  readonly units: number;
  readonly proof: Proof | null;
  /** Why nothing was timed. */
  readonly error: string | null;
  readonly measurement: Measurement | null;
}
