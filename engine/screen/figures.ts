import type { ScreenRows } from './dense.ts';

/** A spread of returns below this is their rounding (see metrics, spreadOf). */
const RETURN_ROUNDING = 1e-15;

/** SCREEN_COLUMNS from the raw figures of the event kernel; rows start at `at`. */
export function writeFigures(
  raw: Float64Array, count: number, { barsPerYear, returns }: { readonly barsPerYear: number; readonly returns: number }, { values, count: stride }: ScreenRows, at: number,
): void {
  const root = Math.sqrt(barsPerYear);
  for (let i = 0; i < count; i++) {
    const total = raw[i];
    if (Number.isNaN(total)) continue;
    const mean = raw[count + i] / returns;
    const spread = Math.sqrt(Math.max(0, raw[2 * count + i] - returns * mean * mean) / (returns - 1));
    const trades = raw[4 * count + i];
    const row = at + i;
    values[row] = total;
    values[stride + row] = spread > Math.max(RETURN_ROUNDING, 1e-12 * Math.abs(mean)) ? (mean / spread) * root : Number.NaN;
    values[2 * stride + row] = raw[3 * count + i] - 1;
    values[3 * stride + row] = trades;
    values[4 * stride + row] = trades > 0 ? raw[5 * count + i] / trades : Number.NaN;
    values[5 * stride + row] = raw[6 * count + i] / (returns + 1);
    values[6 * stride + row] = raw[7 * count + i];
  }
}
