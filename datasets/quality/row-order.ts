import { formatTime } from '../../engine/core/index.ts';
import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowName } from './finding.ts';

/** Whether a file runs newest first, and the rows that step against the way most of it runs. */
export function findRowOrder(candles: RawCandles): Finding[] {
  const sources = [...new Set(candles.source)];
  return sources.flatMap((source) => orderOf(candles, rowsOf(candles, source)));
}

function rowsOf({ source }: RawCandles, wanted: number): { from: number; to: number } {
  const from = source.indexOf(wanted);
  return { from, to: source.lastIndexOf(wanted) + 1 };
}

function orderOf(candles: RawCandles, { from, to }: { from: number; to: number }): Finding[] {
  const { openTimeMs } = candles;
  let direction = 0;
  for (let row = from + 1; row < to; row++) direction += Math.sign(openTimeMs[row] - openTimeMs[row - 1]);
  const newestFirst = direction < 0;
  const against: number[] = [];
  for (let row = from + 1; row < to; row++) {
    const step = openTimeMs[row] - openTimeMs[row - 1];
    if (newestFirst ? step > 0 : step < 0) against.push(row);
  }
  return [...(newestFirst ? [newestFirstFinding(candles, from)] : []), ...findingOf(candles, against, {
    kind: 'out-of-order', severity: 'warn',
    say: (row) => `stands after ${formatTime(openTimeMs[row - 1])}${newestFirst ? ' in a file that runs newest first' : ''}`,
  })];
}

function newestFirstFinding(candles: RawCandles, from: number): Finding {
  const defect = {
    kind: 'newest-first', severity: 'info', count: 1, firstLine: candles.line[from], firstTimeMs: candles.openTimeMs[from],
    examples: [`${rowName(candles, from)} is the newest of its file`],
  } as const;
  return { rows: [], defect };
}
