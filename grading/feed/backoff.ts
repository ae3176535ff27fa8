import type { Random } from '../../engine/index.ts';

export interface Backoff {
  /** Pause after the first failure; it doubles with each. Default 500 ms. */
  readonly baseMs: number;
  /** Default 60 s. */
  readonly maxMs: number;
}

export const DEFAULT_BACKOFF: Backoff = { baseMs: 500, maxMs: 60_000 };

/**
 * Pause after the nth failure in a row (from 1): half of it certain, half by chance, so that many clients do not come back at once.
 *
 * source  M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog (2015), "equal jitter"
 */
export function backoffMs(failures: number, { baseMs, maxMs }: Backoff, random: Random): number {
  const fullMs = Math.min(maxMs, baseMs * 2 ** Math.min(30, failures - 1));
  return fullMs * (0.5 + 0.5 * random());
}
