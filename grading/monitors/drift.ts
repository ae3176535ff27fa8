import type { ModelVersion, MonitorReading } from '../types/index.ts';
import { dissimilarity, type Drift, type DriftDay, driftOf, qValues } from './drift-sample.ts';
import type { MonitorPolicy } from './policy.ts';
import { figure, notApplicable, percent, reading } from './reading.ts';

/** T3: the share of a model's inputs that no longer look as they did; warns only. */
export function readFeatures(samples: ReadonlyMap<string, readonly DriftDay[]>, { reference: { features } }: ModelVersion, { T3 }: MonitorPolicy): MonitorReading {
  const known = Object.entries(features).flatMap(([name, quantiles]) => {
    const drift = driftOf(samples.get(name) ?? [], quantiles, T3.psi);
    return drift === null ? [] : [{ name, drift }];
  });
  if (known.length === 0) return notApplicable('T3', 'no live values of the inputs');
  const ready = known.filter(({ drift }) => drift.nEffective >= T3.minSamples || drift.missingRate > T3.missingRate);
  const n = Math.floor(Math.min(...known.map(({ drift }) => drift.nEffective)));
  if (ready.length === 0) return notApplicable('T3', `${n} of ${T3.minSamples} days that are worth independent ones`, n);
  const q = qValues(ready.map(({ drift }) => drift));
  const drifting = ready.filter(({ drift }, i) => isDrifting(drift, q[i], T3));
  const value = drifting.length / known.length;
  const reason = drifting.length === 0 ? `${known.length} inputs as they were` : `drifting: ${drifting.map(({ name, drift }) => `${name} (PSI ${figure(drift.psi)}, missing ${percent(drift.missingRate)})`).join(', ')}`;
  return reading('T3', { state: value > T3.driftingShare ? 'warn' : 'ok', value, n, reason });
}

function isDrifting({ psi, psiLimit, missingRate, nEffective }: Drift, q: number, { falseDiscovery, missingRate: most, minSamples }: MonitorPolicy['T3']): boolean {
  return missingRate > most || (nEffective >= minSamples && (psi > psiLimit || q < falseDiscovery));
}

/** T4: whether live scores are drawn from what they were, and today's inputs lie within what the model has seen; warns only. */
export function readScores(days: readonly DriftDay[], today: readonly Readonly<Record<string, number | null>>[], { reference }: ModelVersion, { T4 }: MonitorPolicy): MonitorReading {
  const drift = driftOf(days, reference.score, Number.POSITIVE_INFINITY);
  if (drift === null) return notApplicable('T4', 'no live score yet');
  const distances = today.flatMap((inputs) => dissimilarity(inputs, { ...reference.features, score: reference.score }) ?? []);
  const distance = distances.length === 0 ? null : Math.max(...distances);
  const isStrange = distance !== null && distance > T4.dissimilarity;
  const inputs = distance === null ? '' : `; dissimilarity ${figure(distance)}${isStrange ? ': abstain' : ''}`;
  const n = Math.floor(drift.nEffective);
  if (drift.nEffective < T4.minSamples) {
    if (!isStrange) return notApplicable('T4', `${n} of ${T4.minSamples} days that are worth independent ones${inputs}`, n);
    return reading('T4', { state: 'warn', value: null, n, reason: `inputs beyond what the model has seen${inputs}` });
  }
  return reading('T4', { state: drift.p < T4.p || isStrange ? 'warn' : 'ok', value: drift.p, n, reason: `KS distance ${figure(drift.distance)}, p ${figure(drift.p)}${inputs}` });
}
