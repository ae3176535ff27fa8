import { renameSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DuckDBAppender, DuckDBValue } from '@duckdb/node-api';
import { type DuckDb, sqlText, syncFile, withDuckDb } from '../../datasets/index.ts';
import { type Params, type ParamSpace, type ParamSpec, type SweepSpec, TRIAL_COLUMNS, TRIAL_WIDTH, type TrialBlock } from '../../engine/index.ts';

const CHUNK_ROWS = 2048;

/** One trial on its way to the file; its figures are `values` from `offset` on. */
interface Row {
  readonly trial: number;
  readonly market: number;
  readonly params: Params;
  readonly values: Float64Array;
  readonly offset: number;
  readonly reason: string | null;
}

interface Column {
  readonly name: string;
  readonly sqlType: 'INTEGER' | 'VARCHAR' | 'DOUBLE' | 'BOOLEAN';
  valueOf(row: Row): DuckDBValue;
}

/**
 * Trials of consecutive blocks as one Parquet file in trial order, whole or not at all.
 *
 * Rows are appended 2,048 at a time whatever the blocks were, so that equal trials give equal bytes.
 */
export async function writeTrials(file: string, spec: SweepSpec, space: ParamSpace, legs: number, blocks: Iterable<TrialBlock>): Promise<void> {
  const columns = columnsOf(spec, legs);
  await withDuckDb(async (db) => {
    await db.connection.run(`CREATE TABLE trials (${columns.map(({ name, sqlType }) => `${sqlName(name)} ${sqlType}`).join(', ')})`);
    const appender = await db.connection.createAppender('trials');
    for (const rows of chunksOf(blocks, space)) {
      append(db, appender, columns, rows);
      await setImmediate(); // lets the main thread hand blocks to workers in between
    }
    appender.closeSync();
    const temporary = `${file}.tmp`;
    await db.connection.run(`COPY trials TO ${sqlText(temporary)} (format parquet, compression zstd, row_group_size 122880)`);
    syncFile(temporary);
    renameSync(temporary, file);
  });
}

/** `p_fastBars`: parameters keep apart from figures of the same name. */
export function paramColumn(name: string): string {
  return `p_${name}`;
}

export function sqlName(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}

function columnsOf(spec: SweepSpec, legs: number): Column[] {
  const markets = marketLabels(spec, legs);
  return [
    { name: 'trial', sqlType: 'INTEGER', valueOf: ({ trial }) => trial },
    { name: 'market', sqlType: 'INTEGER', valueOf: ({ market }) => market },
    { name: 'venue', sqlType: 'VARCHAR', valueOf: ({ market }) => markets[market].venue },
    { name: 'symbol', sqlType: 'VARCHAR', valueOf: ({ market }) => markets[market].symbol },
    { name: 'timeframe_ms', sqlType: 'DOUBLE', valueOf: ({ market }) => markets[market].timeframeMs },
    ...Object.entries(spec.paramSpecs).map(([name, param]): Column => ({
      name: paramColumn(name),
      sqlType: sqlTypeOf(param, spec.axes[name]),
      valueOf: ({ params }) => params[name],
    })),
    { name: 'state', sqlType: 'VARCHAR', valueOf: ({ reason }) => (reason === null ? 'ok' : 'failed') },
    ...TRIAL_COLUMNS.map(figureColumn),
    { name: 'reason', sqlType: 'VARCHAR', valueOf: ({ reason }) => reason },
  ];
}

/** Whole numbers beyond 32 bits, such as milliseconds, are kept as doubles. */
function sqlTypeOf({ type }: ParamSpec, axis: readonly unknown[]): Column['sqlType'] {
  if (type === 'int') return axis.every((value) => value === (Number(value) | 0)) ? 'INTEGER' : 'DOUBLE';
  return ({ float: 'DOUBLE', choice: 'VARCHAR', bool: 'BOOLEAN' } as const)[type];
}

function figureColumn(name: string, index: number): Column {
  const valueOf = ({ values, offset }: Row): number | null => {
    const value = values[offset + index];
    return Number.isNaN(value) ? null : value;
  };
  return { name, sqlType: 'DOUBLE', valueOf };
}

/** Names of each trial's market; those of several legs are joined. */
function marketLabels({ markets }: SweepSpec, legs: number): { venue: string; symbol: string; timeframeMs: number }[] {
  return Array.from({ length: markets.length / legs }, (_, market) => {
    const own = markets.slice(market * legs, (market + 1) * legs);
    return {
      venue: [...new Set(own.map(({ instrument }) => instrument.venue))].join(' + '),
      symbol: own.map(({ instrument }) => instrument.symbol).join(' + '),
      timeframeMs: own[0].timeframeMs,
    };
  });
}

function* chunksOf(blocks: Iterable<TrialBlock>, space: ParamSpace): Generator<readonly Row[]> {
  let rows: Row[] = [];
  for (const block of blocks) {
    for (let i = 0; i < block.count; i++) {
      rows.push(rowOf(block, i, space));
      if (rows.length < CHUNK_ROWS) continue;
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

function rowOf({ from, values, failures }: TrialBlock, i: number, space: ParamSpace): Row {
  const trial = from + i;
  const market = Math.floor(trial / space.points);
  return { trial, market, params: space.pointAt(trial - market * space.points), values, offset: i * TRIAL_WIDTH, reason: failures[trial] ?? null };
}

function append({ api }: DuckDb, appender: DuckDBAppender, columns: readonly Column[], rows: readonly Row[]): void {
  const chunk = api.DuckDBDataChunk.create(columns.map(({ sqlType }) => api[sqlType]), rows.length);
  columns.forEach((column, c) => chunk.setColumnValues(c, rows.map((row) => column.valueOf(row))));
  appender.appendDataChunk(chunk);
}
