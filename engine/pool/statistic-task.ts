import { blockSums, bootstrapMaxima, type BootstrapPlan, evaluateSplits, type MaxStatistic, type Panel, seededDraws, type SplitPart } from '../validate/index.ts';

/** Draws [from, to) of a bootstrap of a panel in shared memory. */
export interface MaximaTask {
  readonly kind: 'maxima';
  readonly panel: Panel;
  readonly statistics: readonly MaxStatistic[];
  readonly plan: BootstrapPlan;
  readonly from: number;
  readonly to: number;
}

/** Splits [from, to) of a cross-validation of a panel in shared memory. */
export interface SplitsTask {
  readonly kind: 'splits';
  readonly panel: Panel;
  readonly blocks: number;
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

function splitsOf({ panel, blocks, from, to }: SplitsTask): SplitPart {
  return evaluateSplits(blockSums(panel, blocks), 'sharpe', from, to);
}
