import type { Panel } from '../../engine/index.ts';

export function isMatrix(value: unknown): value is number[][] {
  return Array.isArray(value) && Array.isArray(value[0]);
}

/** Rows of time as a panel, whose rows are columns of these. */
export function panelOfRows(rows: readonly (readonly number[])[]): Panel {
  const [days, trials] = [rows.length, rows[0]?.length ?? 0];
  const values = new Float64Array(trials * days);
  rows.forEach((row, t) => row.forEach((value, k) => (values[k * days + t] = value)));
  return { trials, days, values };
}
