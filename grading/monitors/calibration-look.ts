import { blockLengthOf, momentsOf, quantile, seededRandom, spreadOf, stationaryBlocks } from '../../engine/index.ts';
import type { ModelVersion, MonitorReading, Outcome } from '../types/index.ts';
import { versionSeed } from './healthy-paths.ts';
import type { MonitorPolicy } from './policy.ts';
import { figure, notApplicable, reading } from './reading.ts';

/** Brier score of the published probability less that of the base rate; above 0 the model is worse than saying the same every time. */
export function brierExcess({ pUp, grossReturn }: Outcome, { grade: { base } }: ModelVersion): number {
  const happened = grossReturn > 0 ? 1 : 0;
  return (pUp - happened) ** 2 - (base.pUp - happened) ** 2;
}

/**
 * T10: one dated look every quarter at the daily means of the excess, by stationary bootstrap of their days; a model that is surely worse warns.
 *
 * source  Politis & Romano (1994)
 */
export function lookAtCalibration(excessByDay: readonly number[], version: ModelVersion, lookedAfterDays: number, { T10 }: MonitorPolicy): MonitorReading {
  const n = excessByDay.length;
  if (n < T10.minDays) return notApplicable('T10', `${n} of ${T10.minDays} days with outcomes`, n);
  if (spreadOf(momentsOf(excessByDay)) === null) return reading('T10', { state: 'ok', value: excessByDay[0], n, reason: 'every day the same distance from the Brier score of the base rate' });
  const means = bootstrapMeans(excessByDay, T10.draws, versionSeed(version), lookedAfterDays);
  const low = quantile(means, 1 - T10.confidence) ?? 0;
  const value = excessByDay.reduce((sum, x) => sum + x, 0) / n;
  return reading('T10', {
    state: low > 0 ? 'warn' : 'ok', value, n,
    reason: `Brier score less the base rate's, lower ${figure(100 * T10.confidence)} % bound ${figure(low)}, looked at after ${lookedAfterDays} days${low > 0 ? ': recalibrate as a new version' : ''}`,
  });
}

function bootstrapMeans(values: readonly number[], draws: number, seed: number, look: number): Float64Array {
  const n = values.length;
  const block = blockLengthOf(values);
  const random = seededRandom(seed, `calibration:${look}`);
  const starts = new Int32Array(n);
  const lengths = new Int32Array(n);
  return Float64Array.from({ length: draws }, () => {
    const count = stationaryBlocks(random, n, block, starts, lengths);
    let sum = 0;
    for (let b = 0; b < count; b++) for (let i = 0; i < lengths[b]; i++) sum += values[(starts[b] + i) % n];
    return sum / n;
  });
}
