import { canonicalJson, sha256 } from '../../engine/index.ts';
import type { ModelHealth, ModelState, MonitorId, MonitorReading, Transition } from '../types/index.ts';
import type { MonitorPolicy } from './policy.ts';

/** Monitors that may move a model; the others warn. */
const DEMOTING: readonly MonitorId[] = ['T0', 'T1', 'T2', 'T5', 'T6', 'T7', 'T8', 'T11'];
/** Those whose value is compared with a fraction of its line before a watched model is calm. */
const MEASURED: readonly MonitorId[] = ['T5', 'T6', 'T7'];

/** Whether nothing of a reading speaks against a model. */
export function isCalm(readings: readonly MonitorReading[], { recovery: { calmFrac } }: MonitorPolicy): boolean {
  return readings.every(({ id, state, value, watchAt }) => {
    if (!DEMOTING.includes(id)) return true;
    if (state === 'watch' || state === 'suspend') return false;
    return !MEASURED.includes(id) || value === null || watchAt === null || Math.abs(value) < calmFrac * Math.abs(watchAt);
  });
}

/**
 * The change of state that a day's health asks for: the worst reading moves a model down; a watched one returns after enough calm days.
 *
 * null    where it stays; a suspended model never returns by itself
 */
export function decide(health: ModelHealth, calmDays: number, policy: MonitorPolicy): Transition | null {
  const { state, monitors } = health;
  const worst = (level: MonitorReading['state']): MonitorReading | undefined => monitors.find((one) => one.state === level && DEMOTING.includes(one.id));
  const suspending = worst('suspend');
  if (suspending !== undefined && (state === 'SHADOW' || state === 'LIVE' || state === 'WATCH')) return moved(health, 'SUSPENDED', suspending);
  const watching = worst('watch');
  if (watching !== undefined && state === 'LIVE') return moved(health, 'WATCH', watching);
  const { recovery } = policy;
  if (state !== 'WATCH' || calmDays < recovery.calmDays) return null;
  const cusum = monitors.find(({ id }) => id === 'T6');
  return {
    model: health.model, from: 'WATCH', to: 'LIVE', reason: `every statistic below ${recovery.calmFrac} of its line for ${calmDays} days`, actor: 'T6', statistic: cusum?.name ?? null,
    value: cusum?.value ?? null, threshold: cusum?.watchAt === null || cusum === undefined ? null : recovery.calmFrac * cusum.watchAt, evidenceSha256: sha256(canonicalJson(health)),
  };
}

function moved(health: ModelHealth, to: ModelState, { id, name, value, watchAt, suspendAt, reason }: MonitorReading): Transition {
  return {
    model: health.model, from: health.state, to, reason, actor: id, statistic: name, value, threshold: to === 'SUSPENDED' ? (suspendAt ?? watchAt) : watchAt,
    evidenceSha256: sha256(canonicalJson(health)),
  };
}
