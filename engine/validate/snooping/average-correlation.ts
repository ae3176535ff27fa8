import { eachRow, type Rows } from '../return-matrix.ts';

/**
 * Mean correlation over all pairs of rows, from the variance of the sum of the standardised rows.
 *
 * null    below two rows with spread
 */
export function averageCorrelation(panel: Rows): number | null {
  const total = new Float64Array(panel.days);
  let rows = 0;
  eachRow(panel, (row) => {
    if (addStandardised(row, total)) rows++;
  });
  if (rows < 2) return null;
  const variance = total.reduce((sum, one) => sum + one * one, 0);
  return (variance - rows) / (rows * (rows - 1));
}

/** Adds (r − mean) ÷ root of the sum of squares; false without spread. */
function addStandardised(row: Float64Array, total: Float64Array): boolean {
  const mean = row.reduce((sum, r) => sum + r, 0) / row.length;
  const size = Math.sqrt(row.reduce((sum, r) => sum + (r - mean) ** 2, 0));
  if (!(size > 0)) return false;
  for (let t = 0; t < row.length; t++) total[t] += (row[t] - mean) / size;
  return true;
}
