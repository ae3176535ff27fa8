import { withCandles } from './candles-parquet.ts';
import { type Dataset, type DatasetRef, readDataset } from './dataset.ts';
import { queryRow } from './duckdb.ts';
import { candlesFile, type Lake } from './lake.ts';

/** Figures over all bars of a dataset. */
export interface DatasetSummary {
  readonly lowest: number;
  readonly highest: number;
  readonly firstOpen: number;
  readonly lastClose: number;
  /** Null when no bar has a volume. */
  readonly volumeTotal: number | null;
  readonly barsWithoutVolume: number;
  /** Standard deviation of simple returns from close to close; null below three bars. */
  readonly returnSd: number | null;
  /** Steps of the clock between first and last bar that have no bar. */
  readonly missingBars: number;
  readonly gaps: number;
  /** From one bar's open to the next; equal to the timeframe when nothing is missing. */
  readonly longestStepMs: number;
}

/**
 * The manifest of a dataset and a summary that DuckDB computes from its Parquet file.
 *
 * throws  InputError `dataset-unknown`; DataError `candles-unreadable`
 */
export async function describeDataset(lake: Lake, ref: DatasetRef): Promise<{ dataset: Dataset; summary: DatasetSummary }> {
  const dataset = readDataset(lake, ref);
  const summary = await withCandles(candlesFile(lake, dataset.id), ({ connection }, source) =>
    queryRow(connection, summarySql(source, dataset.timeframeMs)));
  return { dataset, summary: summary as unknown as DatasetSummary };
}

function summarySql(source: string, timeframeMs: number): string {
  return `
    WITH steps AS (
      SELECT *, open_time_ms - lag(open_time_ms) OVER clock AS step_ms, close / lag(close) OVER clock - 1 AS return_frac
      FROM ${source} WINDOW clock AS (ORDER BY open_time_ms)
    )
    SELECT
      min(low) AS lowest, max(high) AS highest,
      arg_min(open, open_time_ms) AS "firstOpen", arg_max(close, open_time_ms) AS "lastClose",
      sum(volume) AS "volumeTotal", (count(*) - count(volume))::DOUBLE AS "barsWithoutVolume",
      stddev_samp(return_frac) AS "returnSd",
      coalesce(sum(greatest(step_ms // ${timeframeMs} - 1, 0)), 0)::DOUBLE AS "missingBars",
      (count(*) FILTER (step_ms > ${timeframeMs}))::DOUBLE AS gaps,
      coalesce(max(step_ms), ${timeframeMs})::DOUBLE AS "longestStepMs"
    FROM steps`;
}
