import { InputError, requireInput } from '../core/index.ts';

/** Least squares with an intercept; entry 0 of every list is the intercept, then one a column. */
export interface Regression {
  readonly observations: number;
  /** Lags of the Bartlett kernel. */
  readonly lag: number;
  readonly coefficients: readonly number[];
  /** Newey–West standard errors. */
  readonly standardErrors: readonly number[];
  /** Coefficient ÷ Newey–West standard error; null where the fit is exact. */
  readonly t: readonly (number | null)[];
  /** Partial correlation of y with the column given the others, from the classical t; null where the fit is exact. */
  readonly partialR: readonly (number | null)[];
  readonly residuals: Float64Array;
  /** Null where y is constant. */
  readonly r2: number | null;
}

/** A column whose part outside the columns before it is below this share of it is a combination of them. */
const COLLINEAR = 1e-10;
/** Residuals below this share of y are rounding. */
const EXACT = 1e-12;

/**
 * Ordinary least squares of y on columns and an intercept, with standard errors that hold under heteroscedastic and autocorrelated errors.
 *
 * shape   y[n], columns[k][n] → k + 1 coefficients
 * null    unless n > k + 1, or where a column is constant or a combination of the others
 * throws  InputError `lengths-differ`, `lag-invalid`
 * source  Newey & West (1987), Econometrica 55(3), with the factor n ÷ (n − k − 1); lag ⌊4 (n ÷ 100)^(2/9)⌋ of Newey & West (1994) unless given
 */
export function olsHac(y: ArrayLike<number>, columns: readonly ArrayLike<number>[], lag = automaticLag(y.length)): Regression | null {
  const n = y.length;
  const width = columns.length + 1;
  for (const column of columns) requireInput(column.length === n, 'lengths-differ', 'column of a regression', `${n} values long`, column.length);
  if (!(Number.isInteger(lag) && lag >= 0)) throw new InputError('lag-invalid', `lag must be a whole number of at least 0, was ${lag}`);
  if (n <= width) return null;
  const basis = orthonormal([new Float64Array(n).fill(1), ...columns]);
  if (basis === null) return null;
  const { q, inverse } = basis;
  const residuals = Float64Array.from(y);
  const projections = q.map((axis) => project(residuals, axis));
  const coefficients = inverse.map((row) => dot(row, projections));
  const free = n - width;
  const rss = dot(residuals, residuals);
  const total = sumOfSquares(y);
  const isExact = rss <= EXACT * EXACT * n * largest(y) ** 2;
  const scale = n / free;
  const standardErrors = sandwich(q, residuals, lag, inverse).map((variance) => Math.sqrt(Math.max(0, variance) * scale));
  const classical = inverse.map((row) => Math.sqrt((dot(row, row) * rss) / free));
  const t = coefficients.map((b, j) => (isExact || standardErrors[j] === 0 ? null : b / standardErrors[j]));
  const partialR = coefficients.map((b, j) => (isExact ? null : partial(b / classical[j], free)));
  return { observations: n, lag, coefficients, standardErrors, t, partialR, residuals, r2: total > 0 ? Math.max(0, 1 - rss / total) : null };
}

/** ⌊4 (n ÷ 100)^(2/9)⌋, below n. */
function automaticLag(n: number): number {
  return Math.max(0, Math.min(n - 1, Math.floor(4 * (n / 100) ** (2 / 9))));
}

interface Basis {
  /** Orthonormal columns. */
  readonly q: readonly Float64Array[];
  /** Upper triangle of R⁻¹, so that X R⁻¹ = Q. */
  readonly inverse: readonly Float64Array[];
}

/** Gram–Schmidt, twice for each column; null where a column adds nothing. */
function orthonormal(columns: readonly ArrayLike<number>[]): Basis | null {
  const q: Float64Array[] = [];
  const inverse = columns.map(() => new Float64Array(columns.length));
  for (let j = 0; j < columns.length; j++) {
    const rest = Float64Array.from(columns[j]);
    const size = Math.sqrt(dot(rest, rest));
    const onto = new Float64Array(j);
    for (let pass = 0; pass < 2; pass++) for (let i = 0; i < j; i++) onto[i] += project(rest, q[i]);
    const length = Math.sqrt(dot(rest, rest));
    if (!(length > COLLINEAR * size)) return null;
    inverse[j][j] = 1 / length;
    for (let row = 0; row < j; row++) {
      let sum = 0;
      for (let i = row; i < j; i++) sum += inverse[row][i] * onto[i];
      inverse[row][j] = -sum / length;
    }
    q.push(rest.map((value) => value / length));
  }
  return { q, inverse };
}

/** Diagonal of R⁻¹ S R⁻ᵀ, with S the Bartlett sum of the autocovariances of q(t)·e(t). */
function sandwich(q: readonly Float64Array[], residuals: Float64Array, lag: number, inverse: readonly Float64Array[]): number[] {
  return inverse.map((row) => {
    const score = residuals.map((e, t) => e * q.reduce((sum, axis, i) => sum + row[i] * axis[t], 0));
    let sum = dot(score, score);
    for (let l = 1; l <= lag; l++) sum += 2 * (1 - l / (lag + 1)) * dot(score.subarray(l), score);
    return sum;
  });
}

/** Takes the part along an axis out of a series and returns its length. */
function project(values: Float64Array, axis: Float64Array): number {
  const along = dot(axis, values);
  for (let t = 0; t < values.length; t++) values[t] -= along * axis[t];
  return along;
}

/** Sum of products over the first one's length. */
function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t] * b[t];
  return sum;
}

function partial(t: number, free: number): number {
  return t / Math.sqrt(t * t + free);
}

function sumOfSquares(y: ArrayLike<number>): number {
  let mean = 0;
  for (let t = 0; t < y.length; t++) mean += y[t] / y.length;
  let sum = 0;
  for (let t = 0; t < y.length; t++) sum += (y[t] - mean) ** 2;
  return sum;
}

function largest(y: ArrayLike<number>): number {
  let most = 0;
  for (let t = 0; t < y.length; t++) most = Math.max(most, Math.abs(y[t]));
  return most;
}
