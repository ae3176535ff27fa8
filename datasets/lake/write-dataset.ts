import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataError, InputError } from '../../engine/index.ts';
import { barsFromColumns, formatTime, type Instrument } from '../../engine/index.ts';
import type { ImportResult, QuarantinedRow } from '../types.ts';
import { syncFile } from './atomic-file.ts';
import { writeCandles } from './candles-parquet.ts';
import { checkDatasetId, type Dataset, DATASET_SCHEMA, datasetIdOf, readDataset } from './dataset.ts';
import { datasetFolder, type Lake, manifestFile } from './lake.ts';
import { swapFolder, temporaryFolder } from './swap-folder.ts';

export interface WriteOptions {
  /** Name of the dataset; `venue-symbol-timeframe` by default. */
  readonly id?: string;
  readonly instrument: Instrument;
  readonly timeframeMs: number;
  /** When the import took place; passed in, so that nothing here reads a clock. */
  readonly importedAtMs: number;
  /** Replace a dataset of the same name whose content differs. */
  readonly replace?: boolean;
}

/**
 * Imported candles as a dataset of the lake: Parquet, manifest, and what was quarantined beside them.
 *
 * The folder is filled under another name and swapped in whole: a killed import leaves the old dataset or the new one. The same content under
 * the same name is left as it is (`isNew` false).
 *
 * throws  InputError `dataset-exists`, `dataset-id-invalid`; DataError `dataset-empty`
 */
export async function writeDataset(lake: Lake, result: ImportResult, options: WriteOptions): Promise<{ dataset: Dataset; isNew: boolean }> {
  const dataset = manifestOf(result, options);
  const existing = existsSync(manifestFile(lake, dataset.id)) ? readDataset(lake, dataset.id) : null;
  if (existing !== null && existing.contentHash === dataset.contentHash) return { dataset: existing, isNew: false };
  if (existing !== null && options.replace !== true) {
    throw new InputError('dataset-exists', `dataset "${dataset.id}" must not exist with other content (${existing.rows} bars from ${formatTime(existing.firstTimeMs)}); replace it (--replace) or choose another id (--id)`);
  }
  const folder = temporaryFolder(lake.directory);
  try {
    await writeCandles(path.join(folder, 'candles.parquet'), result.candles);
    if (result.quarantined.length > 0) writeFileSync(path.join(folder, 'quarantine.csv'), quarantineCsv(result.quarantined));
    const manifest = path.join(folder, 'dataset.json');
    writeFileSync(manifest, `${JSON.stringify(dataset, null, 2)}\n`);
    syncFile(manifest);
    swapFolder(lake.directory, folder, dataset.id);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return { dataset, isNew: true };
}

/** Removes a dataset and all that lies beside it. throws  InputError `dataset-unknown` */
export function removeDataset(lake: Lake, id: string): void {
  rmSync(datasetFolder(lake, readDataset(lake, id).id), { recursive: true, force: true });
}

function manifestOf(result: ImportResult, { id, instrument, timeframeMs, importedAtMs }: WriteOptions): Dataset {
  const { candles, sources, defects, notes, rowsRead, rowsKept, quarantined } = result;
  const rows = candles.close.length;
  if (rows === 0) throw new DataError('dataset-empty', `${sources.map(({ file }) => file).join(', ')} must hold at least one bar, holds none`);
  const [name, version = '1'] = result.importer.split('/');
  return {
    schema: DATASET_SCHEMA,
    id: checkDatasetId(id ?? datasetIdOf(instrument, timeframeMs)),
    instrument,
    timeframeMs,
    rows,
    firstTimeMs: candles.openTimeMs[0],
    lastTimeMs: candles.openTimeMs[rows - 1],
    contentHash: barsFromColumns(candles, timeframeMs, instrument).dataHash,
    sources: sources.map(({ file, sha256, bytes }) => ({ name: path.basename(file), sha256, bytes })),
    importer: { name, version },
    rowsRead,
    rowsKept,
    rowsQuarantined: quarantined.length,
    defects,
    notes,
    importedAtMs,
  };
}

function quarantineCsv(rows: readonly QuarantinedRow[]): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map(({ file, line, openTimeMs, text, reason }) =>
    [quoted(path.basename(file)), line, openTimeMs === null ? '' : formatTime(openTimeMs), quoted(reason), quoted(text)].join(','),
  );
  return `${['file,line,open_time,reason,text', ...lines].join('\n')}\n`;
}
