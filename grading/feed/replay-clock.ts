import type { Clock } from '../types/index.ts';

/** The time of a replay; it only goes forward. */
export interface ReplayClock extends Clock {
  advanceTo(ms: number): void;
}

export function replayClock(startMs = 0): ReplayClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    advanceTo: (ms) => { nowMs = Math.max(nowMs, ms); },
  };
}
