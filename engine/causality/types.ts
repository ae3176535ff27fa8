/** G1, G3: decisions and features that changed when the future was cut off, corrupted, or the past made longer. */
export interface CausalityProof {
  readonly cuts: number;
  readonly seed: number;
  /** Decisions compared over all cuts. */
  readonly compared: number;
  readonly leaks: readonly Leak[];
  /** Decisions after the declared warm-up that a longer history changed, of those compared. */
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
  /** `decision`, or the name of the feature. */
  readonly subject: string;
  readonly cutBar: number;
  readonly cutTimeMs: number;
  /** Furthest bar before the cut that changed, in bars. */
  readonly reachBars: number;
  readonly changed: number;
  readonly message: string;
}
