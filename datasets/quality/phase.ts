/** Where within a timeframe most bars open, and the share of bars that do. */
export interface Phase {
  readonly phaseMs: number;
  readonly shareFrac: number;
}

/** The most common remainder of times by a timeframe; the first seen of a tie. */
export function modalPhase(openTimeMs: Float64Array, timeframeMs: number): Phase {
  const counts = new Map<number, number>();
  for (const time of openTimeMs) counts.set(time % timeframeMs, (counts.get(time % timeframeMs) ?? 0) + 1);
  const [phaseMs, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0]);
  return { phaseMs, shareFrac: count / openTimeMs.length };
}
