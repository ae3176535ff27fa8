import type { DuckDBAppender, DuckDBDataChunk } from '@duckdb/node-api';
import { type DuckDb, sqlText } from '../../datasets/index.ts';
import { type ParamSpec, type ParamValue, SCREEN_COLUMNS, type ScreenSpec } from '../../engine/index.ts';
import { PART_TRIALS } from '../studies/part-file.ts';
import { paramColumn, sqlName } from '../studies/trials-parquet.ts';
import { figureColumns, type StagedPart } from './part-columns.ts';

const CHUNK_ROWS = 2048;

/** A column as numbers on its way to the file, and as what it is in the file. */
interface StagedColumn {
  readonly name: string;
  readonly sqlType: 'INTEGER' | 'DOUBLE';
  readonly select: string;
  readonly numbers: (part: StagedPart) => Int32Array | Float64Array;
}

export interface PartParquet {
  /** Writes the trials of a part in order. Chunks are cut at every 2,048th trial, so that equal trials give equal bytes. */
  write(file: string, part: StagedPart): Promise<void>;
}

/**
 * Parts of a screen as zstd Parquet, one row group each, through one table, one chunk and one buffer a column.
 *
 * memory  the columns of a part
 * NaN     NULL in the file
 */
export async function openPartParquet(db: DuckDb, spec: ScreenSpec, groups: number, lane: number): Promise<PartParquet> {
  const connection = await db.connect();
  const [staged, reasons] = [`staged_${lane}`, `reasons_${lane}`];
  const columns = [...keyColumns(groups), ...paramColumns(spec), ...SCREEN_COLUMNS.map(figureColumn)];
  await connection.run(`CREATE TABLE ${staged} (${columns.map(({ name, sqlType }) => `${sqlName(name)} ${sqlType}`).join(', ')})`);
  await connection.run(`CREATE TABLE ${reasons} (reason VARCHAR)`);
  const chunk = db.api.DuckDBDataChunk.create(columns.map(({ sqlType }) => db.api[sqlType]), CHUNK_ROWS);
  const select = columns.map((column) => `${column.select} AS ${sqlName(column.name)}`).join(', ');
  return {
    async write(file, part) {
      appendNumbers(db, await connection.createAppender(staged), chunk, columns.map(({ numbers }) => numbers(part)));
      const hasReasons = part.failures.size > 0;
      if (hasReasons) appendReasons(db, await connection.createAppender(reasons), part);
      const source = hasReasons ? `reason FROM ${staged} POSITIONAL JOIN ${reasons}` : `NULL::VARCHAR AS reason FROM ${staged}`;
      await connection.run(`COPY (SELECT ${select}, ${source}) TO ${sqlText(file)} (format parquet, compression zstd, row_group_size 122880)`);
      await connection.run(`TRUNCATE ${staged}`);
      if (hasReasons) await connection.run(`TRUNCATE ${reasons}`);
    },
  };
}

function keyColumns(groups: number): StagedColumn[] {
  const trials = new Int32Array(PART_TRIALS);
  const trial: StagedColumn = {
    name: 'trial', sqlType: 'INTEGER', select: 'trial',
    numbers: ({ range: { from, to } }) => {
      for (let i = 0; i < to - from; i++) trials[i] = from + i;
      return trials.subarray(0, to - from);
    },
  };
  if (groups === 1) return [trial];
  const markets = new Int32Array(PART_TRIALS);
  const market: StagedColumn = {
    name: 'market', sqlType: 'INTEGER', select: 'market',
    numbers: ({ range, pieces }) => {
      for (const piece of pieces) markets.fill(piece.market, piece.from - range.from, piece.to - range.from);
      return markets.subarray(0, range.to - range.from);
    },
  };
  return [trial, market];
}

function paramColumns({ axes, paramSpecs }: ScreenSpec): StagedColumn[] {
  return Object.keys(axes).map((param, axis) => {
    const name = paramColumn(param);
    const stored = storedAxis(paramSpecs[param], axes[param], sqlName(name));
    return { name, ...stored, numbers: ({ digits }) => lookedUp(stored.values, digits[axis], stored.buffer) };
  });
}

/** Numbers as they are; whole ones beyond 32 bits as doubles; names and switches by their position among the values. */
function storedAxis({ type }: ParamSpec, values: readonly ParamValue[], column: string) {
  if (type === 'int' && values.every((value) => value === (Number(value) | 0))) {
    return { sqlType: 'INTEGER', select: column, values: values as readonly number[], buffer: new Int32Array(PART_TRIALS) } as const;
  }
  if (type === 'int' || type === 'float') return { sqlType: 'DOUBLE', select: column, values: values as readonly number[], buffer: new Float64Array(PART_TRIALS) } as const;
  const literals = values.map((value) => (typeof value === 'string' ? sqlText(value) : String(value))).join(', ');
  return { sqlType: 'INTEGER', select: `([${literals}])[${column} + 1]`, values: values.map((_, i) => i), buffer: new Int32Array(PART_TRIALS) } as const;
}

function lookedUp<T extends Int32Array | Float64Array>(values: readonly number[], digits: Uint32Array, buffer: T): T {
  for (let i = 0; i < digits.length; i++) buffer[i] = values[digits[i]];
  return buffer.subarray(0, digits.length) as T;
}

function figureColumn(name: string, c: number): StagedColumn {
  return { name, sqlType: 'DOUBLE', select: `nullif(${sqlName(name)}, 'nan'::DOUBLE)`, numbers: (part) => figureColumns(part)[c] };
}

function appendNumbers({ bindings }: DuckDb, appender: DuckDBAppender, chunk: DuckDBDataChunk, columns: readonly (Int32Array | Float64Array)[]): void {
  const [{ length }] = columns;
  for (let from = 0; from < length; from += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, length - from);
    if (rows !== chunk.rowCount) chunk.rowCount = rows;
    columns.forEach((column, c) => {
      const vector = bindings.data_chunk_get_vector(chunk.chunk, c);
      const { BYTES_PER_ELEMENT: size } = column;
      bindings.copy_data_to_vector(vector, 0, column.buffer as ArrayBuffer, column.byteOffset + from * size, rows * size);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function appendReasons({ api }: DuckDb, appender: DuckDBAppender, { range: { from, to }, failures }: StagedPart): void {
  for (let first = from; first < to; first += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, to - first);
    const chunk = api.DuckDBDataChunk.create([api.VARCHAR], rows);
    chunk.setColumnValues(0, Array.from({ length: rows }, (_, i) => failures.get(first + i) ?? null));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
