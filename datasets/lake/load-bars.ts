import { DataError } from '../../engine/core/index.ts';
import { BAR_COLUMNS, barAtOrAfter, type Bars, barsFromHandle, sliceBars } from '../../engine/market/index.ts';
import { loadAttached, readVerifiedTables, withTables } from './attachments.ts';
import { readColumnCache, writeColumnCache } from './column-cache.ts';
import { candlesHashOf, type Dataset, type DatasetRef, readDataset } from './dataset.ts';
import { candlesFile, columnCacheFile, type Lake } from './lake.ts';

/** Bars whose open time is at or after `from` and before `to`, epoch ms. */
export interface TimeRange {
  readonly from?: number;
  readonly to?: number;
}

/**
 * Bars of a dataset on shared memory, with the funding and mark prices attached to it: from Parquet the first time, then from raw columns, without
 * DuckDB.
 *
 * throws  InputError `dataset-unknown`; DataError `dataset-changed`, `candles-unreadable`, `attachment-changed`
 */
export async function loadBars(lake: Lake, ref: DatasetRef, range: TimeRange = {}): Promise<Bars> {
  const dataset = readDataset(lake, ref);
  const candles = await loadCandles(lake, dataset);
  const bars = isBare(dataset) ? candles : withTables(candles, await loadAttached(lake, dataset), dataset.id, dataset.contentHash);
  return sliceByTime(bars, range);
}

/** The candles alone. */
export async function loadCandles(lake: Lake, dataset: Dataset): Promise<Bars> {
  const { rows, timeframeMs, instrument } = dataset;
  const contentHash = candlesHashOf(dataset);
  const cache = columnCacheFile(lake, dataset.id);
  const buffer = readColumnCache(cache, { contentHash, rows, columns: BAR_COLUMNS.length });
  if (buffer !== null) {
    return barsFromHandle({ buffer, capacity: rows, from: 0, length: rows, timeframeMs, instrument, dataHash: contentHash, funding: null, mark: null, finer: null });
  }
  const bars = await readVerifiedCandles(lake, dataset);
  await writeColumnCache(cache, bars.handle.buffer, { contentHash, rows });
  return bars;
}

/**
 * The candles of the Parquet file, if they are those that were imported.
 *
 * throws  DataError `dataset-changed`, `candles-unreadable`
 */
export async function readVerifiedCandles(lake: Lake, dataset: Dataset): Promise<Bars> {
  const { readCandles } = await import('./candles-parquet.ts');
  const file = candlesFile(lake, dataset.id);
  const bars = await readCandles(file, dataset.timeframeMs, dataset.instrument);
  const contentHash = candlesHashOf(dataset);
  if (bars.dataHash === contentHash) return bars;
  throw new DataError(
    'dataset-changed',
    `dataset "${dataset.id}" must have the content hash ${contentHash}, was ${bars.dataHash} in ${file}; import it again`,
  );
}

/**
 * Everything of a dataset read from its Parquet files, if it is what was imported and attached.
 *
 * throws  DataError `dataset-changed`, `candles-unreadable`, `attachment-changed`
 */
export async function readVerifiedBars(lake: Lake, dataset: Dataset): Promise<Bars> {
  const candles = await readVerifiedCandles(lake, dataset);
  if (isBare(dataset)) return candles;
  const bars = withTables(candles, await readVerifiedTables(lake, dataset), dataset.id);
  if (bars.dataHash === dataset.contentHash) return bars;
  throw new DataError('dataset-changed', `dataset "${dataset.id}" must have the content hash ${dataset.contentHash}, was ${bars.dataHash}; import it again`);
}

function isBare({ funding, mark }: Dataset): boolean {
  return funding === undefined && mark === undefined;
}

/** A window on the same memory. */
export function sliceByTime(bars: Bars, { from = -Infinity, to = Infinity }: TimeRange): Bars {
  const first = barAtOrAfter(bars, from);
  return sliceBars(bars, first, Math.max(first, barAtOrAfter(bars, to)));
}
