import { requireInput, type Series } from '../../core/index.ts';
import type { RowRange } from './types.ts';

/** Where rows go that do not divide: `first`, one each to the first groups (numpy.array_split); `last`, all to the last (skfolio). */
export type Remainder = 'first' | 'last';

/**
 * Rows in consecutive groups of equal size.
 *
 * throws  InputError `groups-out-of-range` unless 2 ≤ groups ≤ rows
 */
export function groupRanges(rows: number, groups: number, { remainder = 'first' }: { readonly remainder?: Remainder } = {}): RowRange[] {
  requireGroups(rows, groups);
  const size = Math.floor(rows / groups);
  const extra = rows % groups;
  const start = (group: number): number => group * size + (remainder === 'first' ? Math.min(group, extra) : 0);
  return Array.from({ length: groups }, (_, group) => ({ from: start(group), to: group === groups - 1 ? rows : start(group + 1) }));
}

/**
 * Rows in consecutive groups that span equal times; a group may be empty where no row falls into its time.
 *
 * throws  InputError `groups-out-of-range`
 * source  timeseriescv compute_fold_bounds, split by time
 */
export function groupRangesByTime(startMs: Series, groups: number): RowRange[] {
  const rows = startMs.length;
  requireGroups(rows, groups);
  const span = (startMs[rows - 1] - startMs[0]) / groups;
  const start = (group: number): number => firstAtOrAfter(startMs, startMs[0] + span * group);
  return Array.from({ length: groups }, (_, group) => ({ from: start(group), to: group === groups - 1 ? rows : start(group + 1) }));
}

function requireGroups(rows: number, groups: number): void {
  requireInput(Number.isInteger(groups) && groups >= 2 && groups <= rows, 'groups-out-of-range', 'groups', `a whole number from 2 to the ${rows} rows`, groups);
}

function firstAtOrAfter(times: Series, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
