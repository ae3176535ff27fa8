import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataError, formatTime, InputError } from '../../engine/core/index.ts';
import { barsFromColumns, type Instrument } from '../../engine/market/index.ts';
import type { ImportResult } from '../types.ts';
import { copyAttached } from './attach.ts';
import { ATTACHMENT_KINDS, readVerifiedTables, withTables } from './attachments.ts';
import { writeCandles } from './candles-parquet.ts';
import { candlesHashOf, checkDatasetId, type Dataset, DATASET_SCHEMA, datasetIdOf, readDataset } from './dataset.ts';
import { attachmentFile, type Lake, manifestFile, requireDataset } from './lake.ts';
import { readVerifiedCandles } from './load-bars.ts';
import { quarantineCsv } from './quarantine-csv.ts';
import { discardFolder, swapFolder, temporaryFolder } from './swap-folder.ts';

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
 * the same name is left as it is (`isNew` false), unless what lies there is damaged. Funding and mark prices that are attached stay attached.
 *
 * throws  InputError `dataset-exists`, `dataset-id-invalid`, `attachments-in-the-way`, `funding-outside`, `mark-outside`; DataError `dataset-empty`,
 *         `dataset-busy`, `attachment-changed`
 */
export async function writeDataset(lake: Lake, result: ImportResult, options: WriteOptions): Promise<{ dataset: Dataset; isNew: boolean }> {
  const imported = manifestOf(result, options);
  const existing = intactManifest(lake, imported.id);
  if (existing !== null && candlesHashOf(existing) === imported.contentHash) {
    if (await hasIntactCandles(lake, existing)) return { dataset: existing, isNew: false };
  } else if (existsSync(manifestFile(lake, imported.id)) && options.replace !== true) throw datasetExists(imported.id, existing);
  const dataset = await withAttachments(lake, imported, result, existing);
  await writeFolder(lake, dataset, result, existing);
  return { dataset, isNew: true };
}

/** Removes a dataset and all that lies beside it. throws  InputError `dataset-unknown` */
export function removeDataset(lake: Lake, id: string): void {
  discardFolder(lake.directory, requireDataset(lake, id));
}

/**
 * The new manifest with what is attached to its predecessor.
 *
 * throws  InputError `attachments-in-the-way`, `funding-outside`, `mark-outside`; DataError `attachment-changed`
 */
async function withAttachments(lake: Lake, imported: Dataset, { candles }: ImportResult, existing: Dataset | null): Promise<Dataset> {
  const stray = ATTACHMENT_KINDS.filter((kind) => existsSync(attachmentFile(lake, imported.id, kind)));
  if (existing === null && stray.length > 0) throw inTheWay(imported.id, stray, 'its manifest is unreadable');
  const kinds = ATTACHMENT_KINDS.filter((kind) => existing?.[kind] !== undefined);
  if (existing === null || kinds.length === 0) return imported;
  if (isOtherMarket(existing.instrument, imported.instrument)) throw inTheWay(imported.id, kinds, 'the new candles are of another market');
  if (existing.mark !== undefined && existing.timeframeMs !== imported.timeframeMs) throw inTheWay(imported.id, ['mark'], 'the new candles are of another timeframe');
  const { contentHash } = imported;
  const bars = withTables(barsFromColumns(candles, imported.timeframeMs, imported.instrument), await readVerifiedTables(lake, existing), imported.id);
  return {
    ...imported, contentHash: bars.dataHash, candlesHash: contentHash, ...(existing.funding && { funding: existing.funding }), ...(existing.mark && { mark: existing.mark }),
    notes: [...imported.notes, `${kinds.join(' and ')} attached before stay attached`],
  };
}

function isOtherMarket(a: Instrument, b: Instrument): boolean {
  return a.symbol !== b.symbol || a.venue !== b.venue || a.kind !== b.kind;
}

function inTheWay(id: string, kinds: readonly string[], reason: string): InputError {
  return new InputError('attachments-in-the-way', `dataset "${id}" must not lose its ${kinds.join(' and ')}, but ${reason}; remove it first (assay data remove ${id}) or choose another id (--id)`);
}

async function writeFolder(lake: Lake, dataset: Dataset, { candles, quarantined }: ImportResult, existing: Dataset | null): Promise<void> {
  const folder = temporaryFolder(lake.directory);
  try {
    await writeCandles(path.join(folder, 'candles.parquet'), candles);
    if (existing !== null) copyAttached(lake, existing, folder);
    if (quarantined.length > 0) writeFileSync(path.join(folder, 'quarantine.csv'), quarantineCsv(quarantined));
    writeFileSync(path.join(folder, 'dataset.json'), `${JSON.stringify(dataset, null, 2)}\n`);
    swapFolder(lake.directory, folder, dataset.id);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Null where there is none, or none that can be read. */
function intactManifest(lake: Lake, id: string): Dataset | null {
  if (!existsSync(manifestFile(lake, id))) return null;
  try {
    return readDataset(lake, id);
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}

async function hasIntactCandles(lake: Lake, dataset: Dataset): Promise<boolean> {
  try {
    await readVerifiedCandles(lake, dataset);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

function datasetExists(id: string, existing: Dataset | null): InputError {
  const content = existing === null ? 'unreadable' : `${existing.rows} bars from ${formatTime(existing.firstTimeMs)}`;
  return new InputError('dataset-exists', `dataset "${id}" must not exist with other content (${content}); replace it (--replace) or choose another id (--id)`);
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
