export { checkDataset, listDatasets } from './check-dataset.ts';
export { type Dataset, type DatasetRef, datasetIdOf, readDataset } from './dataset.ts';
export { type DatasetSummary, describeDataset } from './describe-dataset.ts';
export { type DuckDb, queryRow, sqlText, withDuckDb } from './duckdb.ts';
export { EXPORT_FORMATS, type ExportFormat, exportDataset } from './export-dataset.ts';
export { datasetIds, type Lake, openLake } from './lake.ts';
export { loadBars, type TimeRange } from './load-bars.ts';
export { resampleBars } from './resample.ts';
export { removeDataset, writeDataset, type WriteOptions } from './write-dataset.ts';
