import { requireInput } from '../../core/index.ts';
import type { FoldGuard, LabelIntervals, RowRange } from './types.ts';

/** A test block with the time from its first forecast to its last outcome. */
interface Block extends RowRange {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Candidate rows outside the test blocks that purge and embargo leave for training, in order.
 *
 * throws  InputError `guard-invalid`, `labels-invalid`
 * source  López de Prado (2018), Advances in Financial Machine Learning, ch. 7; statistics.md §5
 */
export function trainRowsAround(rows: number, testBlocks: readonly RowRange[], guard: FoldGuard = {}, candidates: RowRange = { from: 0, to: rows }): Int32Array {
  checkGuard(guard, rows);
  const { purgeRows = 0, embargoRows = 0, labels, embargoMs = 0 } = guard;
  const blocks = testBlocks.filter(({ from, to }) => to > from).map((block) => ({ ...block, ...timeOf(block, labels) }));
  const kept = new Int32Array(Math.max(0, candidates.to - candidates.from));
  let count = 0;
  for (let row = candidates.from; row < candidates.to; row++) {
    const isFree = blocks.every((block) => !isNear(row, block, purgeRows, embargoRows) && (labels === undefined || !meets(labels.startMs[row], labels.endMs[row], block, embargoMs)));
    if (isFree) kept[count++] = row;
  }
  return kept.slice(0, count);
}

/**
 * Rows whose label interval meets none of some test intervals; closed intervals, so touching counts.
 *
 * throws  InputError `labels-invalid`
 * source  López de Prado (2018), snippet 7.1
 */
export function rowsClearOf(labels: LabelIntervals, testIntervals: readonly { readonly startMs: number; readonly endMs: number }[], { embargoMs = 0 }: { readonly embargoMs?: number } = {}): Int32Array {
  checkGuard({ labels, embargoMs }, labels.startMs.length);
  const rows = Int32Array.from({ length: labels.startMs.length }, (_, row) => row);
  return rows.filter((row) => testIntervals.every((test) => !meets(labels.startMs[row], labels.endMs[row], test, embargoMs)));
}

function isNear(row: number, { from, to }: RowRange, purgeRows: number, embargoRows: number): boolean {
  return row >= from - purgeRows && row < to + purgeRows + embargoRows;
}

function meets(startMs: number, endMs: number, test: { readonly startMs: number; readonly endMs: number }, embargoMs: number): boolean {
  return startMs <= test.endMs + embargoMs && endMs >= test.startMs;
}

function timeOf({ from, to }: RowRange, labels: LabelIntervals | undefined): Pick<Block, 'startMs' | 'endMs'> {
  let [startMs, endMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (labels === undefined) return { startMs, endMs };
  for (let row = from; row < to; row++) {
    startMs = Math.min(startMs, labels.startMs[row]);
    endMs = Math.max(endMs, labels.endMs[row]);
  }
  return { startMs, endMs };
}

function checkGuard({ purgeRows = 0, embargoRows = 0, labels, embargoMs = 0 }: FoldGuard, rows: number): void {
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;
  requireInput(isCount(purgeRows), 'guard-invalid', 'purgeRows', 'a whole number of at least 0', purgeRows);
  requireInput(isCount(embargoRows), 'guard-invalid', 'embargoRows', 'a whole number of at least 0', embargoRows);
  requireInput(embargoMs >= 0 && (embargoMs === 0 || labels !== undefined), 'guard-invalid', 'embargoMs', 'at least 0, and 0 without labels', embargoMs);
  if (labels === undefined) return;
  requireInput(labels.startMs.length === rows && labels.endMs.length === rows, 'labels-invalid', 'labels', `one interval for each of the ${rows} rows`, labels.startMs.length);
  for (let row = 0; row < rows; row++) {
    requireInput(labels.endMs[row] >= labels.startMs[row], 'labels-invalid', `the label of row ${row}`, 'known at or after its start', labels.endMs[row] - labels.startMs[row]);
  }
}
