export const ALERT_SUBJECTS = ['grade', 'investor', 'signal', 'price', 'model_state', 'drift', 'moonshot', 'index', 'stale', 'report'] as const;
export type AlertSubject = (typeof ALERT_SUBJECTS)[number];
export type Severity = 'info' | 'warning' | 'critical';

/** An alert that a rule raised on a closed bar; `key` is unique: rule, scope and bar. */
export interface FiredAlert {
  readonly key: string;
  readonly ruleId: string;
  readonly subject: AlertSubject;
  readonly severity: Severity;
  /** Market or model that it is about. */
  readonly scope: string;
  /** Of the closed bar that it follows from. */
  readonly asOfMs: number;
  readonly value: number | string | null;
  readonly threshold: number | string | null;
  readonly text: string;
  readonly channels: readonly string[];
  /** What a reader needs beside it: grade, probability, interval, model state. */
  readonly facts: Readonly<Record<string, number | string | null>>;
}
