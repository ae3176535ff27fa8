import { formatTime } from '../../engine/core/index.ts';
import type { Defect, DefectKind, RawCandles, Severity } from '../types.ts';

const MOST_EXAMPLES = 5;

/** A defect with every row it was found in (indexes into the candles that were inspected). */
export interface Finding {
  readonly defect: Defect;
  readonly rows: readonly number[];
}

export interface FindingText {
  readonly kind: DefectKind;
  readonly severity: Severity;
  /** What is wrong with a row, in words. */
  readonly say: (row: number) => string;
  readonly measures?: Readonly<Record<string, number>>;
}

/** No finding for no rows, else one that names the first rows. */
export function findingOf(candles: RawCandles, rows: readonly number[], text: FindingText): Finding[] {
  if (rows.length === 0) return [];
  const [first] = rows;
  const examples = rows.slice(0, MOST_EXAMPLES).map((row) => `${rowName(candles, row)}: ${text.say(row)}`);
  return [{
    rows,
    defect: {
      kind: text.kind, severity: text.severity, count: rows.length, firstLine: candles.line[first], firstTimeMs: candles.openTimeMs[first], examples,
      ...(text.measures && { measures: text.measures }),
    },
  }];
}

/** `line 17 (2024-03-07T14:00:00Z)`. */
export function rowName(candles: RawCandles, row: number): string {
  return `line ${candles.line[row]} (${formatTime(candles.openTimeMs[row])})`;
}

/** Rows for which a rule holds. */
export function rowsWhere(candles: RawCandles, holds: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < candles.openTimeMs.length; row++) if (holds(row)) rows.push(row);
  return rows;
}
