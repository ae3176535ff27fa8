import { DataError, parseTimeMs } from '../../engine/index.ts';

export const GIVEN_COLUMNS = ['fundamental', 'technology', 'valuation'] as const;
export type GivenColumn = (typeof GIVEN_COLUMNS)[number];

/** Grades that somebody else made, known from a time on. */
export interface GivenGrades extends Readonly<Record<GivenColumn, number | null>> {
  /** `venue:symbol` */
  readonly symbol: string;
  readonly availableAtMs: number;
}

/**
 * Given grades from CSV with the header `symbol,available_at` and any of `fundamental,technology,valuation` (0 … 100, empty: none), sorted by time.
 *
 * throws  DataError `given-grades-invalid` with file and line
 */
export function parseGivenGrades(text: string, file: string): GivenGrades[] {
  const [head = '', ...lines] = text.split(/\r?\n/);
  const names = head.split(',').map((name) => name.trim());
  const wrong = (line: number, rule: string, value: string): DataError => new DataError('given-grades-invalid', `${file} line ${line}: ${rule}, was "${value}"`);
  const known: readonly string[] = ['symbol', 'available_at', ...GIVEN_COLUMNS];
  if (!names.includes('symbol') || !names.includes('available_at') || names.some((name) => !known.includes(name))) throw wrong(1, `header must be of ${known.join(', ')}, the first two present`, head);
  const rows = lines.flatMap((line, i): GivenGrades[] => {
    if (line.trim() === '') return [];
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells.length !== names.length) throw wrong(i + 2, `must have ${names.length} cells`, line);
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const grade = (name: GivenColumn): number | null => {
      if (cell(name) === '') return null;
      const value = Number(cell(name));
      if (!(value >= 0 && value <= 100)) throw wrong(i + 2, `${name} must be in 0 … 100`, cell(name));
      return value;
    };
    return [{ symbol: cell('symbol'), availableAtMs: parseTimeMs(cell('available_at'), `${file} line ${i + 2}: available_at`), fundamental: grade('fundamental'), technology: grade('technology'), valuation: grade('valuation') }];
  });
  return rows.sort((a, b) => a.availableAtMs - b.availableAtMs);
}

/** The latest of each grade that was available at a time. */
export function givenAt(rows: readonly GivenGrades[], symbol: string, timeMs: number): Readonly<Record<GivenColumn, number | null>> {
  const found: Record<GivenColumn, number | null> = { fundamental: null, technology: null, valuation: null };
  for (const row of rows) {
    if (row.availableAtMs > timeMs) break;
    if (row.symbol === symbol) for (const name of GIVEN_COLUMNS) found[name] = row[name] ?? found[name];
  }
  return found;
}
