import type { DuckDBAppender, DuckDBDataChunk } from '@duckdb/node-api';
import { DataError } from '../../engine/core/index.ts';
import { allocateBars, BAR_COLUMNS, type BarColumns, type Bars, barsFromHandle, hashBars, type Instrument } from '../../engine/market/index.ts';
import { type DuckDb, queryRow, sqlText, withDuckDb } from './duckdb.ts';

const CHUNK_ROWS = 2048;

/** What a bar's time and absent volume look like in the file, and in memory. */
const TO_FILE = "open_time_ms::BIGINT AS open_time_ms, open, high, low, close, nullif(volume, 'nan'::DOUBLE) AS volume";
const TO_MEMORY = "open_time_ms::DOUBLE, open, high, low, close, coalesce(volume, 'nan'::DOUBLE)";

/**
 * Candles as zstd Parquet. Chunks are cut at every 2,048th row and kept in order, so that equal columns give equal bytes.
 *
 * NaN     an absent volume is NULL in the file
 */
export async function writeCandles(file: string, columns: BarColumns): Promise<void> {
  await withDuckDb(async (db) => {
    await db.connection.run('CREATE TABLE candles (open_time_ms DOUBLE, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE)');
    const appender = await db.connection.createAppender('candles');
    appendColumns(db, appender, columns);
    appender.closeSync();
    await db.connection.run(
      `COPY (SELECT ${TO_FILE} FROM candles) TO ${sqlText(file)} (format parquet, compression zstd, row_group_size 122880)`,
    );
  });
}

/**
 * Candles from Parquet straight onto shared memory, hashed by content.
 *
 * throws  DataError `candles-unreadable`
 */
export async function readCandles(file: string, timeframeMs: number, instrument: Instrument): Promise<Bars> {
  return withCandles(file, async (db, source) => {
    const { rows } = await queryRow(db.connection, `SELECT count(*)::DOUBLE AS rows FROM ${source}`);
    const bars = allocateBars(rows as number, timeframeMs, instrument);
    await fillColumns(db, `SELECT ${TO_MEMORY} FROM ${source}`, bars);
    return barsFromHandle({ ...bars.handle, dataHash: hashBars(bars) });
  });
}

/**
 * Runs queries against a file of candles, given as a table expression.
 *
 * throws  DataError `candles-unreadable`
 */
export async function withCandles<Result>(file: string, work: (db: DuckDb, source: string) => Promise<Result>): Promise<Result> {
  try {
    return await withDuckDb((db) => work(db, `read_parquet(${sqlText(file)})`));
  } catch (cause) {
    throw new DataError('candles-unreadable', `${file} must be a readable Parquet file of candles; import it again`, { cause });
  }
}

// The bindings refuse to copy from shared memory, so each chunk goes through one plain array.
function appendColumns({ api, bindings }: DuckDb, appender: DuckDBAppender, columns: BarColumns): void {
  const length = columns.close.length;
  const staged = new Float64Array(CHUNK_ROWS);
  const chunk = api.DuckDBDataChunk.create(BAR_COLUMNS.map(() => api.DOUBLE), CHUNK_ROWS);
  for (let from = 0; from < length; from += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, length - from);
    chunk.rowCount = rows;
    BAR_COLUMNS.forEach((name, k) => {
      staged.set(columns[name].subarray(from, from + rows));
      const vector = bindings.data_chunk_get_vector(chunk.chunk, k);
      bindings.copy_data_to_vector(vector, 0, staged.buffer, 0, rows * Float64Array.BYTES_PER_ELEMENT);
    });
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
}

async function fillColumns({ bindings, connection }: DuckDb, sql: string, bars: Bars): Promise<void> {
  const result = await connection.stream(sql);
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    row += copyChunk(bindings, chunk, bars, row);
  }
}

function copyChunk(bindings: DuckDb['bindings'], chunk: DuckDBDataChunk, bars: Bars, row: number): number {
  const rows = chunk.rowCount;
  BAR_COLUMNS.forEach((name, k) => {
    const bytes = bindings.vector_get_data(bindings.data_chunk_get_vector(chunk.chunk, k), rows * Float64Array.BYTES_PER_ELEMENT);
    bars[name].set(new Float64Array(bytes.buffer, bytes.byteOffset, rows), row);
  });
  return rows;
}
