import type { FiredAlert } from '../../types/index.ts';

/** What is to be sent at once: one alert, or a burst of them. */
export interface AlertMessage {
  /** The same in every attempt, so that a receiver can tell what it has already. */
  readonly deliveryId: string;
  readonly alerts: readonly FiredAlert[];
}

/** What came of an attempt; an error never holds a secret. */
export type SendResult =
  | { readonly isSent: true; readonly detail: string | null }
  | {
    readonly isSent: false;
    readonly error: string;
    /** Another attempt would not help. */
    readonly isPermanent: boolean;
    /** How long the receiver asks to be left alone. */
    readonly retryAfterMs: number | null;
  };

/** A way out. It never throws for what a receiver or a network does. */
export interface AlertChannel {
  readonly name: string;
  readonly type: string;
  send(message: AlertMessage, atMs: number): Promise<SendResult>;
}

export const sent = (detail: string | null = null): SendResult => ({ isSent: true, detail });

export function notSent(error: string, { isPermanent = false, retryAfterMs = null }: { readonly isPermanent?: boolean; readonly retryAfterMs?: number | null } = {}): SendResult {
  return { isSent: false, error, isPermanent, retryAfterMs };
}
