/**
 * Bars that must be drawn for no extreme to be lost: of each column of bars the first minimum and maximum of every series, and both ends.
 *
 * shape   series[k][n] → ascending indices, at most 2·k·columns + 2
 * NaN     skipped
 */
export function extremeBars(series: readonly Float64Array[], columns: number): Uint32Array {
  const n = series[0]?.length ?? 0;
  if (n <= 2 * columns) return Uint32Array.from({ length: n }, (_, i) => i);
  const keep = new Set<number>([0, n - 1]);
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * n) / columns);
    const to = Math.floor(((column + 1) * n) / columns);
    for (const values of series) keepExtremes(values, from, to, keep);
  }
  return Uint32Array.from(keep).sort();
}

export interface Envelope {
  /** First bar of each column. */
  readonly bars: Uint32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
}

/** Least, greatest and mean value of each column of bars. */
export function envelope(values: Float64Array, columns: number): Envelope {
  const count = Math.min(values.length, columns);
  const bars = new Uint32Array(count);
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count).fill(-Infinity);
  const mean = new Float64Array(count);
  for (let column = 0; column < count; column++) {
    const from = Math.floor((column * values.length) / count);
    const to = Math.floor(((column + 1) * values.length) / count);
    bars[column] = from;
    for (let t = from; t < to; t++) {
      if (values[t] < low[column]) low[column] = values[t];
      if (values[t] > high[column]) high[column] = values[t];
      mean[column] += values[t] / (to - from);
    }
  }
  return { bars, low, high, mean };
}

/** At most `count` indices of [0, n), evenly spread, both ends kept: the rows of a resampled table. */
export function evenIndices(n: number, count: number): number[] {
  if (n <= count) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (n - 1)) / (count - 1)));
}

function keepExtremes(values: Float64Array, from: number, to: number, keep: Set<number>): void {
  let lowest = -1;
  let highest = -1;
  for (let t = from; t < to; t++) {
    const value = values[t];
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < values[lowest]) lowest = t;
    if (highest < 0 || value > values[highest]) highest = t;
  }
  if (lowest >= 0) keep.add(lowest).add(highest);
}
