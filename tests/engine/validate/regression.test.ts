import { describe, expect, test } from 'vitest';
import { seededNormal, seededRandom } from '../../../engine/core/index.ts';
import { olsHac } from '../../../engine/validate/index.ts';

describe('least squares with Newey–West errors', () => {
  test('a mean by hand: e = −2, −1, 0, 3; S = 14 + 2 · ½ · 2 = 16; variance 16 ÷ 4² · 4 ÷ 3', () => {
    const fit = olsHac([1, 2, 3, 6], [], 1);
    expect(fit?.coefficients).toEqual([3]);
    expect(fit?.standardErrors[0]).toBeCloseTo(Math.sqrt(4 / 3), 14);
    expect(fit?.t[0]).toBeCloseTo(3 / Math.sqrt(4 / 3), 14);
  });

  test('a slope by hand: x·e = −1.2, 1.2, 1.2, −1.2; S = 5.76 − 1.44; variance 4.32 ÷ 20² · 4 ÷ 2', () => {
    const fit = olsHac([1, 0, 3, 2], [[-3, -1, 1, 3]], 1);
    expect(fit?.coefficients[0]).toBeCloseTo(1.5, 14);
    expect(fit?.coefficients[1]).toBeCloseTo(0.3, 14);
    expect(fit?.standardErrors[1]).toBeCloseTo(Math.sqrt(0.0216), 14);
  });

  test('equals the definition as a double sum over pairs of observations', () => {
    const normal = seededNormal(seededRandom(7, 'regression'));
    const n = 200;
    const columns = [Array.from({ length: n }, normal), Array.from({ length: n }, (_, t) => 1e4 + 3 * t + normal())];
    let noise = 0;
    const y = columns[0].map((x, t) => 2 - 0.3 * x + 0.01 * columns[1][t] + (noise = 0.6 * noise + normal()) * (1 + Math.abs(x)));
    const fit = olsHac(y, columns);
    expect(fit?.lag).toBe(4);
    const slow = bySums(y, columns, 4);
    slow.coefficients.forEach((b, j) => expect(fit?.coefficients[j]).toBeCloseTo(b, 6));
    slow.standardErrors.forEach((e, j) => expect(fit?.standardErrors[j] ?? Number.NaN).toBeCloseTo(e, 6));
  });

  test('the partial correlation is that of what the other columns leave over', () => {
    const normal = seededNormal(seededRandom(3, 'partial'));
    const other = Array.from({ length: 500 }, normal);
    const x = other.map((o) => o + normal());
    const y = x.map((v, t) => 0.4 * v - other[t] + normal());
    const restOf = (values: number[]): Float64Array => olsHac(values, [other])?.residuals ?? new Float64Array();
    const [a, b] = [restOf(x), restOf(y)];
    const product = (p: Float64Array, q: Float64Array): number => p.reduce((sum, v, t) => sum + v * q[t], 0);
    expect(olsHac(y, [x, other])?.partialR[1]).toBeCloseTo(product(a, b) / Math.sqrt(product(a, a) * product(b, b)), 12);
  });

  test('is undefined for a constant column, a column twice, and too few observations', () => {
    const x = [1, 2, 4, 3, 5];
    expect(olsHac([1, 3, 2, 5, 4], [[2, 2, 2, 2, 2]])).toBeNull();
    expect(olsHac([1, 3, 2, 5, 4], [x, x.map((v) => 3 * v + 1)])).toBeNull();
    expect(olsHac([1, 2], [[1, 3]])).toBeNull();
  });

  test('an exact fit has no t', () => {
    const fit = olsHac([3, 5, 9, 7, 11], [[1, 2, 4, 3, 5]]);
    expect(fit?.coefficients[1]).toBeCloseTo(2, 12);
    expect(fit?.t).toEqual([null, null]);
    expect(fit?.r2).toBeCloseTo(1, 12);
  });

  test('refuses columns of another length and a broken lag', () => {
    expect(() => olsHac([1, 2, 3], [[1, 2]])).toThrow('column of a regression must be 3 values long, was 2');
    expect(() => olsHac([1, 2, 3], [], -1)).toThrow('lag must be a whole number of at least 0, was -1');
  });
});

/** The same by inverting X'X and summing weights over all pairs. */
function bySums(y: number[], columns: number[][], lag: number) {
  const n = y.length;
  const rows = y.map((_, t) => [1, ...columns.map((column) => column[t])]);
  const k = rows[0].length;
  const square = (of: (i: number, j: number) => number): number[][] => Array.from({ length: k }, (_, i) => Array.from({ length: k }, (__, j) => of(i, j)));
  const inverse = inverted(square((i, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)));
  const moment = Array.from({ length: k }, (_, i) => rows.reduce((sum, row, t) => sum + row[i] * y[t], 0));
  const coefficients = inverse.map((row) => row.reduce((sum, v, j) => sum + v * moment[j], 0));
  const errors = rows.map((row, t) => y[t] - row.reduce((sum, v, j) => sum + v * coefficients[j], 0));
  const middle = square((i, j) => {
    let sum = 0;
    for (let s = 0; s < n; s++) for (let t = 0; t < n; t++) sum += Math.max(0, 1 - Math.abs(s - t) / (lag + 1)) * rows[s][i] * errors[s] * errors[t] * rows[t][j];
    return sum;
  });
  const times = (a: number[][], b: number[][]): number[][] => square((i, j) => a[i].reduce((sum, v, m) => sum + v * b[m][j], 0));
  const covariance = times(times(inverse, middle), inverse);
  return { coefficients, standardErrors: covariance.map((row, j) => Math.sqrt((row[j] * n) / (n - k))) };
}

function inverted(matrix: number[][]): number[][] {
  const k = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let c = 0; c < k; c++) {
    const pivot = work[c][c];
    work[c] = work[c].map((v) => v / pivot);
    for (let r = 0; r < k; r++) if (r !== c) work[r] = work[r].map((v, j) => v - work[r][c] * work[c][j]);
  }
  return work.map((row) => row.slice(k));
}
