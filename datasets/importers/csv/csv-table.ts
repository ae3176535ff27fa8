import { DataError } from '../../../engine/core/index.ts';
import { CellRows } from '../tables/cell-rows.ts';
import { type Cells, columnLabel, type ReadPlan, SAMPLE_ROWS, type Table } from '../tables/table.ts';
import { StampReader } from '../time/stamp-reader.ts';
import { type Dialect, findDialect, firstRows } from './dialect.ts';
import { numberFromText, parseNumber, textOf } from './number.ts';
import { RowScanner } from './row-scanner.ts';

type TableBase = Pick<Table, 'label' | 'fileNames' | 'hint'>;

/** throws  DataError `no-columns`, `no-rows` */
export function csvTable(bytes: Uint8Array, base: TableBase): Table {
  const dialect = findDialect(bytes);
  if (dialect === null) {
    throw new DataError('no-columns', `${base.label} has no columns: no comma, semicolon, tab or bar parts its lines into rows of equal width`);
  }
  const sample = firstRows(bytes, dialect.delimiter, SAMPLE_ROWS, dialect.headLine).map((row) => row.cells);
  if (sample.length === 0) throw new DataError('no-rows', `${base.label} has a header and no rows; export it again with data`);
  const shape = { ...base, kind: 'csv' as const, columns: dialect.header, width: dialect.width, banner: dialect.banner, sample };
  return { ...shape, read: (plan) => readRows(bytes, dialect, shape, plan) };
}

function readRows(bytes: Uint8Array, dialect: Dialect, table: Omit<Table, 'read'>, plan: ReadPlan): Cells {
  const stamps = new StampReader(plan.stamps);
  const cells = readWith(stamps, bytes, dialect, table, plan);
  const retry = stamps.orderToRetry(table.label);
  return retry === null ? cells : readWith(new StampReader(plan.stamps, retry), bytes, dialect, table, plan);
}

function readWith(stamps: StampReader, bytes: Uint8Array, dialect: Dialect, table: Omit<Table, 'read'>, plan: ReadPlan): Cells {
  const scanner = new RowScanner(bytes, dialect.delimiter);
  const rows = new CellRows(countLines(bytes), plan);
  const reader = new CsvRowReader(bytes, dialect, table, plan, scanner, stamps, rows);
  while (scanner.next()) {
    if (scanner.line > dialect.headLine && scanner.count > 0) reader.readRow();
  }
  return rows.finish(table.label, stamps.notes());
}

/** Reads the scanner's current row into the collected rows. */
class CsvRowReader {
  #bytes: Uint8Array;
  #dialect: Dialect;
  #table: Omit<Table, 'read'>;
  #plan: ReadPlan;
  #scanner: RowScanner;
  #stamps: StampReader;
  #rows: CellRows;

  constructor(bytes: Uint8Array, dialect: Dialect, table: Omit<Table, 'read'>, plan: ReadPlan, scanner: RowScanner, stamps: StampReader, rows: CellRows) {
    this.#bytes = bytes;
    this.#dialect = dialect;
    this.#table = table;
    this.#plan = plan;
    this.#scanner = scanner;
    this.#stamps = stamps;
    this.#rows = rows;
  }

  readRow(): void {
    const { line } = this.#scanner;
    if (this.#isEmpty()) return;
    this.#rows.countRow();
    if (this.#isRagged()) {
      this.#reject(null, 'ragged-row', `line ${line} has ${this.#scanner.count} fields where the file has ${this.#dialect.width}`);
      return;
    }
    const timeMs = this.#readTime();
    if (Number.isNaN(timeMs)) {
      this.#reject(null, 'unreadable-time', `line ${line}, ${columnLabel(this.#table, this.#plan.time)}: "${this.#text(this.#plan.time)}" is not a time`);
      return;
    }
    this.#readNumbers(timeMs);
  }

  #readNumbers(timeMs: number): void {
    const { line } = this.#scanner;
    const { numbers, skipBlank, symbol } = this.#plan;
    let blanks = 0;
    for (let k = 0; k < numbers.length; k++) {
      const value = this.#readNumber(numbers[k]);
      if (Number.isNaN(value)) {
        const text = this.#text(numbers[k]);
        if (numberFromText(text, this.#plan.decimalComma).state === 'text') {
          this.#reject(timeMs, 'text-in-number', `line ${line}, ${columnLabel(this.#table, numbers[k])}: "${text}" is not a number`);
          return;
        }
        blanks++;
      }
      this.#rows.set(k, value);
    }
    if (symbol !== undefined) this.#rows.seeSymbol(this.#text(symbol));
    if (skipBlank === true && blanks === numbers.length) this.#rows.skipBlank(line);
    else this.#rows.keep(line, timeMs, this.#stamps.lastUnit);
  }

  #readTime(): number {
    const { time } = this.#plan;
    const value = parseNumber(this.#bytes, this.#scanner.starts[time], this.#scanner.ends[time]);
    return Number.isNaN(value) ? this.#stamps.ofText(this.#text(time).trim()) : this.#stamps.ofNumber(value);
  }

  #readNumber(column: number): number {
    if (this.#plan.decimalComma === true) return numberFromText(this.#text(column), true).value;
    return parseNumber(this.#bytes, this.#scanner.starts[column], this.#scanner.ends[column]);
  }

  /** Nothing but delimiters and space, as spreadsheets leave at the end. */
  #isEmpty(): boolean {
    const { starts, ends, count } = this.#scanner;
    if (ends[0] > starts[0] && this.#bytes[starts[0]] > 32) return false;
    for (let k = 0; k < count; k++) if (this.#text(k).trim() !== '') return false;
    return true;
  }

  #isRagged(): boolean {
    const { count, starts, ends } = this.#scanner;
    const { width } = this.#dialect;
    if (count === width) return false;
    if (count < width) return true;
    for (let k = width; k < count; k++) if (ends[k] > starts[k]) return true;
    return false;
  }

  #text(column: number): string {
    return textOf(this.#bytes, this.#scanner.starts[column], this.#scanner.ends[column]);
  }

  #reject(timeMs: number | null, kind: 'ragged-row' | 'unreadable-time' | 'text-in-number', reason: string): void {
    this.#rows.reject(this.#scanner.line, timeMs, kind, reason, textOf(this.#bytes, this.#scanner.rowStart, this.#scanner.rowEnd));
  }
}

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
