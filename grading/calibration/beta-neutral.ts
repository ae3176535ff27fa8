import { olsHac } from '../../engine/index.ts';
import type { Arranged } from './arrange.ts';

const LEAST_OUTCOMES = 30;

/**
 * Returns less each token's beta × the benchmark's return over the same horizon; beta by least squares on these outcomes.
 *
 * NaN     where the benchmark has no return, and for tokens with fewer than 30 outcomes beside it
 */
export function betaNeutralReturns({ outcomes, rowsOf, gross }: Arranged, benchmark: ReadonlyMap<number, number>): Float64Array {
  const market = Float64Array.from(outcomes, ({ closeTimeMs }) => benchmark.get(closeTimeMs) ?? Number.NaN);
  const out = new Float64Array(gross.length).fill(Number.NaN);
  for (const rows of rowsOf.values()) {
    const kept = rows.filter((row) => Number.isFinite(market[row]));
    if (kept.length < LEAST_OUTCOMES) continue;
    const beta = olsHac(Float64Array.from(kept, (row) => gross[row]), [Float64Array.from(kept, (row) => market[row])], 0)?.coefficients[1] ?? 0;
    for (const row of kept) out[row] = gross[row] - beta * market[row];
  }
  return out;
}
