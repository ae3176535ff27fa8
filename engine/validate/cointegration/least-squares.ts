import type { Series } from '../../core/index.ts';

/** Ordinary least squares of y on some columns. */
export interface LeastSquares {
  readonly coefficients: Float64Array;
  /** Of the coefficients, from the residual variance with n − k degrees of freedom. */
  readonly standardErrors: Float64Array;
  readonly residuals: Float64Array;
  readonly residualSquares: number;
}

/** A column whose part that the others leave unexplained is below this share of it lies in their span. */
const RANK_TOLERANCE = 1e-12;

/**
 * Ordinary least squares by Householder reflections.
 *
 * shape   y[n], columns[k][n] → k coefficients, n residuals
 * null    with fewer rows than columns + 1, or where a column lies in the span of those before it
 * source  Golub & Van Loan, Matrix Computations, §5.3
 */
export function leastSquares(y: Series, columns: readonly Series[]): LeastSquares | null {
  const rows = y.length;
  const width = columns.length;
  if (rows <= width) return null;
  const reduced = columns.map((column) => Float64Array.from(column));
  const target = Float64Array.from(y);
  const diagonal = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const column = reduced[j];
    const below = lengthFrom(column, j);
    if (!(below > RANK_TOLERANCE * lengthFrom(columns[j], 0))) return null;
    diagonal[j] = column[j] > 0 ? -below : below;
    column[j] -= diagonal[j];
    const half = -diagonal[j] * column[j];
    for (let k = j + 1; k < width; k++) reflect(reduced[k], column, j, half);
    reflect(target, column, j, half);
  }
  const coefficients = backSubstitute(reduced, diagonal, target);
  const residuals = residualsOf(y, columns, coefficients);
  const residualSquares = lengthFrom(residuals, 0) ** 2;
  const variances = inverseDiagonal(reduced, diagonal);
  const standardErrors = variances.map((variance) => Math.sqrt((variance * residualSquares) / (rows - width)));
  return { coefficients, standardErrors, residuals, residualSquares };
}

/** Slope of y on x and a constant; null where x does not vary. */
export function slopeOn(x: Series, y: Series): number | null {
  return leastSquares(y, [new Float64Array(x.length).fill(1), x])?.coefficients[1] ?? null;
}

function lengthFrom(column: Series, from: number): number {
  let sum = 0;
  for (let t = from; t < column.length; t++) sum += column[t] * column[t];
  return Math.sqrt(sum);
}

/** Reflects a column about the plane normal to v, whose entries before `from` do not count and whose vᵀv is 2·half. */
function reflect(column: Float64Array, v: Float64Array, from: number, half: number): void {
  let dot = 0;
  for (let t = from; t < v.length; t++) dot += v[t] * column[t];
  const factor = dot / half;
  for (let t = from; t < v.length; t++) column[t] -= factor * v[t];
}

function backSubstitute(upper: readonly Float64Array[], diagonal: Float64Array, target: Float64Array): Float64Array {
  const solution = new Float64Array(diagonal.length);
  for (let j = diagonal.length - 1; j >= 0; j--) {
    let left = target[j];
    for (let k = j + 1; k < diagonal.length; k++) left -= upper[k][j] * solution[k];
    solution[j] = left / diagonal[j];
  }
  return solution;
}

/** Diagonal of (RᵀR)⁻¹: row sums of squares of R⁻¹. */
function inverseDiagonal(upper: readonly Float64Array[], diagonal: Float64Array): Float64Array {
  const sums = new Float64Array(diagonal.length);
  const unit = new Float64Array(diagonal.length);
  for (let c = 0; c < diagonal.length; c++) {
    unit.fill(0);
    unit[c] = 1;
    const column = backSubstitute(upper, diagonal, unit);
    for (let j = 0; j <= c; j++) sums[j] += column[j] * column[j];
  }
  return sums;
}

function residualsOf(y: Series, columns: readonly Series[], coefficients: Float64Array): Float64Array {
  const residuals = Float64Array.from(y);
  for (let j = 0; j < columns.length; j++) {
    for (let t = 0; t < residuals.length; t++) residuals[t] -= coefficients[j] * columns[j][t];
  }
  return residuals;
}
