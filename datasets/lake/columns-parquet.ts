import type { DuckDBAppender, DuckDBDataChunk } from '@duckdb/node-api';
import { type DuckDb, queryRow, sqlText, withDuckDb } from './duckdb.ts';

const CHUNK_ROWS = 2048;

/**
 * Columns of doubles as zstd Parquet; the first holds times and is written as BIGINT. Chunks are cut at every 2,048th row and kept in order, so that
 * equal columns give equal bytes.
 *
 * NaN     NULL in the file
 */
export async function writeColumns(file: string, names: readonly string[], columns: readonly Float64Array[]): Promise<void> {
  const [time, ...values] = names;
  const select = [`${time}::BIGINT AS ${time}`, ...values.map((name) => `nullif(${name}, 'nan'::DOUBLE) AS ${name}`)].join(', ');
  await withDuckDb(async (db) => {
    await db.connection.run(`CREATE TABLE stored (${names.map((name) => `${name} DOUBLE`).join(', ')})`);
    const appender = await db.connection.createAppender('stored');
    appendColumns(db, appender, columns);
    appender.closeSync();
    await db.connection.run(`COPY (SELECT ${select} FROM stored) TO ${sqlText(file)} (format parquet, compression zstd, row_group_size 122880)`);
  });
}

/** Columns by name, as `writeColumns` wrote them. */
export async function readColumns(file: string, names: readonly string[]): Promise<Float64Array[]> {
  const [time, ...values] = names;
  return withDuckDb(async (db) => {
    const source = `read_parquet(${sqlText(file)})`;
    const { rows } = await queryRow(db.connection, `SELECT count(*)::DOUBLE AS rows FROM ${source}`);
    const columns = names.map(() => new Float64Array(rows as number));
    await fillColumns(db, `SELECT ${time}::DOUBLE, ${values.map((name) => `coalesce(${name}, 'nan'::DOUBLE)`).join(', ')} FROM ${source}`, columns);
    return columns;
  });
}

// The bindings refuse to copy from shared memory, so each chunk goes through one plain array.
export function appendColumns({ api, bindings }: DuckDb, appender: DuckDBAppender, columns: readonly Float64Array[]): void {
  const [{ length }] = columns;
  const staged = new Float64Array(CHUNK_ROWS);
  const chunk = api.DuckDBDataChunk.create(columns.map(() => api.DOUBLE), CHUNK_ROWS);
  for (let from = 0; from < length; from += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, length - from);
    chunk.rowCount = rows;
    columns.forEach((column, k) => {
      staged.set(column.subarray(from, from + rows));
      const vector = bindings.data_chunk_get_vector(chunk.chunk, k);
      bindings.copy_data_to_vector(vector, 0, staged.buffer, 0, rows * Float64Array.BYTES_PER_ELEMENT);
    });
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
}

export async function fillColumns({ bindings, connection }: DuckDb, sql: string, columns: readonly Float64Array[]): Promise<void> {
  const result = await connection.stream(sql);
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    row += copyChunk(bindings, chunk, columns, row);
  }
}

function copyChunk(bindings: DuckDb['bindings'], chunk: DuckDBDataChunk, columns: readonly Float64Array[], row: number): number {
  const rows = chunk.rowCount;
  columns.forEach((column, k) => {
    const bytes = bindings.vector_get_data(bindings.data_chunk_get_vector(chunk.chunk, k), rows * Float64Array.BYTES_PER_ELEMENT);
    column.set(new Float64Array(bytes.buffer, bytes.byteOffset, rows), row);
  });
  return rows;
}
