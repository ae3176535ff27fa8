import { DAY_MS, formatTime } from '../../engine/index.ts';
import type { ModelVersion, MonitorReading } from '../types/index.ts';
import { reading } from './reading.ts';

/** T11: a version ends with its validity; a retraining that is overdue warns before. */
export function readExpiry({ expiry: { validUntilMs, retrainEveryDays }, promotedAtMs }: ModelVersion, atMs: number): MonitorReading {
  const ageDays = (atMs - promotedAtMs) / DAY_MS;
  const suspendAt = (validUntilMs - promotedAtMs) / DAY_MS;
  const common = { value: ageDays, suspendAt, n: 1 };
  if (atMs > validUntilMs) return reading('T11', { ...common, state: 'suspend', reason: `stale: valid until ${formatTime(validUntilMs)}; a new version takes its place` });
  if (retrainEveryDays > 0 && ageDays > retrainEveryDays) return reading('T11', { ...common, state: 'warn', reason: `retraining every ${retrainEveryDays} days is overdue` });
  return reading('T11', { ...common, state: 'ok', reason: `valid until ${formatTime(validUntilMs)}` });
}
