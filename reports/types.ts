import type { Run, Screen, Sweep, Trial, Validation, WalkForward } from '../engine/index.ts';

/** What the artefact does not know: when and how it was made, and what its data are. */
export interface ReportContext {
  readonly title?: string;
  readonly createdAtMs?: number;
  /** The command line that made the artefact. */
  readonly command?: string;
  readonly seed?: number;
  /** Where the bars come from and what was wrong with them, one sentence each. */
  readonly dataNotes?: readonly string[];
  /** Whatever the author wants to say. */
  readonly notes?: readonly string[];
}

export interface RunReport extends ReportContext {
  readonly kind: 'run';
  readonly run: Run;
}

export interface SweepReport extends ReportContext {
  readonly kind: 'sweep';
  readonly sweep: Sweep;
  readonly trials: readonly Trial[];
  /** The best trial, run in full. */
  readonly bestRun?: Run;
}

export interface ScreenReport extends ReportContext {
  readonly kind: 'screen';
  readonly screen: Screen;
  /** What the trial ledger has counted for the claim of the screen. */
  readonly ledger?: { readonly claim: string; readonly n: number };
}

export interface WalkForwardReport extends ReportContext {
  readonly kind: 'walkforward';
  readonly walkForward: WalkForward;
  /** The same space over the whole window: hindsight, shown for its shape only. */
  readonly sweepOnFullWindow?: { readonly sweep: Sweep; readonly trials: readonly Trial[] };
}

export interface ValidationReport extends ReportContext {
  readonly kind: 'validation';
  readonly validation: Validation;
  /** The walk-forward that the evidence is of. */
  readonly walkForward: WalkForward;
}

export type ReportInput = RunReport | SweepReport | ScreenReport | WalkForwardReport | ValidationReport;

export interface ReportAssets {
  /** The built reports/client: dist/reports/client/client.js as text. */
  readonly script: string;
}
