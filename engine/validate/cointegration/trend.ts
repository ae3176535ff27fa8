/** Deterministic terms of a regression: none, constant, constant and trend, constant and quadratic trend. */
export type Trend = 'n' | 'c' | 'ct' | 'ctt';

const POWERS: Readonly<Record<Trend, readonly number[]>> = { n: [], c: [0], ct: [0, 1], ctt: [0, 1, 2] };

/** Columns 1, t, t² for t = 1…n, as far as the trend goes. */
export function trendColumns(trend: Trend, rows: number): Float64Array[] {
  return POWERS[trend].map((power) => Float64Array.from({ length: rows }, (_, t) => (t + 1) ** power));
}
