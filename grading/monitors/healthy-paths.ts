import { contentId, momentsOf, type Random, seededRandom, spreadOf } from '../../engine/index.ts';
import type { ModelVersion } from '../types/index.ts';
import type { MonitorPolicy } from './policy.ts';

/** What a model promised, as the statistics of its profit need it. */
export interface Promised {
  /** Daily net returns out of sample, shifted so that their mean is the haircut of what it was. */
  readonly healthy: Float64Array;
  readonly blockDays: number;
  /** Sample deviation of a day's return. */
  readonly sd: number;
  /** Haircut mean ÷ deviation, a day. */
  readonly good: number;
  /** Of a winsorised day in deviations: midpoint between its mean when healthy and when the plain mean is 0. */
  readonly midpoint: number;
  /** The same of the sample, for its own paths. */
  readonly sampleMidpoint: number;
  readonly winsorSd: number;
}

/**
 * The promise of a version at its haircut.
 *
 * null    where the out-of-sample mean is not above 0, or the returns have no spread
 */
export function promisedOf(version: ModelVersion, { haircut, T6: { winsorSd } }: Pick<MonitorPolicy, 'haircut' | 'T6'>): Promised | null {
  const { dailyReturns, blockDays } = version.oos;
  const moments = momentsOf(dailyReturns);
  const sd = spreadOf(moments);
  if (sd === null || !(moments.mean > 0)) return null;
  const healthy = Float64Array.from(dailyReturns, (r) => r - (1 - haircut) * moments.mean);
  const good = (haircut * moments.mean) / sd;
  const n = healthy.length;
  const sampleMidpoint = healthy.reduce((sum, r) => sum + winsorised(r / sd, winsorSd) + winsorised(r / sd - good, winsorSd), 0) / (2 * n);
  const midpoint = sampleMidpoint - chanceOf(healthy.map((r) => r / sd - good), winsorSd);
  return { healthy, blockDays: Math.max(1, blockDays), sd, good, midpoint, sampleMidpoint, winsorSd };
}

/** Mean that cutting gives to days of mean 0, where it is no more than twice its error: then it is the sample's, not the model's skewness. */
function chanceOf(centred: Float64Array, winsorSd: number): number {
  const cut = momentsOf(centred.map((z) => winsorised(z, winsorSd) - z));
  const error = (spreadOf(cut) ?? 0) / Math.sqrt(cut.count);
  return Math.abs(cut.mean) <= 2 * error ? cut.mean : 0;
}

/** A value cut at ± limit. */
export function winsorised(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

/**
 * One path of a healthy model: stationary bootstrap of the shifted returns, into `path`.
 *
 * source  Politis & Romano (1994), J. Am. Stat. Assoc. 89(428)
 */
export function drawPath({ healthy, blockDays }: Promised, random: Random, path: Float64Array): void {
  const n = healthy.length;
  let row = 0;
  for (let t = 0; t < path.length; t++) {
    if (t === 0 || random() * blockDays < 1) row = Math.floor(random() * n);
    path[t] = healthy[row];
    if (++row === n) row = 0;
  }
}

/** The random numbers of path b of a model; the same on every machine. */
export function pathStream(seed: number, path: number): Random {
  return seededRandom(seed, `healthy:${path}`);
}

/** Seed of everything that is drawn for a version. */
export function versionSeed(version: ModelVersion): number {
  return Number.parseInt(contentId(version).slice(0, 12), 16);
}
