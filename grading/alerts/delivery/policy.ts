import { DAY_MS, HOUR_MS, seededRandom, SECOND_MS } from '../../../engine/index.ts';

export interface DeliveryPolicy {
  /** Failed attempts after which an alert goes to the dead letters. */
  readonly maxAttempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** An alert that is older when it comes is not sent: it goes to the dead letters. */
  readonly expireAfterMs: number;
  /** Alerts that are gathered so long go out as one message; 0: each at once. */
  readonly groupMs: number;
  /** Largest group. */
  readonly groupSize: number;
}

export const DELIVERY_POLICY: DeliveryPolicy = { maxAttempts: 12, firstDelayMs: 5 * SECOND_MS, maxDelayMs: HOUR_MS, expireAfterMs: DAY_MS, groupMs: 0, groupSize: 20 };

const LONGEST_PAUSE_MS = DAY_MS;

/** Wait after the n-th failed attempt (from 1): twice as long each time up to the largest, of which a seeded draw leaves half to all. */
export function backoffMs({ firstDelayMs, maxDelayMs }: DeliveryPolicy, attempt: number, seed: number, stream: string): number {
  const full = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return Math.round(full * (0.5 + 0.5 * seededRandom(seed, `${stream}:${attempt}`)()));
}

/** A pause that a receiver asks for, within a day. */
export function pauseMs(retryAfterMs: number | null): number | null {
  return retryAfterMs === null ? null : Math.min(LONGEST_PAUSE_MS, Math.max(0, retryAfterMs));
}
