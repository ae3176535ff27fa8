import { DataError } from '../../engine/core/index.ts';
import { allocateBars, BAR_COLUMNS, type BarColumns, type Bars, barsFromHandle, hashBars, type Instrument } from '../../engine/market/index.ts';
import { appendColumns, fillColumns } from './columns-parquet.ts';
import { type DuckDb, queryRow, sqlText, withDuckDb } from './duckdb.ts';

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
    appendColumns(db, appender, BAR_COLUMNS.map((name) => columns[name]));
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
    await fillColumns(db, `SELECT ${TO_MEMORY} FROM ${source}`, BAR_COLUMNS.map((name) => bars[name]));
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
