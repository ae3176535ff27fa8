import type { BarsHandle } from '../market/index.ts';
import type { Axes, Sampler } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/** What a screen keeps of every point; each as in the run of that point alone. */
export const SCREEN_COLUMNS = ['totalReturn', 'sharpeAnn', 'maxDrawdown', 'trades', 'winRate', 'exposure', 'ambiguousBars'] as const;
export type ScreenColumn = (typeof SCREEN_COLUMNS)[number];
export const SCREEN_WIDTH = SCREEN_COLUMNS.length;

/** Figures of consecutive points. */
export interface ScreenBlock {
  /** Trial index of the first point. */
  readonly from: number;
  readonly count: number;
  /** shape  [SCREEN_WIDTH × count], column after column; NaN = undefined */
  readonly values: Float64Array;
  /** Why a point failed, by trial index; those absent succeeded. */
  readonly failures: Readonly<Record<number, string>>;
}

export const KERNELS_OF_SCREENS = ['event kernel', 'vector kernel', 'event engine'] as const;

/** What walks the points of a screen, and why it is nothing faster. */
export interface KernelChoice {
  /** `event kernel` visits entries and exits only, `vector kernel` every bar, `event engine` every order; all fill alike. */
  readonly kernel: (typeof KERNELS_OF_SCREENS)[number];
  readonly reasons: readonly string[];
}

/** All points of one space on one market, or on the markets that are traded together. */
export interface ScreenSubject {
  readonly axes: Axes;
  readonly sampler: Sampler;
  readonly markets: readonly BarsHandle[];
  readonly config: SimulationConfig;
  /** Ceiling of what one worker keeps of lines, conditions and tables. */
  readonly memoryBytes: number;
  /** Points of the space, and the trial index of its first. */
  readonly points: number;
  readonly firstTrial: number;
}
