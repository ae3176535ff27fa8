import type { CausalityProof } from '../causality/index.ts';
import type { Metrics, MetricName } from '../metrics/index.ts';
import type { MarketRef } from '../run/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Params, ParamSpecs } from '../strategy/index.ts';
import type { HeadlineBand } from './trial-columns.ts';

/** What is searched: every point of a grid, or seeded random points. */
export type Sampler = { readonly kind: 'grid' } | { readonly kind: 'random'; readonly points: number; readonly seed: number };

/** One parameter point on one market, evaluated; a failure is a row with its reason. */
export interface Trial {
  readonly index: number;
  readonly market: number;
  readonly params: Params;
  readonly state: 'ok' | 'failed';
  /** Null where the trial failed; NaN never appears. */
  readonly metrics: Metrics | null;
  /** Headlines under both resolutions of its ambiguous bars; null where the trial failed. */
  readonly band: HeadlineBand | null;
  readonly reason: string | null;
}

/** Identity and summary of a sweep; the trials themselves lie in Parquet. */
export interface Sweep {
  readonly id: string;
  readonly spec: SweepSpec;
  readonly trials: number;
  readonly failed: number;
  /** Best trial of each market by the objective, first index on ties; null when none has a value. */
  readonly best: readonly (Trial | null)[];
  /** Of the best trial of all markets; of the defaults on the first market where none has a value. */
  readonly causality: CausalityProof;
}

export interface SweepSpec {
  /** Which columns a stored trial has: TRIAL_LAYOUT. */
  readonly trialLayout: number;
  readonly engineVersion: string;
  readonly strategyId: string;
  readonly codeHash: string;
  readonly paramSpecs: ParamSpecs;
  /** The values searched of each parameter, in grid order (random: the range it was drawn from). */
  readonly axes: Readonly<Record<string, readonly (number | string | boolean)[]>>;
  readonly sampler: Sampler;
  readonly objective: MetricName;
  readonly markets: readonly MarketRef[];
  readonly config: SimulationConfig;
}
