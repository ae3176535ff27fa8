import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DataError, errorMessage } from '../../../engine/core/index.ts';
import type { Source } from '../source/read-source.ts';
import type { Column, ColumnsContent } from './column-table.ts';

/**
 * Columns of a Parquet file, read by DuckDB.
 *
 * throws  DataError `parquet-broken`
 */
export async function parquetContent(source: Source): Promise<ColumnsContent> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return await withPlainPath(source, (path) => readAll(connection, `read_parquet('${path.replaceAll("'", "''")}')`));
  } catch (cause) {
    throw new DataError('parquet-broken', `${source.label} cannot be read as Parquet (${errorMessage(cause)}); write or download it again`, { cause });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** DuckDB reads paths and expands * ? [ ] in them: anything else is laid out as a plain file first. */
async function withPlainPath<T>(source: Source, use: (path: string) => Promise<T>): Promise<T> {
  if (!source.wrapped && !/[*?[\]{}]/.test(source.path)) return use(resolve(source.path));
  const folder = await mkdtemp(join(tmpdir(), 'assay-parquet-'));
  try {
    const path = join(folder, 'candles.parquet');
    await writeFile(path, source.bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readAll(connection: DuckDBConnection, from: string): Promise<ColumnsContent> {
  const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRows();
  const fields = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
  const select = fields.map(({ name, type }) => expression(`"${name.replaceAll('"', '""')}"`, type)).join(', ');
  const cells = (await connection.runAndReadAll(`SELECT ${select} FROM ${from}`)).getColumns();
  const columns = fields.map(({ type }, index) => columnOf(type, cells[index]));
  return { columns: fields.map((field) => field.name), length: cells[0]?.length ?? 0, width: fields.length, column: (index) => columns[index] };
}

const isTime = (type: string): boolean => type.startsWith('TIMESTAMP') || type === 'DATE';
const isNumber = (type: string): boolean => /^(DECIMAL|U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|DOUBLE|FLOAT|REAL)/.test(type);

function expression(column: string, type: string): string {
  if (type === 'TIMESTAMP_NS') return `epoch_ns(${column})::DOUBLE / 1e6`;
  if (isTime(type)) return `epoch_us(${type === 'DATE' ? `${column}::TIMESTAMP` : column})::DOUBLE / 1e3`;
  return isNumber(type) ? `${column}::DOUBLE` : `${column}::VARCHAR`;
}

function columnOf(type: string, cells: readonly unknown[]): Column {
  if (!isTime(type) && !isNumber(type)) return { type: 'text', values: cells as (string | null)[] };
  const values = Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : (cell as number)));
  return isTime(type) ? { type: 'time', values, zoned: type === 'TIMESTAMP WITH TIME ZONE' } : { type: 'number', values };
}
