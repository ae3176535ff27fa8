import { InputError, requireInput, type Series } from '../../core/index.ts';
import { requireComplete } from './augmented-dickey-fuller.ts';
import { johansenCriticalValues } from './johansen-tables.ts';
import { leastSquares } from './least-squares.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { type Trend, trendColumns } from './trend.ts';

/** Likelihood-ratio statistics of at most `rank` cointegrating relations, against more (trace) or one more (largest). */
export interface JohansenRank {
  readonly rank: number;
  readonly trace: number;
  readonly largest: number;
  /** At 10, 5 and 1 %. */
  readonly traceCritical: readonly number[] | null;
  readonly largestCritical: readonly number[] | null;
}

export interface Johansen {
  /** From the largest. */
  readonly eigenvalues: readonly number[];
  /** A weight a series, for each eigenvalue, scaled to unit residual variance; the first is the most stationary combination. */
  readonly vectors: readonly (readonly number[])[];
  readonly ranks: readonly JohansenRank[];
  readonly observations: number;
}

type Columns = readonly Float64Array[];

/**
 * Johansen test of how many cointegrating relations some series have.
 *
 * Order −1: no deterministic terms; 0: constant; 1: constant and linear trend, taken out of levels, differences and lags each.
 *
 * throws  InputError `series-missing-value`, `lengths-differ`, `series-collinear`, `lags-out-of-range`
 * source  Johansen (1991), Econometrica 59(6), in the form of LeSage's and statsmodels' coint_johansen; with no lagged difference the level is that of the row before
 */
export function johansen(series: readonly Series[], { order = 0, lagDifferences = 1 }: { readonly order?: -1 | 0 | 1; readonly lagDifferences?: number } = {}): Johansen {
  const rows = series[0]?.length ?? 0;
  check(series, rows, lagDifferences);
  const inner: Trend = order === -1 ? 'n' : 'c';
  const levels = detrended(series, order === -1 ? 'n' : order === 0 ? 'c' : 'ct');
  const count = rows - 1 - lagDifferences;
  const rowsOf = (column: Series, from: number): Float64Array => Float64Array.from({ length: count }, (_, i) => column[from + i]);
  const differences = levels.map((column) => Float64Array.from({ length: rows - 1 }, (_, t) => column[t + 1] - column[t]));
  const lags = Array.from({ length: lagDifferences }, (_, k) => differences.map((column) => rowsOf(column, lagDifferences - 1 - k))).flat();
  const partialled = (columns: Columns): Columns => detrended(columns, inner).map((column) => residualsOn(column, detrended(lags, inner)));
  const changes = partialled(differences.map((column) => rowsOf(column, lagDifferences)));
  const past = partialled(levels.map((column) => rowsOf(column, Math.min(1, lagDifferences))));
  const { values, vectors } = canonical(changes, past);
  return { eigenvalues: values, vectors, ranks: ranksOf(values, count, order), observations: count };
}

function check(series: readonly Series[], rows: number, lagDifferences: number): void {
  requireInput(series.length >= 2, 'series-missing', 'series', 'at least two', series.length);
  series.forEach(requireComplete);
  series.forEach((one) => requireInput(one.length === rows, 'lengths-differ', 'the length of every series', `${rows}`, one.length));
  const most = Math.floor((rows - 3) / (series.length + 1)) - 1;
  requireInput(
    Number.isInteger(lagDifferences) && lagDifferences >= 0 && lagDifferences <= most,
    'lags-out-of-range', 'lagDifferences', `a whole number from 0 to ${most}, which ${rows} rows leave room for`, lagDifferences,
  );
}

function detrended(columns: readonly Series[], trend: Trend): Float64Array[] {
  return columns.map((column) => residualsOn(column, trendColumns(trend, column.length)));
}

function residualsOn(column: Series, others: Columns): Float64Array {
  if (others.length === 0) return Float64Array.from(column);
  const fit = leastSquares(column, others);
  if (fit === null) throw collinear();
  return fit.residuals;
}

/** Squared canonical correlations of changes and past levels, and the combinations of levels that have them. */
function canonical(changes: Columns, past: Columns): { values: number[]; vectors: number[][] } {
  const fits = past.map((column) => leastSquares(column, changes));
  const explained = past.map((_, i) => past[i].map((value, t) => value - (fits[i]?.residuals[t] ?? Number.NaN)));
  const factor = cholesky(products(past, past));
  if (factor === null || fits.includes(null)) throw collinear();
  const inner = products(explained, explained);
  const half = transposed(inner.map((row) => solveLower(factor, row)));
  const whitened = half.map((row) => solveLower(factor, row));
  const { values, vectors } = symmetricEigen(whitened);
  const scale = Math.sqrt(past[0].length);
  return { values: [...values], vectors: vectors.map((vector) => solveUpper(factor, vector).map((weight) => weight * scale)) };
}

function ranksOf(eigenvalues: readonly number[], rows: number, order: -1 | 0 | 1): JohansenRank[] {
  const losses = eigenvalues.map((value) => -rows * Math.log1p(-value));
  return losses.map((largest, rank) => ({
    rank,
    trace: losses.slice(rank).reduce((sum, loss) => sum + loss, 0),
    largest,
    traceCritical: johansenCriticalValues('trace', order, eigenvalues.length - rank),
    largestCritical: johansenCriticalValues('largest', order, eigenvalues.length - rank),
  }));
}

function products(a: Columns, b: Columns): number[][] {
  return a.map((left) => b.map((right) => left.reduce((sum, value, t) => sum + value * right[t], 0)));
}

/** Lower triangle L of a = L Lᵀ; null where a is not positive definite beyond rounding. */
function cholesky(a: readonly (readonly number[])[]): number[][] | null {
  const lower = a.map((row) => row.map(() => 0));
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      let left = a[i][j];
      for (let k = 0; k < j; k++) left -= lower[i][k] * lower[j][k];
      if (i === j && !(left > 1e-13 * a[i][i])) return null;
      lower[i][j] = i === j ? Math.sqrt(left) : left / lower[j][j];
    }
  }
  return lower;
}

function solveLower(lower: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x: number[] = [];
  lower.forEach((row, i) => x.push((b[i] - x.reduce((sum, value, k) => sum + row[k] * value, 0)) / row[i]));
  return x;
}

/** Solves Lᵀ x = b. */
function solveUpper(lower: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x = [...b];
  for (let i = b.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < b.length; k++) x[i] -= lower[k][i] * x[k];
    x[i] /= lower[i][i];
  }
  return x;
}

function transposed(a: readonly (readonly number[])[]): number[][] {
  return a.map((_, j) => a.map((row) => row[j]));
}

function collinear(): InputError {
  return new InputError('series-collinear', 'series must not be exact combinations of one another or of their trend');
}
