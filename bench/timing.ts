/** Processor seconds of repeated runs: the median, and the fastest and slowest. */
export interface Timing {
  readonly seconds: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly repeats: number;
}

export function timingOf(seconds: readonly number[]): Timing {
  const sorted = seconds.toSorted((a, b) => a - b);
  return { seconds: sorted[Math.floor(sorted.length / 2)], fastest: sorted[0], slowest: sorted[sorted.length - 1], repeats: sorted.length };
}

/** Processor time of one call, repeatedly, so that other work on the machine counts less; the calls before are to warm up. */
export function timed(call: () => void, { warmUps, repeats }: { readonly warmUps: number; readonly repeats: number }): Timing {
  for (let i = 0; i < warmUps; i++) call();
  const seconds = Array.from({ length: repeats }, () => {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return timingOf(seconds);
}
