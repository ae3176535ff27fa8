import { annualVolatility } from '../../metrics/index.ts';
import type { Known, SearchEvidence } from '../evidence.ts';
import { eachRow, type HeldRows, type ReturnMatrix, type Rows, rowTiles } from '../return-matrix.ts';
import { type BootstrapPlan, seededDraws } from './draw-blocks.ts';
import { bootstrapMaxima, type MaxStatistic, raiseMaxima, statisticsOfTrials } from './maxima.ts';
import { bootstrapPValue } from './p-value.ts';
import { blockLengthOfPanel, sharpeScores } from './sharpe-reality-check.ts';
import { stepwiseLater } from './stepwise.ts';
import { type WeightedBenchmark, SPA_BOUNDS, spaPValues, type SpaStatistics, spaStatistics } from './superior-ability.ts';

/** Maxima of some statistics of all rows over all draws of a plan. */
export type SnoopingRunner = (rows: Rows, statistics: readonly MaxStatistic[], plan: BootstrapPlan) => Promise<Float64Array[]>;
/** The same of rows that are in memory. */
export type TileRunner = (tile: HeldRows, statistics: readonly MaxStatistic[], plan: BootstrapPlan) => Promise<Float64Array[]>;

/** All draws over one tile of rows after the other: a maximum over all is that of the tiles' maxima, so the bits do not depend on the tiles. */
export function tiledRunner(run: TileRunner): SnoopingRunner {
  return async (rows, statistics, plan) => {
    const maxima = statistics.map(() => new Float64Array(plan.draws).fill(-Infinity));
    for (const tile of rowTiles(rows)) raiseMaxima(maxima, await run(tile, statisticsOfTrials(statistics, tile.from, tile.from + tile.trials), plan));
    return maxima;
  };
}

/** All draws in this thread. */
export const snoopingInPlace = tiledRunner((tile, statistics, plan) => Promise.resolve(bootstrapMaxima(tile, statistics, seededDraws(tile.days, plan))));

export interface SnoopingInput {
  readonly hold: { readonly timeMs: Float64Array; readonly returns: Float64Array } | null;
  readonly seed: number;
  readonly draws: number;
  readonly run: SnoopingRunner;
}

export type SnoopingTests = Pick<SearchEvidence, 'realityCheck' | 'spaCash' | 'spaHold' | 'stepwise'>;

/** Error rate over the family of all trials at which the stepwise test counts the superior ones. */
const STEPWISE_SIZE = 0.05;
/** Maxima kept for a figure. */
const KEPT_MAXIMA = 400;

/**
 * Reality Check of the studentised Sharpe ratio and its stepwise continuation, and SPA over cash and over holding at each trial's volatility:
 * all from the same draws, in one pass over them.
 */
export async function snoopingTests(matrix: ReturnMatrix, { hold, seed, draws, run }: SnoopingInput): Promise<SnoopingTests> {
  const plan = { draws, seed, meanBlock: blockLengthOfPanel(matrix) };
  const scores = sharpeScores(matrix, plan.meanBlock);
  const cash = spaStatistics(matrix, plan);
  const benchmark = holdBenchmark(matrix, hold);
  const held = 'missing' in benchmark ? null : spaStatistics(matrix, { ...plan, benchmark });
  const [sharpes, ...spa] = await run(matrix, [scores.statistic, ...statisticsOf(cash), ...(held === null ? [] : statisticsOf(held))], plan);
  const observed = scores.z.reduce((most, one) => Math.max(most, one), -Infinity);
  let first: Float64Array | null = sharpes;
  const steps = await stepwiseLater(scores.z, scores.statistic, STEPWISE_SIZE, async (statistic) => {
    const known = first;
    first = null;
    return known ?? (await run(matrix, [statistic], plan))[0];
  });
  return {
    realityCheck: { p: bootstrapPValue(sharpes, observed), draws, blockDays: plan.meanBlock, seed, null: thinned(sharpes), observed },
    spaCash: pValuesOf(cash, spa.slice(0, 3)),
    spaHold: 'missing' in benchmark || held === null ? (benchmark as { missing: string }) : pValuesOf(held, spa.slice(3)),
    stepwise: { size: STEPWISE_SIZE, superior: steps.superior.length },
  };
}

function statisticsOf({ byBound }: SpaStatistics): MaxStatistic[] {
  return SPA_BOUNDS.map((bound) => byBound[bound]);
}

function pValuesOf(statistics: SpaStatistics, [lower, consistent, upper]: readonly Float64Array[]): SearchEvidence['spaCash'] {
  return spaPValues(statistics, { lower, consistent, upper });
}

/** Holding on the matrix's days, weighted to each trial's volatility. */
function holdBenchmark(matrix: ReturnMatrix, hold: SnoopingInput['hold']): Known<WeightedBenchmark> {
  if (hold === null) return { missing: 'no one market to hold' };
  const returnAt = new Map(Array.from(hold.timeMs, (time, t) => [time, hold.returns[t]]));
  const absent = matrix.timeMs.reduce((count, time) => count + (returnAt.has(time) ? 0 : 1), 0);
  if (absent > 0) return { missing: `holding has no return on ${absent} of ${matrix.days} days` };
  const returns = matrix.timeMs.map((time) => returnAt.get(time) as number);
  const volatility = annualVolatility(returns, 1) as number;
  if (volatility === 0) return { missing: 'the market held never moves' };
  const weight = new Float64Array(matrix.trials);
  eachRow(matrix, (row, k) => (weight[k] = (annualVolatility(row, 1) as number) / volatility));
  return { returns, weight };
}

/** Sorted, at most 400 of them at equal steps of rank; draws without a value are left out. */
function thinned(maxima: Float64Array): number[] {
  const sorted = maxima.filter((one) => Number.isFinite(one)).sort();
  if (sorted.length <= KEPT_MAXIMA) return Array.from(sorted);
  return Array.from({ length: KEPT_MAXIMA }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (KEPT_MAXIMA - 1))]);
}
