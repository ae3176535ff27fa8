import { quantile } from '../../metrics/index.ts';
import { eachRow, type Panel, type Rows } from '../return-matrix.ts';
import type { DrawSource } from './draw-blocks.ts';
import { stationaryVariance } from './kernel-variance.ts';
import { bootstrapMaxima, type MaxStatistic } from './maxima.ts';
import { bootstrapPValue, type PValueRule } from './p-value.ts';

/** `studentised`: max(0, max √n·mean ÷ ω), Hansen's; `raw`: max mean, as the Python package arch compares, whose `upper` is White's Reality Check. */
export type SpaForm = 'studentised' | 'raw';
/** Which trials are recentred: all (`upper`), all but the clearly worse (`consistent`), or only those that are better (`lower`). */
export const SPA_BOUNDS = ['lower', 'consistent', 'upper'] as const;
export type SpaBound = (typeof SPA_BOUNDS)[number];
export type ByBound<T> = Readonly<Record<SpaBound, T>>;

/** A benchmark whose returns are taken off each trial's, times a weight of its own. */
export type WeightedBenchmark = NonNullable<MaxStatistic['benchmark']>;

/** What a test of superior predictive ability follows through the draws, and what it compares. */
export interface SpaStatistics {
  readonly observed: number;
  /** √n·mean ÷ ω of each trial, or its mean; −Infinity without spread. */
  readonly z: Float64Array;
  readonly byBound: ByBound<MaxStatistic>;
  /** What a maximum is raised to: max(0, ·) in Hansen's form. */
  readonly floor: number;
}

export interface SpaOptions {
  /** Mean block of the draws, for ω. */
  readonly meanBlock: number;
  readonly form?: SpaForm;
  readonly benchmark?: WeightedBenchmark;
}

/**
 * Statistics of superior predictive ability of a panel of returns over a benchmark, or over nothing.
 *
 * source  Hansen (2005), A Test for Superior Predictive Ability, J. Business & Economic Statistics 23(4)
 */
export function spaStatistics(panel: Rows, { meanBlock, form = 'studentised', benchmark }: SpaOptions): SpaStatistics {
  const { trials, days: n } = panel;
  const [scale, z] = [new Float64Array(trials), new Float64Array(trials).fill(-Infinity)];
  const shifts = { lower: new Float64Array(trials), consistent: new Float64Array(trials), upper: new Float64Array(trials) };
  const excess = new Float64Array(n);
  eachRow(panel, (row, k) => {
    excessOf(row, k, benchmark, excess);
    const mean = excess.reduce((sum, d) => sum + d, 0) / n;
    const variance = stationaryVariance(excess, meanBlock);
    if (!(variance > 0)) return;
    scale[k] = form === 'raw' ? 1 : Math.sqrt(n / variance);
    z[k] = scale[k] * mean;
    const threshold = -Math.sqrt((variance / n) * 2 * Math.max(0, Math.log(Math.log(n))));
    shifts.lower[k] = Math.min(0, mean);
    shifts.consistent[k] = mean >= threshold ? 0 : mean;
  });
  const statistic = (bound: SpaBound): MaxStatistic => ({ kind: 'mean', scale, shift: shifts[bound], benchmark });
  const floor = form === 'raw' ? -Infinity : 0;
  const observed = z.reduce((most, one) => Math.max(most, one), floor);
  return { observed, z, floor, byBound: { lower: statistic('lower'), consistent: statistic('consistent'), upper: statistic('upper') } };
}

/** p-values from the maxima of the draws. */
export function spaPValues({ observed, floor }: SpaStatistics, maxima: ByBound<Float64Array>, rule?: PValueRule): ByBound<number> {
  const p = (bound: SpaBound): number => bootstrapPValue(raised(maxima[bound], floor), observed, rule);
  return { lower: p('lower'), consistent: p('consistent'), upper: p('upper') };
}

export interface SpaTest {
  readonly statistics: SpaStatistics;
  readonly p: ByBound<number>;
  /** Maxima of the draws, raised to the floor. */
  readonly maxima: ByBound<Float64Array>;
}

/** The test over given draws, in this thread. */
export function spaTest(panel: Panel, source: DrawSource, options: SpaOptions & { readonly rule?: PValueRule }): SpaTest {
  const statistics = spaStatistics(panel, options);
  const [lower, consistent, upper] = bootstrapMaxima(panel, SPA_BOUNDS.map((bound) => statistics.byBound[bound]), source).map((maxima) => raised(maxima, statistics.floor));
  const maxima = { lower, consistent, upper };
  return { statistics, maxima, p: spaPValues(statistics, maxima, options.rule) };
}

/** What the observed maximum must exceed at a size: the type-7 quantile 1 − size of the draws' maxima. */
export function criticalValue(maxima: Float64Array, size: number): number {
  return quantile(maxima, 1 - size) as number;
}

function raised(maxima: Float64Array, floor: number): Float64Array {
  return maxima.map((one) => Math.max(one, floor));
}

function excessOf(row: Float64Array, k: number, benchmark: WeightedBenchmark | undefined, into: Float64Array): void {
  into.set(row);
  if (benchmark === undefined) return;
  for (let t = 0; t < into.length; t++) into[t] -= benchmark.weight[k] * benchmark.returns[t];
}
