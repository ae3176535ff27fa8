import { type BlockSums, bootstrapMaxima, type BootstrapPlan, evaluateSplits, type HeldRows, type MaxStatistic, seededDraws, type SplitPart } from '../validate/index.ts';

/** Draws [from, to) of a bootstrap of rows in shared memory. */
export interface MaximaTask {
  readonly kind: 'maxima';
  readonly panel: HeldRows;
  readonly statistics: readonly MaxStatistic[];
  readonly plan: BootstrapPlan;
  readonly from: number;
  readonly to: number;
}

/** Splits [from, to) of a cross-validation of block sums in shared memory. */
export interface SplitsTask {
  readonly kind: 'splits';
  readonly sums: BlockSums;
  readonly from: number;
  readonly to: number;
}

/** Statistics over returns that are known already: no strategy, no market. */
export type StatisticTask = MaximaTask | SplitsTask;
export type StatisticResult<T extends StatisticTask> = T extends MaximaTask ? Float64Array[] : SplitPart;

export function runStatisticTask<T extends StatisticTask>(task: T): StatisticResult<T> {
  return (task.kind === 'maxima' ? maximaOf(task) : splitsOf(task)) as StatisticResult<T>;
}

function maximaOf({ panel, statistics, plan, from, to }: MaximaTask): Float64Array[] {
  return bootstrapMaxima(panel, statistics, seededDraws(panel.days, plan), { from, to });
}

function splitsOf({ sums, from, to }: SplitsTask): SplitPart {
  return evaluateSplits(sums, 'sharpe', from, to);
}
