import type { MonitorId, MonitorReading } from '../types/index.ts';

const NAMES: Readonly<Record<MonitorId, string>> = {
  T0: 'integrity', T1: 'reconciliation', T2: 'costs', T3: 'features', T4: 'score drift', T5: 'IC CUSUM', T6: 'profit CUSUM', T7: 'drawdown', T8: 'Sharpe posterior',
  T9: 'shortfall evidence', T10: 'calibration', T11: 'expiry',
};

/** A reading under its name; lines that a monitor does not have are null. */
export function reading(id: MonitorId, part: Omit<MonitorReading, 'id' | 'name' | 'watchAt' | 'suspendAt'> & Partial<MonitorReading>): MonitorReading {
  const { state, value, watchAt = null, suspendAt = null, n, reason } = part;
  return { id, name: NAMES[id], state, value, watchAt, suspendAt, n, reason };
}

export function notApplicable(id: MonitorId, reason: string, n = 0): MonitorReading {
  return reading(id, { state: 'n/a', value: null, n, reason });
}

/** The state of a statistic of which more is worse. */
export function stateAbove(value: number, watchAt: number, suspendAt: number | null): 'ok' | 'watch' | 'suspend' {
  if (suspendAt !== null && value > suspendAt) return 'suspend';
  return value > watchAt ? 'watch' : 'ok';
}

/** Four digits, for reasons that people read. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}

export function percent(share: number): string {
  return `${figure(100 * share)} %`;
}
