import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { sqlText, withDuckDb } from '../../datasets/index.ts';
import { type Bars, DataError, InputError, parseTimeMs } from '../../engine/index.ts';

/** A column that comes with its own stamps: a value is declared to be known at its time. */
export interface JoinedColumn {
  readonly name: string;
  readonly timeMs: Float64Array;
  readonly values: Float64Array;
}

/**
 * Columns of a CSV or Parquet file: times in the first (epoch milliseconds or ISO text), numbers in the others.
 *
 * throws  InputError `joined-file`; DataError `joined-column`
 */
export async function readJoinedColumns(file: string): Promise<JoinedColumn[]> {
  if (!existsSync(file)) throw new InputError('joined-file', `joined must be a file, was ${file}`);
  const source = `${extname(file) === '.parquet' ? 'read_parquet' : 'read_csv'}(${sqlText(file)})`;
  const { names, rows } = await withDuckDb(async ({ connection }) => {
    const reader = await connection.runAndReadAll(`SELECT * FROM ${source}`);
    return { names: reader.columnNames(), rows: reader.getRowsJS() };
  });
  const timeMs = Float64Array.from(rows, ([time], i) => stampOf(time, `${file}, row ${i + 1}`));
  timeMs.forEach((time, i) => {
    if (i > 0 && !(time > timeMs[i - 1])) throw new DataError('joined-column', `times of ${file} must ascend, row ${i + 1} does not`);
  });
  return names.slice(1).map((name, c) => ({ name, timeMs, values: Float64Array.from(rows, (row) => (typeof row[c + 1] === 'number' ? (row[c + 1] as number) : Number(row[c + 1] ?? Number.NaN))) }));
}

/**
 * The value that is declared to be known before each bar: the last one stamped at or before its open; NaN before the first.
 *
 * shape   bars[n] → value[n]
 */
export function asOfOpen({ timeMs, values }: JoinedColumn, { openTimeMs }: Bars): Float64Array {
  const out = new Float64Array(openTimeMs.length).fill(Number.NaN);
  let row = -1;
  for (let t = 0; t < out.length; t++) {
    while (row + 1 < timeMs.length && timeMs[row + 1] <= openTimeMs[t]) row++;
    if (row >= 0) out[t] = values[row];
  }
  return out;
}

function stampOf(value: unknown, where: string): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  if (typeof value === 'string') return parseTimeMs(value, where);
  throw new DataError('joined-column', `${where} must begin with a time, was ${String(value)}`);
}
