import type { Defect } from '../types.ts';
import { inspectCandles } from '../quality/index.ts';
import { type Dataset, type DatasetRef, readDataset } from './dataset.ts';
import { datasetIds, type Lake } from './lake.ts';
import { readVerifiedBars } from './load-bars.ts';

/** All datasets, by id. */
export function listDatasets(lake: Lake): Dataset[] {
  return datasetIds(lake).map((id) => readDataset(lake, id));
}

/**
 * Reads the Parquet files again, compares their content with the manifest, and inspects the bars anew.
 *
 * throws  InputError `dataset-unknown`; DataError `dataset-changed`, `candles-unreadable`, `attachment-changed`
 */
export async function checkDataset(lake: Lake, ref: DatasetRef): Promise<{ dataset: Dataset; defects: readonly Defect[] }> {
  const dataset = readDataset(lake, ref);
  const bars = await readVerifiedBars(lake, dataset);
  const whole = { ...bars, line: Int32Array.from(bars.close, (_, row) => row + 1), source: new Uint16Array(bars.length) };
  return { dataset, defects: inspectCandles(whole, { timeframeMs: dataset.timeframeMs, calendar: dataset.instrument.calendar }) };
}
