import type { CausalityProof } from '../causality/index.ts';
import type { MarketRef } from '../run/index.ts';
import type { Axes, Sampler } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Params, ParamSpecs } from '../strategy/index.ts';
import type { AxisBins } from './summary/index.ts';
import type { KernelChoice, ScreenColumn } from './types.ts';

/** Changes with the columns of a stored trial, so that screens stored with others are not read as these. */
export const SCREEN_LAYOUT = 1;

export interface ScreenSpec {
  readonly screenLayout: number;
  readonly engineVersion: string;
  readonly strategyId: string;
  readonly codeHash: string;
  readonly paramSpecs: ParamSpecs;
  readonly axes: Axes;
  readonly sampler: Sampler;
  readonly objective: ScreenColumn;
  readonly markets: readonly MarketRef[];
  readonly config: SimulationConfig;
}

/** Identity and summary of a screen; the trials themselves lie in Parquet. */
export interface Screen {
  readonly id: string;
  readonly spec: ScreenSpec;
  readonly trials: number;
  readonly failed: number;
  readonly kernel: KernelChoice;
  /** One a market, or one for all that are traded together. */
  readonly markets: readonly ScreenMarket[];
  /** Parquet files in trial order, [from, to) each. */
  readonly parts: readonly { readonly from: number; readonly to: number; readonly sha256: string }[];
  /** Of the best trial of all markets; of the defaults on the first market where none has a value. */
  readonly causality: CausalityProof;
}

/** All trials of one market, without the table of them. */
export interface ScreenMarket {
  readonly trials: number;
  readonly failed: number;
  readonly objective: MomentsOfTrials;
  readonly sharpeAnn: MomentsOfTrials;
  /** By the objective, the first trial on ties. */
  readonly top: readonly ScreenTrial[];
  readonly axes: readonly ScreenAxis[];
  readonly maps: readonly ScreenMap[];
}

/** Of the trials that have a value; null where too few have. */
export interface MomentsOfTrials {
  readonly n: number;
  readonly mean: number | null;
  readonly variance: number | null;
}

export interface ScreenTrial {
  readonly trial: number;
  readonly market: number;
  readonly params: Params;
  readonly figures: Readonly<Record<ScreenColumn, number | null>>;
}

/** The objective along one axis, bin by bin. */
export interface ScreenAxis extends AxisBins {
  readonly trials: readonly number[];
  /** Trials with a value, and those above zero. */
  readonly defined: readonly number[];
  readonly positive: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly least: readonly (number | null)[];
  readonly best: readonly (number | null)[];
}

/** The objective over two axes; cell (x, y) at x × (bins of y) + y. */
export interface ScreenMap {
  readonly x: AxisBins;
  readonly y: AxisBins;
  readonly defined: Float64Array;
  /** NaN where no trial of the cell has a value. */
  readonly mean: Float64Array;
  readonly best: Float64Array;
}
