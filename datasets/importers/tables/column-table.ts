import { DataError } from '../../../engine/core/index.ts';
import { numberFromText } from '../csv/number.ts';
import { StampReader } from '../time/stamp-reader.ts';
import { CellRows } from './cell-rows.ts';
import { type Cells, columnLabel, type ReadPlan, SAMPLE_ROWS, type Table } from './table.ts';

/** One column of a columnar file: times, numbers or texts, null or NaN where a cell is blank. */
export type Column =
  | { readonly type: 'time'; readonly values: Float64Array; readonly zoned: boolean }
  | { readonly type: 'number'; readonly values: Float64Array }
  | { readonly type: 'text'; readonly values: readonly (string | null)[] };

export interface ColumnsContent {
  readonly columns: readonly string[] | null;
  readonly length: number;
  readonly column: (index: number) => Column;
  readonly width: number;
}

/** A table over whole columns; rows are numbered from 1. throws  DataError `no-rows` */
export function columnTable(content: ColumnsContent, base: Pick<Table, 'label' | 'fileNames' | 'hint' | 'kind'>): Table {
  if (content.length === 0) throw new DataError('no-rows', `${base.label} has no rows; export it again with data`);
  const shape = { ...base, columns: content.columns, width: content.width, banner: [], sample: sampleOf(content) };
  return { ...shape, read: (plan) => readColumns(content, shape, plan) };
}

function sampleOf(content: ColumnsContent): string[][] {
  const columns = Array.from({ length: content.width }, (_, k) => content.column(k));
  return Array.from({ length: Math.min(SAMPLE_ROWS, content.length) }, (_, row) => columns.map((column) => cellText(column, row)));
}

export function cellText(column: Column, row: number): string {
  if (column.type === 'text') return column.values[row] ?? '';
  const value = column.values[row];
  if (Number.isNaN(value)) return '';
  return column.type === 'time' && Math.abs(value) < 8.64e15 ? new Date(value).toISOString() : String(value);
}

function readColumns(content: ColumnsContent, table: Omit<Table, 'read'>, plan: ReadPlan): Cells {
  const stamps = new StampReader(plan.stamps);
  const cells = readWith(stamps, content, table, plan);
  const retry = stamps.orderToRetry(table.label);
  return retry === null ? cells : readWith(new StampReader(plan.stamps, retry), content, table, plan);
}

function readWith(stamps: StampReader, content: ColumnsContent, table: Omit<Table, 'read'>, plan: ReadPlan): Cells {
  const rows = new CellRows(content.length, plan);
  const time = content.column(plan.time);
  const numbers = plan.numbers.map((index) => numberColumn(content, table, index));
  const symbol = plan.symbol === undefined ? null : content.column(plan.symbol);
  const text = (row: number): string => [time, ...numbers].map((column) => cellText(column, row)).join(',');
  for (let row = 0; row < content.length; row++) {
    rows.countRow();
    const timeMs = timeAt(stamps, time, row);
    if (Number.isNaN(timeMs)) {
      const reason = `row ${row + 1}, ${columnLabel(table, plan.time)}: "${cellText(time, row)}" is not a time`;
      rows.reject(row + 1, null, 'unreadable-time', reason, text(row));
      continue;
    }
    const fault = setNumbers(rows, numbers, row);
    if (fault >= 0) {
      const reason = `row ${row + 1}, ${columnLabel(table, plan.numbers[fault])}: "${cellText(numbers[fault], row)}" is not a number`;
      rows.reject(row + 1, timeMs, 'text-in-number', reason, text(row));
      continue;
    }
    if (symbol) rows.seeSymbol(cellText(symbol, row));
    if (plan.skipBlank === true && numbers.every((column) => cellText(column, row).trim() === '')) rows.skipBlank(row + 1);
    else rows.keep(row + 1, timeMs, time.type === 'time' ? -1 : stamps.lastUnit);
  }
  return rows.finish(table.label, stamps.notes());
}

function numberColumn(content: ColumnsContent, table: Omit<Table, 'read'>, index: number): Column {
  const column = content.column(index);
  if (column.type !== 'time') return column;
  throw new DataError('text-in-number', `${table.label}, ${columnLabel(table, index)} holds times where numbers belong; map another column`);
}

function timeAt(stamps: StampReader, column: Column, row: number): number {
  if (column.type === 'text') {
    const text = (column.values[row] ?? '').trim();
    const { value, state } = numberFromText(text);
    return state === 'number' ? stamps.ofNumber(value) : stamps.ofText(text);
  }
  const value = column.values[row];
  if (column.type === 'number' || Number.isNaN(value)) return Number.isNaN(value) ? value : stamps.ofNumber(value);
  const rounded = Math.round(value);
  return column.zoned ? rounded : stamps.ofWall(rounded, rounded % 86_400_000 !== 0);
}

/** Index of the first column whose cell is text, or -1. */
function setNumbers(rows: CellRows, numbers: readonly Column[], row: number): number {
  for (let k = 0; k < numbers.length; k++) {
    const column = numbers[k];
    if (column.type !== 'text') {
      rows.set(k, column.values[row]);
      continue;
    }
    const { value, state } = numberFromText(column.values[row] ?? '');
    if (state === 'text') return k;
    rows.set(k, value);
  }
  return -1;
}
