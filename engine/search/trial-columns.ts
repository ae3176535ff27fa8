import { HEADLINE_NAMES, type Headlines, type MetricName, METRIC_NAMES, type Metrics } from '../metrics/index.ts';
import type { AmbiguityBand } from '../run/index.ts';

/** Figures of consecutive trials as one block of numbers: row-major, TRIAL_COLUMNS wide; NaN = undefined. */
export interface TrialBlock {
  /** Index of the first trial. */
  readonly from: number;
  readonly count: number;
  readonly values: Float64Array;
  /** Why a trial failed, by index; those absent succeeded. */
  readonly failures: Readonly<Record<number, string>>;
}

/** Headlines of a trial when its ambiguous bars are all taken at their worst, then at their best. */
export const BAND_NAMES = [
  'totalReturnPessimistic', 'sharpeAnnPessimistic', 'maxDrawdownPessimistic', 'totalReturnOptimistic', 'sharpeAnnOptimistic', 'maxDrawdownOptimistic',
] as const satisfies readonly BandName[];
export type BandName = `${keyof Headlines}${'Pessimistic' | 'Optimistic'}`;

/** A row of a block, and the figures of a trial's row in Parquet. */
export const TRIAL_COLUMNS = [...METRIC_NAMES, ...BAND_NAMES] as const;
export type TrialColumn = (typeof TRIAL_COLUMNS)[number];
export const TRIAL_WIDTH = TRIAL_COLUMNS.length;
/** Changes with the columns of a trial, so that studies stored with others are not read as these. */
export const TRIAL_LAYOUT = 2;

/** The band of one trial. */
export type HeadlineBand = AmbiguityBand<Headlines>;

export function writeTrial(metrics: Metrics, { pessimistic, optimistic }: HeadlineBand, into: Float64Array, row: number): void {
  let at = row * TRIAL_WIDTH;
  for (const name of METRIC_NAMES) into[at++] = metrics[name] ?? Number.NaN;
  for (const name of HEADLINE_NAMES) into[at++] = pessimistic[name] ?? Number.NaN;
  for (const name of HEADLINE_NAMES) into[at++] = optimistic[name] ?? Number.NaN;
}

export function readMetrics(values: Float64Array, row: number): Metrics {
  const entries = METRIC_NAMES.map((name, c) => {
    const value = values[row * TRIAL_WIDTH + c];
    return [name, Number.isNaN(value) ? null : value] as const;
  });
  return Object.fromEntries(entries) as Metrics;
}

/** The band in a trial's stored figures. */
export function bandOf(row: Readonly<Record<BandName | 'ambiguousBars', number | null>>): HeadlineBand {
  return {
    ambiguousBars: row.ambiguousBars ?? 0,
    pessimistic: { totalReturn: row.totalReturnPessimistic, sharpeAnn: row.sharpeAnnPessimistic, maxDrawdown: row.maxDrawdownPessimistic },
    optimistic: { totalReturn: row.totalReturnOptimistic, sharpeAnn: row.sharpeAnnOptimistic, maxDrawdown: row.maxDrawdownOptimistic },
  };
}

/** Row of the greatest value of a metric among some rows, the first on ties; −1 when none is defined. Drawdown is negative: greatest is best. */
export function bestRow(values: Float64Array, metric: MetricName, fromRow: number, toRow: number): number {
  const column = METRIC_NAMES.indexOf(metric);
  let best = -1;
  let bestValue = -Infinity;
  for (let row = fromRow; row < toRow; row++) {
    const value = values[row * TRIAL_WIDTH + column];
    if (value > bestValue) {
      best = row;
      bestValue = value;
    }
  }
  return best;
}
