import type { Defect, DefectKind, InstrumentHint } from '../../types.ts';
import type { ContentKind } from '../source/content-kind.ts';
import type { StampOptions } from '../time/stamp-reader.ts';

/** A row that could not be read as numbers and a time. */
export interface Reject {
  readonly line: number;
  readonly openTimeMs: number | null;
  readonly text: string;
  readonly kind: DefectKind;
  readonly reason: string;
}

/** Which columns to read, and how. */
export interface ReadPlan {
  readonly time: number;
  /** Columns whose cells must be numbers; blanks become NaN. */
  readonly numbers: readonly number[];
  /** A column that names the market and must not change. */
  readonly symbol?: number;
  readonly stamps: StampOptions;
  /** Rows in which every number is blank are skipped and counted. */
  readonly skipBlank?: boolean;
  readonly decimalComma?: boolean;
}

/** What was read: one entry a row that has a time and numbers, in file order. */
export interface Cells {
  readonly timeMs: Float64Array;
  readonly numbers: readonly Float64Array[];
  readonly line: Int32Array;
  readonly rejects: readonly Reject[];
  readonly defects: readonly Defect[];
  readonly notes: readonly string[];
  readonly symbol?: string;
  readonly rowsRead: number;
}

/** A file of any kind seen as a table: a look at its first rows, and a way to read all of them. */
export interface Table {
  readonly kind: ContentKind;
  /** File (and zip entry) for messages. */
  readonly label: string;
  /** File and entry names, for formats and hints. */
  readonly fileNames: readonly string[];
  readonly hint: InstrumentHint;
  /** Column names, or null where the file has none. */
  readonly columns: readonly string[] | null;
  readonly width: number;
  /** Lines above the header. */
  readonly banner: readonly string[];
  /** Up to `SAMPLE_ROWS` first rows as text. */
  readonly sample: readonly (readonly string[])[];
  read(plan: ReadPlan): Cells;
}

export const SAMPLE_ROWS = 300;

/** A column's name for messages: `column "high"` or `column 3`. */
export function columnLabel(table: Pick<Table, 'columns'>, index: number): string {
  const name = table.columns?.[index];
  return name ? `column "${name}"` : `column ${index + 1}`;
}
