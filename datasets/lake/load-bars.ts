import { DataError } from '../../engine/core/index.ts';
import { barAtOrAfter, type Bars, sliceBars } from '../../engine/market/index.ts';
import { readColumnCache, writeColumnCache } from './column-cache.ts';
import { type Dataset, type DatasetRef, readDataset } from './dataset.ts';
import { candlesFile, columnCacheFile, type Lake } from './lake.ts';

/** Bars whose open time is at or after `from` and before `to`, epoch ms. */
export interface TimeRange {
  readonly from?: number;
  readonly to?: number;
}

/**
 * Bars of a dataset on shared memory: from Parquet the first time, then from raw columns, without DuckDB.
 *
 * throws  InputError `dataset-unknown`; DataError `dataset-changed`, `candles-unreadable`
 */
export async function loadBars(lake: Lake, ref: DatasetRef, range: TimeRange = {}): Promise<Bars> {
  const dataset = readDataset(lake, ref);
  const cache = columnCacheFile(lake, dataset.id);
  const cached = readColumnCache(cache, dataset);
  if (cached !== null) return sliceByTime(cached, range);
  const bars = await readVerifiedCandles(lake, dataset);
  await writeColumnCache(cache, bars);
  return sliceByTime(bars, range);
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
  if (bars.dataHash === dataset.contentHash) return bars;
  throw new DataError(
    'dataset-changed',
    `dataset "${dataset.id}" must have the content hash ${dataset.contentHash}, was ${bars.dataHash} in ${file}; import it again`,
  );
}

/** A window on the same memory. */
export function sliceByTime(bars: Bars, { from = -Infinity, to = Infinity }: TimeRange): Bars {
  const first = barAtOrAfter(bars, from);
  return sliceBars(bars, first, Math.max(first, barAtOrAfter(bars, to)));
}
