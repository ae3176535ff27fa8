import { momentsOf } from '../../engine/index.ts';
import type { Arranged } from './arrange.ts';

/**
 * Outcomes for one independent outcome: horizons overlap, and tokens move together.
 *
 * The first counts h, the second 1 + (tokens a bar − 1) × the correlation of outcomes at one close (one-way analysis of variance).
 */
export function designEffect({ rowsAt, gross, horizonBars }: Arranged): number {
  return horizonBars * (1 + (gross.length / rowsAt.length - 1) * sharedCorrelation(rowsAt, gross));
}

/** Between-close share of the variance, in 0 … 1; 0 for one token. */
function sharedCorrelation(rowsAt: readonly Int32Array[], gross: Float64Array): number {
  const [n, groups] = [gross.length, rowsAt.length];
  if (n === groups || groups < 2) return 0;
  const { mean } = momentsOf(gross);
  let [between, within, squares] = [0, 0, 0];
  for (const rows of rowsAt) {
    const moments = momentsOf(Float64Array.from(rows, (row) => gross[row]));
    between += rows.length * (moments.mean - mean) ** 2;
    within += moments.m2;
    squares += rows.length ** 2;
  }
  const size = (n - squares / n) / (groups - 1);
  const [msBetween, msWithin] = [between / (groups - 1), within / (n - groups)];
  const rho = (msBetween - msWithin) / (msBetween + (size - 1) * msWithin);
  return Number.isFinite(rho) ? Math.min(1, Math.max(0, rho)) : 0;
}
