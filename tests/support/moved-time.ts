import type { Clock, Timers } from '../../grading/index.ts';

/** A clock with timers that a test moves. */
export function movedTime(startMs: number) {
  let nowMs = startMs;
  let id = 0;
  const waiting = new Map<number, { readonly atMs: number; readonly work: () => void }>();
  const clock: Clock = { nowMs: () => nowMs };
  const timers: Timers = {
    set: (work, ms) => {
      waiting.set(++id, { atMs: nowMs + ms, work });
      return id;
    },
    clear: (handle) => void waiting.delete(handle as number),
  };
  return {
    clock, timers,
    /** Time of the next timer; null where there is none. */
    nextMs: (): number | null => (waiting.size === 0 ? null : Math.min(...[...waiting.values()].map(({ atMs }) => atMs))),
    /** Moves on and runs what is due, `settle` after each. */
    async advance(ms: number, settle: () => Promise<void>): Promise<void> {
      const endMs = nowMs + ms;
      for (;;) {
        const due = [...waiting].filter(([, { atMs }]) => atMs <= endMs).sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)[0];
        if (due === undefined) break;
        waiting.delete(due[0]);
        nowMs = Math.max(nowMs, due[1].atMs);
        due[1].work();
        await settle();
      }
      nowMs = endMs;
    },
  };
}
