import { StampReader } from '../time/stamp-reader.ts';
import { isMissingText, numberFromText, textOf } from './number.ts';
import { RowScanner } from './row-scanner.ts';

/** How a delimited file is written. */
export interface Dialect {
  readonly delimiter: number;
  /** Fields a row. */
  readonly width: number;
  readonly banner: readonly string[];
  readonly header: readonly string[] | null;
  /** Line of the header, or of the last banner line; 0 when there is neither. */
  readonly headLine: number;
}

const DELIMITERS = ['\t', ';', '|', ','];
const LOOK_ROWS = 40;
const MOST_BANNER_LINES = 12;

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Delimiter, banner and header of delimited text; null when no delimiter makes rows of equal width. */
export function findDialect(bytes: Uint8Array): Dialect | null {
  for (const delimiter of DELIMITERS) {
    const rows = firstRows(bytes, delimiter.charCodeAt(0), LOOK_ROWS);
    const width = commonWidth(rows);
    if (width >= 2) return describe(rows, width, delimiter.charCodeAt(0));
  }
  return null;
}

function describe(rows: readonly Row[], width: number, delimiter: number): Dialect {
  const first = rows.slice(0, MOST_BANNER_LINES).findIndex((row) => row.cells.length === width);
  const bannerRows = rows.slice(0, Math.max(0, first));
  const candidate = rows[Math.max(0, first)];
  const isHeader = looksLikeHeader(candidate.cells);
  return {
    delimiter, width,
    banner: bannerRows.map((row) => row.cells.join(String.fromCharCode(delimiter))),
    header: isHeader ? candidate.cells.map((cell) => cell.trim()) : null,
    headLine: isHeader ? candidate.line : (bannerRows.at(-1)?.line ?? 0),
  };
}

/** First rows as text; blank lines are left out. */
export function firstRows(bytes: Uint8Array, delimiter: number, most: number, afterLine = 0): Row[] {
  const scanner = new RowScanner(bytes, delimiter);
  const rows: Row[] = [];
  while (rows.length < most && scanner.next()) {
    if (scanner.count === 0 || scanner.line <= afterLine) continue;
    const cells = Array.from({ length: scanner.count }, (_, k) => textOf(bytes, scanner.starts[k], scanner.ends[k]));
    rows.push({ line: scanner.line, cells });
  }
  return rows;
}

/** The width that most rows have, when at least three in five have it (a banner and a few torn rows may differ). */
function commonWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return count >= Math.max(1, 0.6 * (rows.length - 1)) ? width : 0;
}

function looksLikeHeader(cells: readonly string[]): boolean {
  const stamps = new StampReader({});
  const isName = (cell: string): boolean => numberFromText(cell).state === 'text' && Number.isNaN(stamps.ofText(cell.trim()));
  return cells.some(isName) && cells.every((cell) => isMissingText(cell) || isName(cell));
}
