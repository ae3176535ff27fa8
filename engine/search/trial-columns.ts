import { type MetricName, METRIC_NAMES, type Metrics } from '../metrics/index.ts';

/** Metrics of consecutive trials as one block of numbers: row-major, METRIC_NAMES wide; NaN = undefined. */
export interface TrialBlock {
  /** Index of the first trial. */
  readonly from: number;
  readonly count: number;
  readonly values: Float64Array;
  /** Why a trial failed, by index; those absent succeeded. */
  readonly failures: Readonly<Record<number, string>>;
}

export const METRIC_COUNT = METRIC_NAMES.length;

export function writeMetrics(metrics: Metrics, into: Float64Array, row: number): void {
  for (let c = 0; c < METRIC_COUNT; c++) into[row * METRIC_COUNT + c] = metrics[METRIC_NAMES[c]] ?? Number.NaN;
}

export function readMetrics(values: Float64Array, row: number): Metrics {
  const entries = METRIC_NAMES.map((name, c) => {
    const value = values[row * METRIC_COUNT + c];
    return [name, Number.isNaN(value) ? null : value] as const;
  });
  return Object.fromEntries(entries) as Metrics;
}

/** Row of the greatest value of a metric among some rows, the first on ties; −1 when none is defined. Drawdown is negative: greatest is best. */
export function bestRow(values: Float64Array, metric: MetricName, fromRow: number, toRow: number): number {
  const column = METRIC_NAMES.indexOf(metric);
  let best = -1;
  let bestValue = -Infinity;
  for (let row = fromRow; row < toRow; row++) {
    const value = values[row * METRIC_COUNT + column];
    if (value > bestValue) {
      best = row;
      bestValue = value;
    }
  }
  return best;
}
