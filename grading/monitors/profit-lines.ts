import type { ModelVersion } from '../types/index.ts';
import { drawPath, pathStream, type Promised, promisedOf, versionSeed, winsorised } from './healthy-paths.ts';
import type { MonitorPolicy } from './policy.ts';
import { liveSharpe, sharpePrior } from './sharpe-posterior.ts';
import { yearlyLines } from './yearly-lines.ts';

interface Lines {
  readonly watch: readonly number[];
  readonly suspend: readonly number[];
}

/** Where the statistics of a model's profit alarm: a line a year, drawn by paths of the model itself at the haircut of its promise. */
export interface ProfitLines {
  readonly promised: Omit<Promised, 'healthy'>;
  /** Of the CUSUM of winsorised days. */
  readonly cusum: Lines;
  /** Depth at an age (every `SCALE_STEP_DAYS`) that a twentieth of the paths exceeds; simultaneous bands are so many times as deep. */
  readonly depth: Lines & { readonly scale: readonly number[] };
  /** Of −Φ⁻¹(P(SR > 0)). */
  readonly posterior: Lines;
}

export const SCALE_STEP_DAYS = 15;
const SCALE_QUANTILE = 0.95;

/**
 * Lines of T6, T7 and T8, all from the same paths: in each year a given share of healthy models crosses them.
 *
 * null    where the version promised no profit
 */
export function profitLines(version: ModelVersion, policy: MonitorPolicy): ProfitLines | null {
  const promised = promisedOf(version, policy);
  if (promised === null) return null;
  const { T6, T7, T8, simulation: { paths, yearDays, years } } = policy;
  const table = (): Float64Array[] => Array.from({ length: years }, () => new Float64Array(paths).fill(-Infinity));
  const walk: Walk = { promised, yearDays, cusum: table(), posterior: table(), depths: new Float32Array(paths * yearDays * years), lowScore: lowScoreOf(version, promised, policy) };
  const path = new Float64Array(yearDays * years);
  const seed = versionSeed(version);
  for (let b = 0; b < paths; b++) {
    drawPath(promised, pathStream(seed, b), path);
    walkPath(path, b, walk);
  }
  const scale = depthScale(walk.depths, paths, T7.minAgeDays);
  const depth = depthRatios(walk.depths, scale, table(), yearDays);
  const lines = (highest: readonly Float64Array[], { watchBudget, suspendBudget }: { readonly watchBudget: number; readonly suspendBudget: number }): Lines => ({
    watch: yearlyLines(highest, watchBudget), suspend: yearlyLines(highest, suspendBudget),
  });
  const { healthy: _, ...stated } = promised;
  return {
    promised: stated, cusum: lines(walk.cusum, T6), depth: { scale, ...lines(depth, T7) }, posterior: lines(walk.posterior, T8),
  };
}

/** −Φ⁻¹(P(SR > 0)) after the sums of n days. */
type LowScore = (n: number, sum: number, squares: number) => number;

/** As the live monitor computes it; −Infinity before it may alarm. */
function lowScoreOf({ oos }: ModelVersion, { sd }: Promised, { T8, haircut }: MonitorPolicy): LowScore {
  const prior = sharpePrior(oos.sharpeAnn, oos.sharpeErrorAnn, haircut);
  if (prior === null) return () => -Infinity;
  const precision = 1 / (prior.sd * prior.sd);
  return (n, sum, squares) => {
    if (n < T8.minDays) return -Infinity;
    const { estimate, error } = liveSharpe({ n, sum, squares }, sd, T8.priorDays, oos.observationsPerYear);
    const live = 1 / (error * error);
    return -(precision * prior.mean + live * estimate) / Math.sqrt(precision + live);
  };
}

interface Walk {
  readonly promised: Promised;
  readonly yearDays: number;
  readonly cusum: readonly Float64Array[];
  readonly posterior: readonly Float64Array[];
  readonly depths: Float32Array;
  readonly lowScore: LowScore;
}

function walkPath(path: Float64Array, b: number, { promised: { sd, sampleMidpoint, winsorSd }, yearDays, cusum: cusums, posterior, depths, lowScore }: Walk): void {
  const days = path.length;
  let cusum = 0;
  let sum = 0;
  let squares = 0;
  let wealth = 1;
  let peak = 1;
  for (let t = 0, year = 0; t < days; t++) {
    if (t === (year + 1) * yearDays) year++;
    const r = path[t];
    cusum = Math.max(0, cusum + sampleMidpoint - winsorised(r / sd, winsorSd));
    if (cusum > cusums[year][b]) cusums[year][b] = cusum;
    sum += r;
    squares += r * r;
    const score = lowScore(t + 1, sum, squares);
    if (score > posterior[year][b]) posterior[year][b] = score;
    wealth *= Math.max(0, 1 + r);
    if (wealth > peak) peak = wealth;
    depths[b * days + t] = 1 - wealth / peak;
  }
}

/** Before `minAgeDays` the depth of that age: a band around the first days would be all about single days. */
function depthScale(depths: Float32Array, paths: number, minAgeDays: number): number[] {
  const days = depths.length / paths;
  const ofAge = new Float32Array(paths);
  return Array.from({ length: Math.floor(days / SCALE_STEP_DAYS) + 1 }, (_, step) => {
    const t = Math.min(days, Math.max(minAgeDays, step * SCALE_STEP_DAYS)) - 1;
    for (let b = 0; b < paths; b++) ofAge[b] = depths[b * days + t];
    ofAge.sort();
    return ofAge[Math.floor(SCALE_QUANTILE * (paths - 1))];
  });
}

/** The scale at an age, linear between its steps. */
export function scaleAt(scale: readonly number[], day: number): number {
  const at = Math.min(scale.length - 1, Math.max(0, day / SCALE_STEP_DAYS));
  const below = Math.floor(at);
  return scale[below] + (at - below) * ((scale[below + 1] ?? scale[below]) - scale[below]);
}

function depthRatios(depths: Float32Array, scale: readonly number[], highest: readonly Float64Array[], yearDays: number): readonly Float64Array[] {
  const days = yearDays * highest.length;
  const perScale = Float64Array.from({ length: days }, (_, t) => 1 / scaleAt(scale, t + 1));
  for (let b = 0; b < depths.length / days; b++) {
    for (let t = 0, year = 0; t < days; t++) {
      if (t === (year + 1) * yearDays) year++;
      const ratio = depths[b * days + t] * perScale[t];
      if (ratio > highest[year][b]) highest[year][b] = ratio;
    }
  }
  return highest;
}
