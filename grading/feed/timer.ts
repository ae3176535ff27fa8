/** How a feed lets time pass; tests bring their own. */
export interface Timer {
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Longer waits would overflow the timer's 32 bits and end at once. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemTimer: Timer = {
  wait: (ms, signal) => new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timeout);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timeout = setTimeout(done, Math.min(Math.max(0, ms), LONGEST_MS));
    signal.addEventListener('abort', done);
  }),
};
