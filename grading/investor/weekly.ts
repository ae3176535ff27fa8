import { DAY_MS, WEEK_MS } from '../../engine/index.ts';

/** Monday 00:00 UTC: the first of the epoch was its fifth day. */
export function isWeeklyUpdate(closeTimeMs: number): boolean {
  return (closeTimeMs - 4 * DAY_MS) % WEEK_MS === 0;
}
