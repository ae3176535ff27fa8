import { copyFileSync, writeFileSync } from 'node:fs';
import type { Vector } from 'apache-arrow';
import { unknownName } from '../../engine/core/index.ts';
import { type Bars, toArrowTable } from '../../engine/market/index.ts';
import { replaceFile } from './atomic-file.ts';
import { type DatasetRef, readDataset } from './dataset.ts';
import { sqlText, withDuckDb } from './duckdb.ts';
import { candlesFile, type Lake } from './lake.ts';
import { loadBars } from './load-bars.ts';

export const EXPORT_FORMATS = ['parquet', 'csv', 'arrow'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * A dataset as one file with the columns open_time_ms, open, high, low, close, volume; an absent volume is NULL, empty, or NaN (Arrow).
 * An existing file is replaced as a whole.
 *
 * throws  InputError `export-format-unknown`, `dataset-unknown`
 */
export async function exportDataset(lake: Lake, ref: DatasetRef, file: string, format: ExportFormat): Promise<void> {
  const write = WRITERS[format];
  if (write === undefined) throw unknownName('export-format-unknown', 'export format', format, EXPORT_FORMATS);
  const { id } = readDataset(lake, ref);
  await replaceFile(file, (temporary) => write(lake, id, temporary));
}

const WRITERS: Readonly<Record<ExportFormat, (lake: Lake, id: string, file: string) => void | Promise<void>>> = {
  parquet: (lake, id, file) => copyFileSync(candlesFile(lake, id), file),
  csv: writeCsv,
  arrow: async (lake, id, file) => writeFileSync(file, await arrowFile(await loadBars(lake, id))),
};

async function writeCsv(lake: Lake, id: string, file: string): Promise<void> {
  const query = `SELECT * FROM read_parquet(${sqlText(candlesFile(lake, id))})`;
  await withDuckDb(({ connection }) => connection.run(`COPY (${query}) TO ${sqlText(file)} (format csv, header)`));
}

/** An Arrow IPC file, times as 64-bit integers. */
async function arrowFile(bars: Bars): Promise<Uint8Array> {
  const arrow = await import('apache-arrow');
  const table = await toArrowTable(bars);
  const times = arrow.vectorFromArray(BigInt64Array.from(bars.openTimeMs, BigInt));
  const columns: Record<string, Vector> = { open_time_ms: times };
  for (const name of ['open', 'high', 'low', 'close', 'volume']) columns[name] = table.getChild(name) as Vector;
  return arrow.tableToIPC(new arrow.Table(columns), 'file');
}
