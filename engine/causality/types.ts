/** G1, G3: decisions, features and scores that changed when the future was cut off, corrupted, or the past made longer. */
export interface CausalityProof {
  /** 0 where the bars are too few, or a repetition differed and nothing else could be told. */
  readonly cuts: number;
  readonly seed: number;
  /** Decisions after the warm-up compared over all cuts. */
  readonly compared: number;
  readonly leaks: readonly Leak[];
  /**
   * Decisions after the declared warm-up that a longer history changed by more than 0.1 % of their scale, of those compared. The largest
   * difference is one of exposure; of orders it is a share of the number that differs, 1 where they differ in kind.
   */
  readonly warmup: { readonly compared: number; readonly changed: number; readonly maxDifference: number };
  /** Decisions of bar-by-bar evaluation that differ from those over all bars at once, of those compared. */
  readonly incremental: { readonly compared: number; readonly changed: number };
}

export const LEAK_NAMES = [
  'reads-ahead', 'centred-window', 'whole-sample', 'frame-extremes', 'calendar-period', 'state-across-calls', 'unnamed',
] as const;
export type LeakName = (typeof LEAK_NAMES)[number];

/** A look-ahead by name: what changed, at which bar first, and the sentence that a user reads. */
export interface Leak {
  readonly name: LeakName;
  readonly test: 'truncate' | 'corrupt' | 'repeat';
  /** `decision`, `score`, or the name of the feature. */
  readonly subject: string;
  /** First bar of the whole series that was cut off or replaced. */
  readonly cutBar: number;
  readonly cutTimeMs: number;
  /** Furthest bar before the cut that changed, in bars: 1 is the bar just before it. */
  readonly reachBars: number;
  /** Changed values over all cuts. */
  readonly changed: number;
  /** Names strategy, subject, the bar of the furthest change, and what to do. */
  readonly message: string;
}
