import { meanOf } from './ranks.ts';

/** Means of consecutive parts of at least `rows` rows: as many as fit, the rows that are left over spread among them. */
export function eraMeans(values: Float64Array, rows: number): number[] {
  const eras = Math.max(1, Math.floor(values.length / rows));
  return Array.from({ length: eras }, (_, e) => meanOf(values.subarray(Math.floor((e * values.length) / eras), Math.floor(((e + 1) * values.length) / eras))));
}
