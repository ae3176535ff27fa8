import { DataError, sha256 } from '../../engine/core/index.ts';
import { type Bars, barsFromHandle, type ColumnsHandle, hashBars } from '../../engine/market/index.ts';
import { markBeside } from '../funding/mark-columns.ts';
import { paymentsWithin } from '../funding/payments-within.ts';
import { readColumnCache, writeColumnCache } from './column-cache.ts';
import type { Attachment, Dataset } from './dataset.ts';
import { attachmentCacheFile, attachmentFile, type AttachmentKind, type Lake } from './lake.ts';

export const ATTACHMENT_KINDS: readonly AttachmentKind[] = ['funding', 'mark'];

/** Columns of the tables in the lake; the first holds ascending times. */
export const ATTACHMENT_COLUMNS: Readonly<Record<AttachmentKind, readonly string[]>> = {
  funding: ['time_ms', 'rate', 'mark_price'],
  mark: ['open_time_ms', 'open', 'high', 'low', 'close'],
};

/** Columns of what is attached, by kind. */
export type AttachedTables = Readonly<Partial<Record<AttachmentKind, readonly Float64Array[]>>>;

export function hashTable(kind: AttachmentKind, columns: readonly Float64Array[]): string {
  return sha256(`assay-${kind}/1\n${columns[0].length}\n`, ...columns);
}

/** What is attached to a dataset, from the caches where they fit. */
export function loadAttached(lake: Lake, dataset: Dataset): Promise<AttachedTables> {
  return eachAttached(dataset, (kind, attachment) => loadTable(lake, dataset, kind, attachment));
}

/** What is attached to a dataset, from the Parquet files. throws  DataError `attachment-changed` */
export function readVerifiedTables(lake: Lake, dataset: Dataset): Promise<AttachedTables> {
  return eachAttached(dataset, (kind) => readVerifiedTable(lake, dataset, kind));
}

async function eachAttached(dataset: Dataset, read: (kind: AttachmentKind, attachment: Attachment) => Promise<readonly Float64Array[]>): Promise<AttachedTables> {
  const tables: Partial<Record<AttachmentKind, readonly Float64Array[]>> = {};
  for (const kind of ATTACHMENT_KINDS) {
    const attachment = dataset[kind];
    if (attachment !== undefined) tables[kind] = await read(kind, attachment);
  }
  return tables;
}

async function loadTable(lake: Lake, dataset: Dataset, kind: AttachmentKind, { contentHash, rows }: Attachment): Promise<readonly Float64Array[]> {
  const cache = attachmentCacheFile(lake, dataset.id, kind);
  const columns = ATTACHMENT_COLUMNS[kind].length;
  const cached = readColumnCache(cache, { contentHash, rows, columns });
  if (cached !== null) return Array.from({ length: columns }, (_, c) => new Float64Array(cached, c * rows * Float64Array.BYTES_PER_ELEMENT, rows));
  const table = await readVerifiedTable(lake, dataset, kind);
  await writeColumnCache(cache, shared(table).buffer, { contentHash, rows });
  return table;
}

/**
 * The columns of the Parquet file, if they are those that were attached.
 *
 * throws  DataError `attachment-changed`
 */
export async function readVerifiedTable(lake: Lake, dataset: Dataset, kind: AttachmentKind): Promise<readonly Float64Array[]> {
  const { readColumns } = await import('./columns-parquet.ts');
  const file = attachmentFile(lake, dataset.id, kind);
  const columns = await readColumns(file, ATTACHMENT_COLUMNS[kind]).catch((cause: unknown) => {
    throw changed(dataset.id, kind, file, cause);
  });
  if (hashTable(kind, columns) === dataset[kind]?.contentHash) return columns;
  throw changed(dataset.id, kind, file);
}

function changed(id: string, kind: AttachmentKind, file: string, cause?: unknown): DataError {
  return new DataError('attachment-changed', `${file} must be as it was attached; attach it again: assay data ${kind} ${id} <file> --replace`, { cause });
}

/**
 * Candles with the tables of their dataset: payments within the bars, and mark prices beside them.
 *
 * throws  InputError `funding-on-spot`, `funding-outside`, `mark-outside`
 */
export function withTables(candles: Bars, tables: AttachedTables, id: string, dataHash?: string): Bars {
  const handle = { ...candles.handle };
  if (tables.funding) {
    const [timeMs, rate, markPrice] = tables.funding;
    const within = paymentsWithin(candles, { timeMs, rate, markPrice }, `funding of dataset "${id}"`);
    handle.funding = shared([within.timeMs, within.rate, within.markPrice]);
  }
  if (tables.mark) {
    const [openTimeMs, open, high, low, close] = tables.mark;
    const beside = markBeside(candles, { openTimeMs, open, high, low, close }, `mark of dataset "${id}"`);
    handle.mark = shared([beside.open, beside.high, beside.low, beside.close]);
  }
  const bars = barsFromHandle(handle);
  return barsFromHandle({ ...handle, dataHash: dataHash ?? hashBars(bars) });
}

function shared(columns: readonly Float64Array[]): ColumnsHandle {
  const [{ length }] = columns;
  const buffer = new SharedArrayBuffer(columns.length * length * Float64Array.BYTES_PER_ELEMENT);
  columns.forEach((column, c) => new Float64Array(buffer, c * length * Float64Array.BYTES_PER_ELEMENT, length).set(column));
  return { buffer, capacity: length, from: 0, length };
}
