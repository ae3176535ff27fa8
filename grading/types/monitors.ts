import type { ModelKey, ModelState } from './model.ts';

export const MONITOR_IDS = ['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11'] as const;
export type MonitorId = (typeof MONITOR_IDS)[number];

export interface MonitorReading {
  readonly id: MonitorId;
  readonly name: string;
  /** `n/a` where it cannot be computed yet: then with a reason. */
  readonly state: 'ok' | 'warn' | 'watch' | 'suspend' | 'n/a';
  readonly value: number | null;
  readonly watchAt: number | null;
  readonly suspendAt: number | null;
  /** Observations that it rests on. */
  readonly n: number;
  readonly reason: string;
}

export type Letter = 'A' | 'B' | 'C' | 'D' | 'F';

/** What a model is worth today against its promise. */
export interface ModelHealth {
  readonly model: ModelKey;
  readonly state: ModelState;
  readonly atMs: number;
  readonly liveDays: number;
  readonly monitors: readonly MonitorReading[];
  /** 0 … 100; capped at 60 below 30 live days, at 20 where T0 or T1 fails. */
  readonly modelGrade: number | null;
  readonly letter: Letter | null;
  readonly isProvisional: boolean;
  readonly parts: Readonly<Record<'reconciliation' | 'calibration' | 'sharpe' | 'costs' | 'health' | 'freshness', { readonly points: number | null; readonly of: number; readonly n: number; readonly why: string }>>;
}
