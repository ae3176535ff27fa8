import { requireInput } from '../core/index.ts';
import type { StampTest } from './evidence.ts';
import { olsHac } from './regression.ts';

/** Bars before and after that the change may load on beside its own. */
const REACH = 2;
/** Entry of r(t) among the coefficients: the intercept, r(t − 2), r(t − 1), r(t). */
const OWN = 1 + REACH;
const LEAST_T = 4;
const LEAST_PARTIAL = 0.08;

/**
 * Whether a column that is declared known before bar t moves with the return of bar t, as one does whose row holds a part of its own day.
 *
 * shape   column[n], returns[n], one value each where the column has a new row; rows with a NaN in reach are left out
 * null    t and partial correlation where the regression is not defined; the state is then `warn`: it could not be tested
 * throws  InputError `lengths-differ`
 * source  grading.md, G1b: |t| ≥ 4 and |partial r| ≥ 0.08 fails, |t| ≥ 4 alone warns
 */
export function stampTest(name: string, column: ArrayLike<number>, returns: ArrayLike<number>): StampTest {
  requireInput(column.length === returns.length, 'lengths-differ', `column ${name}`, `${returns.length} values long`, column.length);
  const rows = completeRows(column, returns);
  const change = rows.map((t) => column[t] - column[t - 1]);
  const around = Array.from({ length: 2 * REACH + 1 }, (_, i) => rows.map((t) => returns[t + i - REACH]));
  const fit = olsHac(change, around);
  const t = fit?.t[OWN] ?? null;
  const partialR = fit?.partialR[OWN] ?? null;
  return { column: name, observations: rows.length, t, partialR, state: stateOf(t, partialR) };
}

function completeRows(column: ArrayLike<number>, returns: ArrayLike<number>): number[] {
  const rows: number[] = [];
  for (let t = REACH; t < column.length - REACH; t++) {
    let sum = column[t] - column[t - 1];
    for (let s = t - REACH; s <= t + REACH; s++) sum += returns[s];
    if (Number.isFinite(sum)) rows.push(t);
  }
  return rows;
}

function stateOf(t: number | null, partialR: number | null): StampTest['state'] {
  if (t === null || partialR === null) return 'warn';
  if (Math.abs(t) < LEAST_T) return 'pass';
  return Math.abs(partialR) >= LEAST_PARTIAL ? 'fail' : 'warn';
}
