/** The deepest fall of an equity curve and the longest time below a peak. */
export interface WorstDrawdown {
  /** Negative fraction; 0 when the curve never falls. */
  readonly depth: number;
  /** From the last bar at the old peak to the first bar at or above it, or to the end; the longest such stretch. */
  readonly longestBars: number;
  readonly longestMs: number;
  /** Root of the mean squared drawdown over all points. */
  readonly ulcerIndex: number;
}

/** One pass over the curve. */
export function worstDrawdown(equity: Float64Array, openTimeMs: Float64Array): WorstDrawdown {
  let peak = -Infinity;
  let peakBar = 0;
  let depth = 0;
  let longestBars = 0;
  let longestMs = 0;
  let squares = 0;
  let isUnder = false;
  const n = equity.length;
  for (let t = 0; t < n; t++) {
    const value = equity[t];
    const ended = value >= peak;
    if ((ended && isUnder) || (t === n - 1 && !ended)) {
      longestBars = Math.max(longestBars, t - peakBar);
      longestMs = Math.max(longestMs, openTimeMs[t] - openTimeMs[peakBar]);
    }
    if (ended) {
      peak = value;
      peakBar = t;
      isUnder = false;
      continue;
    }
    isUnder = true;
    const fall = value / peak - 1;
    squares += fall * fall;
    if (fall < depth) depth = fall;
  }
  return { depth: Math.max(-1, depth), longestBars, longestMs, ulcerIndex: n > 0 ? Math.sqrt(squares / n) : 0 };
}
