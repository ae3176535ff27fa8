import { renameSync } from 'node:fs';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { type DuckDb, sqlText, withDuckDb } from '../../datasets/index.ts';
import { METRIC_COUNT, METRIC_NAMES, type ParamSpace, type ParamSpec, type SweepSpec, type TrialBlock } from '../../engine/index.ts';

const CHUNK_ROWS = 2048;

interface Column {
  readonly name: string;
  readonly sqlType: 'INTEGER' | 'VARCHAR' | 'DOUBLE' | 'BOOLEAN';
  /** Value of the row at an offset in a block. */
  readonly at: (block: TrialBlock, row: number) => DuckDBValue;
}

/**
 * Trials of consecutive blocks as one Parquet file in trial order.
 *
 * Rows are appended 2,048 at a time whatever the blocks were, so that equal trials give equal bytes.
 */
export async function writeTrials(file: string, spec: SweepSpec, space: ParamSpace, blocks: Iterable<TrialBlock>): Promise<void> {
  const columns = columnsOf(spec, space);
  await withDuckDb(async (db) => {
    await db.connection.run(`CREATE TABLE trials (${columns.map(({ name, sqlType }) => `"${name}" ${sqlType}`).join(', ')})`);
    await append(db, columns, blocks);
    const temporary = `${file}.tmp`;
    await db.connection.run(`COPY trials TO ${sqlText(temporary)} (format parquet, compression zstd, row_group_size 122880)`);
    renameSync(temporary, file);
  });
}

/** `p_fastBars`: parameters keep apart from figures of the same name. */
export function paramColumn(name: string): string {
  return `p_${name}`;
}

function columnsOf(spec: SweepSpec, space: ParamSpace): Column[] {
  const pointOf = (block: TrialBlock, row: number) => space.pointAt((block.from + row) % space.points);
  const marketOf = (block: TrialBlock, row: number): number => Math.floor((block.from + row) / space.points);
  const market = (block: TrialBlock, row: number) => spec.markets[Math.min(spec.markets.length - 1, marketOf(block, row))];
  return [
    { name: 'trial', sqlType: 'INTEGER', at: (block, row) => block.from + row },
    { name: 'market', sqlType: 'INTEGER', at: marketOf },
    { name: 'venue', sqlType: 'VARCHAR', at: (block, row) => market(block, row).instrument.venue },
    { name: 'symbol', sqlType: 'VARCHAR', at: (block, row) => market(block, row).instrument.symbol },
    { name: 'timeframe_ms', sqlType: 'DOUBLE', at: (block, row) => market(block, row).timeframeMs },
    ...Object.entries(spec.paramSpecs).map(([name, param]): Column => ({
      name: paramColumn(name),
      sqlType: sqlTypeOf(param),
      at: (block, row) => pointOf(block, row)[name],
    })),
    { name: 'state', sqlType: 'VARCHAR', at: (block, row) => (block.from + row in block.failures ? 'failed' : 'ok') },
    ...METRIC_NAMES.map((name, c): Column => ({
      name,
      sqlType: 'DOUBLE',
      at: (block, row) => {
        const value = block.values[row * METRIC_COUNT + c];
        return Number.isNaN(value) ? null : value;
      },
    })),
    { name: 'reason', sqlType: 'VARCHAR', at: (block, row) => block.failures[block.from + row] ?? null },
  ];
}

function sqlTypeOf(spec: ParamSpec): Column['sqlType'] {
  return ({ int: 'INTEGER', float: 'DOUBLE', choice: 'VARCHAR', bool: 'BOOLEAN' } as const)[spec.type];
}

async function append({ api, connection }: DuckDb, columns: readonly Column[], blocks: Iterable<TrialBlock>): Promise<void> {
  const types: DuckDBType[] = columns.map(({ sqlType }) => api[sqlType]);
  const appender = await connection.createAppender('trials');
  let values: DuckDBValue[][] = columns.map(() => []);
  const flush = (): void => {
    if (values[0].length === 0) return;
    const chunk = api.DuckDBDataChunk.create(types, values[0].length);
    chunk.setColumns(values);
    appender.appendDataChunk(chunk);
    values = columns.map(() => []);
  };
  for (const block of blocks) {
    for (let row = 0; row < block.count; row++) {
      columns.forEach(({ at }, c) => values[c].push(at(block, row)));
      if (values[0].length === CHUNK_ROWS) flush();
    }
  }
  flush();
  appender.closeSync();
}
