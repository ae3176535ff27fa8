import { createRequire } from 'node:module';
import type { DuckDBConnection } from '@duckdb/node-api';
import type duckdbBindings from '@duckdb/node-bindings';

export type DuckDbApi = typeof import('@duckdb/node-api');
export type DuckDbBindings = typeof duckdbBindings;

/** DuckDB, its low-level functions, and a connection to a fresh database in memory. */
export interface DuckDb {
  readonly api: DuckDbApi;
  readonly bindings: DuckDbBindings;
  readonly connection: DuckDBConnection;
  /** A further connection to it, for statements beside those of the first; closed with it. */
  connect(): Promise<DuckDBConnection>;
}

/** `require` loads these CommonJS packages in half of the time of `import`, which parses each file for its names first. */
const load = createRequire(import.meta.url);

/** Runs work against DuckDB, which is loaded only now. */
export async function withDuckDb<Result>(work: (db: DuckDb) => Promise<Result>): Promise<Result> {
  const api = load('@duckdb/node-api') as DuckDbApi;
  const bindings = load('@duckdb/node-bindings') as DuckDbBindings;
  const instance = await api.DuckDBInstance.create(':memory:');
  const connections: DuckDBConnection[] = [];
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    connections.push(connection);
    return connection;
  };
  try {
    return await work({ api, bindings, connection: await connect(), connect });
  } finally {
    for (const connection of connections) connection.closeSync();
    instance.closeSync();
  }
}

/** A path as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The one row of a query, as plain numbers, strings and nulls. */
export async function queryRow(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>> {
  const [row] = (await connection.runAndReadAll(sql)).getRowObjectsJS();
  return row;
}
