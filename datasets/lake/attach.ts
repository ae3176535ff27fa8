import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataError, InputError } from '../../engine/core/index.ts';
import { markTable } from '../funding/mark-columns.ts';
import { requireSameCoin } from '../funding/payments-within.ts';
import type { FundingImport } from '../funding/types.ts';
import type { ImportResult, SourceFile } from '../types.ts';
import { ATTACHMENT_COLUMNS, ATTACHMENT_KINDS, hashTable, loadAttached, readVerifiedTable, withTables } from './attachments.ts';
import { writeColumns } from './columns-parquet.ts';
import { type AttachedFunding, type AttachedMark, type Attachment, candlesHashOf, type Dataset, type DatasetRef, readDataset } from './dataset.ts';
import { attachmentCacheFile, attachmentFile, type AttachmentKind, datasetFolder, type Lake } from './lake.ts';
import { loadCandles } from './load-bars.ts';
import { swapFolder, temporaryFolder } from './swap-folder.ts';

export interface AttachOptions {
  /** When it was attached; passed in, so that nothing here reads a clock. */
  readonly attachedAtMs: number;
  /** Replace what is attached and differs. */
  readonly replace?: boolean;
  /** Take a file that names another coin. */
  readonly anyway?: boolean;
}

export interface Attached {
  readonly dataset: Dataset;
  readonly isNew: boolean;
}

/**
 * Attaches funding payments to a dataset: a table beside its candles, in its manifest and its content hash, and in the bars that are loaded.
 *
 * The whole file is kept, so that candles imported later find their payments. The dataset's folder is swapped as a whole, as by an import.
 *
 * throws  InputError `dataset-unknown`, `funding-on-spot`, `funding-outside`, `funding-other-market`, `funding-exists`
 */
export async function attachFunding(lake: Lake, ref: DatasetRef, funding: FundingImport, options: AttachOptions): Promise<Attached> {
  const dataset = readDataset(lake, ref);
  if (options.anyway !== true) requireSameCoin(dataset.instrument.symbol, funding);
  const columns = [funding.timeMs, funding.rate, funding.markPrice];
  const { intervalMs, gaps, longestStepMs, importer, source, notes } = funding;
  const entry: AttachedFunding = {
    ...entryOf('funding', columns, importer, [source], notes, options), intervalMs, gaps, longestStepMs,
    rowsWithMarkPrice: funding.markPrice.reduce((count, price) => count + (Number.isNaN(price) ? 0 : 1), 0),
  };
  return attach(lake, dataset, 'funding', columns, entry, options);
}

/**
 * Attaches mark candles to a dataset, as `attachFunding` does payments; they are joined to the bars by open time.
 *
 * throws  InputError `dataset-unknown`, `mark-on-spot`, `mark-outside`, `mark-exists`; DataError `mark-coarser`, `mark-timeframe`
 */
export async function attachMark(lake: Lake, ref: DatasetRef, mark: ImportResult, options: AttachOptions): Promise<Attached> {
  const dataset = readDataset(lake, ref);
  const { table, notes } = markTable(mark, dataset.instrument, dataset.timeframeMs);
  const columns = [table.openTimeMs, table.open, table.high, table.low, table.close].map((column) => Float64Array.from(column));
  const entry: AttachedMark = { ...entryOf('mark', columns, mark.importer, mark.sources, [...mark.notes, ...notes], options), defects: mark.defects };
  return attach(lake, dataset, 'mark', columns, entry, options);
}

/** Copies the tables attached to a dataset into the folder of its successor. */
export function copyAttached(lake: Lake, dataset: Dataset, folder: string): void {
  for (const kind of ATTACHMENT_KINDS) {
    if (dataset[kind] !== undefined) copyFileSync(attachmentFile(lake, dataset.id, kind), path.join(folder, `${kind}.parquet`));
  }
}

function entryOf(
  kind: AttachmentKind, columns: readonly Float64Array[], importerId: string, sources: readonly SourceFile[], notes: readonly string[], { attachedAtMs }: AttachOptions,
): Attachment {
  const [times] = columns;
  const [name, version = '1'] = importerId.split('/');
  return {
    rows: times.length, firstTimeMs: times[0], lastTimeMs: times[times.length - 1], contentHash: hashTable(kind, columns),
    sources: sources.map(({ file, sha256, bytes }) => ({ name: path.basename(file), sha256, bytes })), importer: { name, version }, notes, attachedAtMs,
  };
}

async function attach(
  lake: Lake, dataset: Dataset, kind: AttachmentKind, columns: readonly Float64Array[], entry: AttachedFunding | AttachedMark, options: AttachOptions,
): Promise<Attached> {
  const existing = dataset[kind];
  if (existing?.contentHash === entry.contentHash && (await isIntact(lake, dataset, kind))) return { dataset, isNew: false };
  if (existing !== undefined && existing.contentHash !== entry.contentHash && options.replace !== true) {
    throw new InputError(`${kind}-exists`, `dataset "${dataset.id}" must not have ${kind} with other content (${existing.rows} rows from ${existing.sources.map(({ name }) => name).join(', ')}); replace it (--replace)`);
  }
  const candles = await loadCandles(lake, dataset);
  const others = await loadAttached(lake, { ...dataset, [kind]: undefined });
  const { dataHash } = withTables(candles, { ...others, [kind]: columns }, dataset.id);
  const next: Dataset = { ...dataset, candlesHash: candlesHashOf(dataset), contentHash: dataHash, [kind]: entry };
  await swapIn(lake, next, kind, columns);
  return { dataset: next, isNew: true };
}

async function isIntact(lake: Lake, dataset: Dataset, kind: AttachmentKind): Promise<boolean> {
  try {
    await readVerifiedTable(lake, dataset, kind);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

async function swapIn(lake: Lake, dataset: Dataset, kind: AttachmentKind, columns: readonly Float64Array[]): Promise<void> {
  const folder = temporaryFolder(lake.directory);
  try {
    const renewed = new Set(['dataset.json', path.basename(attachmentFile(lake, dataset.id, kind)), path.basename(attachmentCacheFile(lake, dataset.id, kind))]);
    for (const file of readdirSync(datasetFolder(lake, dataset.id))) {
      if (!renewed.has(file) && !file.startsWith('.')) copyFileSync(path.join(datasetFolder(lake, dataset.id), file), path.join(folder, file));
    }
    await writeColumns(path.join(folder, `${kind}.parquet`), ATTACHMENT_COLUMNS[kind], columns);
    writeFileSync(path.join(folder, 'dataset.json'), `${JSON.stringify(dataset, null, 2)}\n`);
    swapFolder(lake.directory, folder, dataset.id);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
