import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowName } from './finding.ts';
import { isStrictlyAscending, rowsByTime } from './time-order.ts';

const VALUES = ['open', 'high', 'low', 'close', 'volume'] as const;

export interface Repeats {
  /** Rows equal to an earlier row of the same time. */
  readonly duplicates: readonly number[];
  /** Rows of a time that has different values: every distinct row of it, in file order. */
  readonly conflicts: readonly number[];
}

/** Rows that share their time with another. */
export function repeatedStamps(candles: RawCandles): Repeats {
  const { openTimeMs } = candles;
  if (isStrictlyAscending(openTimeMs)) return { duplicates: [], conflicts: [] };
  const order = rowsByTime(candles);
  const duplicates: number[] = [];
  const conflicts: number[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && openTimeMs[order[to]] === openTimeMs[order[from]]) to++;
    if (to - from > 1) splitGroup(candles, [...order.subarray(from, to)], duplicates, conflicts);
  }
  return { duplicates: duplicates.sort((a, b) => a - b), conflicts: conflicts.sort((a, b) => a - b) };
}

function splitGroup(candles: RawCandles, group: readonly number[], duplicates: number[], conflicts: number[]): void {
  const distinct = new Map<string, number>();
  for (const row of group) {
    const values = VALUES.map((name) => candles[name][row]).join();
    if (distinct.has(values)) duplicates.push(row);
    else distinct.set(values, row);
  }
  if (distinct.size > 1) conflicts.push(...distinct.values());
}

export function findDuplicateRows(candles: RawCandles, { duplicates }: Repeats): Finding[] {
  return findingOf(candles, duplicates, { kind: 'duplicate-row', severity: 'warn', say: () => 'repeats an earlier row; one is kept' });
}

export function findConflictingStamps(candles: RawCandles, { conflicts }: Repeats): Finding[] {
  const other = (row: number): number => conflicts.find((candidate) => candidate !== row && candles.openTimeMs[candidate] === candles.openTimeMs[row]) ?? row;
  return findingOf(candles, conflicts, {
    kind: 'conflicting-stamp', severity: 'error',
    say: (row) => `has other values than ${rowName(candles, other(row))}: close ${candles.close[row]} against ${candles.close[other(row)]}, volume ${candles.volume[row]} against ${candles.volume[other(row)]}`,
  });
}
