import { DataError, formatTime } from '../../../engine/core/index.ts';
import type { Defect, DefectKind } from '../../types.ts';
import { unitName } from '../time/stamp-reader.ts';
import type { Cells, ReadPlan, Reject } from './table.ts';

const MOST_EXAMPLES = 5;

/** Collects rows while a table is read, and turns what was odd about them into defects. */
export class CellRows {
  readonly rejects: Reject[] = [];
  #timeMs: Float64Array;
  #numbers: Float64Array[];
  #line: Int32Array;
  #unit: Int8Array;
  #length = 0;
  #rowsRead = 0;
  #blankLines: number[] = [];
  #blanks = 0;
  #symbols = new Map<string, string>();

  constructor(capacity: number, plan: ReadPlan) {
    this.#timeMs = new Float64Array(capacity);
    this.#numbers = plan.numbers.map(() => new Float64Array(capacity));
    this.#line = new Int32Array(capacity);
    this.#unit = new Int8Array(capacity);
  }

  /** The row that `set` writes to. */
  countRow(): void {
    this.#rowsRead++;
  }

  set(column: number, value: number): void {
    this.#numbers[column][this.#length] = value;
  }

  /** Ends the row; `unit` is the StampReader's. */
  keep(line: number, timeMs: number, unit: number): void {
    this.#timeMs[this.#length] = timeMs;
    this.#line[this.#length] = line;
    this.#unit[this.#length] = unit;
    this.#length++;
  }

  skipBlank(line: number): void {
    this.#blanks++;
    if (this.#blankLines.length < MOST_EXAMPLES) this.#blankLines.push(line);
  }

  reject(line: number, openTimeMs: number | null, kind: DefectKind, reason: string, text: string): void {
    this.rejects.push({ line, openTimeMs, kind, reason, text: text.slice(0, 300) });
  }

  /** `BTC/USDT` and `BTCUSDT` are one market: files change the spelling half way. */
  seeSymbol(text: string): void {
    const key = text.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
    if (key !== '' && !this.#symbols.has(key)) this.#symbols.set(key, text);
  }

  /** throws  DataError `several-markets` */
  finish(label: string, notes: readonly string[]): Cells {
    if (this.#symbols.size > 1) {
      const names = [...this.#symbols.values()].slice(0, 5).join(', ');
      throw new DataError('several-markets', `${label} holds rows of ${this.#symbols.size} markets (${names}); split it into one file a market`);
    }
    const cut = <T extends Float64Array | Int32Array>(column: T): T => column.subarray(0, this.#length) as T;
    return {
      timeMs: cut(this.#timeMs), numbers: this.#numbers.map(cut), line: cut(this.#line), rejects: this.rejects,
      defects: [...this.#blankDefect(), ...this.#unitDefect()], notes, rowsRead: this.#rowsRead, symbol: [...this.#symbols.values()][0],
    };
  }

  #blankDefect(): Defect[] {
    if (this.#blanks === 0) return [];
    const examples = this.#blankLines.map((line) => `line ${line}`);
    return [{ kind: 'blank-row', severity: 'info', count: this.#blanks, firstLine: this.#blankLines[0], firstTimeMs: null, examples }];
  }

  /** Rows in another unit than most; they are already normalised. */
  #unitDefect(): Defect[] {
    const counts = [0, 0, 0, 0];
    for (let row = 0; row < this.#length; row++) if (this.#unit[row] >= 0) counts[this.#unit[row]]++;
    if (counts.filter((count) => count > 0).length < 2) return [];
    const usual = counts.indexOf(Math.max(...counts));
    const rows: number[] = [];
    for (let row = 0; row < this.#length; row++) if (this.#unit[row] >= 0 && this.#unit[row] !== usual) rows.push(row);
    const examples = rows.slice(0, MOST_EXAMPLES).map((row) =>
      `line ${this.#line[row]} (${formatTime(this.#timeMs[row])}) is in ${unitName(this.#unit[row])}, most rows in ${unitName(usual)}`);
    return [{
      kind: 'mixed-time-units', severity: 'warn', count: rows.length, firstLine: this.#line[rows[0]], firstTimeMs: this.#timeMs[rows[0]], examples,
    }];
  }
}
