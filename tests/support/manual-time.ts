import type { Clock, Timer } from '../../grading/index.ts';

/** Time that a test moves; who waits wakes when it has come. Short waits are skipped: time goes to their end by itself. */
export interface ManualTime {
  readonly clock: Clock;
  readonly timer: Timer;
  /** Pauses that were asked for, in ms. */
  readonly waits: readonly number[];
  advanceTo(ms: number): void;
  /** Resolves when somebody waits for at least so long. */
  waiting(ms: number): Promise<void>;
}

export function manualTime(startMs: number, { skipMs = 0 }: { readonly skipMs?: number } = {}): ManualTime {
  let nowMs = startMs;
  let sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
  let watchers: { readonly ms: number; readonly tell: () => void }[] = [];
  const waits: number[] = [];
  const rouse = (): void => {
    const due = sleepers.filter(({ atMs }) => atMs <= nowMs);
    sleepers = sleepers.filter(({ atMs }) => atMs > nowMs);
    for (const { wake } of due) wake();
  };
  const advanceTo = (ms: number): void => {
    nowMs = Math.max(nowMs, ms);
    rouse();
  };
  return {
    clock: { nowMs: () => nowMs },
    waits,
    timer: {
      wait: (ms, signal) => new Promise((resolve) => {
        if (ms <= 0 || signal.aborted) return resolve();
        waits.push(ms);
        const sleeper = { atMs: nowMs + ms, wake: resolve };
        sleepers.push(sleeper);
        if (ms <= skipMs) setImmediate(() => advanceTo(sleeper.atMs));
        signal.addEventListener('abort', () => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          resolve();
        });
        for (const { tell } of watchers.filter((one) => ms >= one.ms)) tell();
        watchers = watchers.filter((one) => ms < one.ms);
      }),
    },
    advanceTo,
    waiting: (ms) => new Promise((resolve) => {
      if (sleepers.some(({ atMs }) => atMs - nowMs >= ms)) resolve();
      else watchers.push({ ms, tell: resolve });
    }),
  };
}
