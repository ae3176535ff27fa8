import { populationShape, sharpe } from '../metrics/index.ts';
import type { Params } from '../strategy/index.ts';
import { isMissing, type Known, type SearchEvidence } from './evidence.ts';
import { eachRow, type KeptRows, precisionOf, rowOf, type Rows } from './return-matrix.ts';
import { deflatedSharpe, effectiveTrials, haircutSharpe, minBacktestYears } from './sharpe/index.ts';
import { averageCorrelation } from './snooping/average-correlation.ts';
import { type SnoopingRunner, snoopingTests } from './snooping/snooping-tests.ts';

export interface SearchInput {
  readonly kept: KeptRows;
  readonly paramsAt: (point: number) => Params;
  readonly periodsPerYear: number;
  readonly ledgerTrials: SearchEvidence['ledgerTrials'];
  /** Daily returns of holding; null where there is no one market to hold. */
  readonly hold: { readonly timeMs: Float64Array; readonly returns: Float64Array } | null;
  readonly seed: number;
  readonly draws: number;
  readonly permutation: SearchEvidence['permutation'];
  /** Carries out the bootstraps: `snoopingInPlace`, or on a pool. */
  readonly run: SnoopingRunner;
}

/** Fewer days say nothing of a search. */
const FEWEST_DAYS = 30;

/**
 * G7: what the returns of every trial say of the best of them.
 *
 * missing below 30 days, or where no trial has a Sharpe ratio
 * source  statistics.md §4, §8
 */
export async function searchEvidence(input: SearchInput): Promise<Known<SearchEvidence>> {
  const { kept: { matrix, rows, dropped }, periodsPerYear, permutation } = input;
  if (matrix.trials === 0) return { missing: 'no point of the search has a Sharpe ratio' };
  if (matrix.days < FEWEST_DAYS) return { missing: `${matrix.days} days are too few for tests over the whole search` };
  const annual = Math.sqrt(periodsPerYear);
  const sharpes = new Float64Array(matrix.trials);
  eachRow(matrix, (row, k) => (sharpes[k] = sharpe(row, 1) as number));
  const winner = sharpes.reduce((best, one, k) => (one > sharpes[best] ? k : best), 0);
  const trialSharpesAnn: (number | null)[] = Array.from({ length: matrix.trials + dropped }, () => null);
  rows.forEach((point, k) => (trialSharpesAnn[point] = sharpes[k] * annual));
  const correlation = averageCorrelation(matrix);
  const tests = await snoopingTests(matrix, input);
  return {
    trials: matrix.trials,
    dropped,
    days: matrix.days,
    ...(precisionOf(matrix) === 'float32' ? { returnPrecision: 'float32' as const } : {}),
    ledgerTrials: input.ledgerTrials,
    winner: { trial: rows[winner], params: input.paramsAt(rows[winner]), sharpeAnn: sharpes[winner] * annual },
    trialSharpesAnn,
    averageCorrelation: correlation,
    effectiveTrials: correlation === null ? null : effectiveTrials(matrix.trials, correlation),
    ...deflation(matrix, sharpes, winner, input),
    ...tests,
    permutation,
  };
}

type Deflation = Pick<SearchEvidence, 'trialVariance' | 'luckSharpeAnn' | 'dsr' | 'dsrNullVariance' | 'minBacktestYears' | 'haircut'>;

/** DSR, minimum length and haircut of the winner, for as many trials as the ledger holds; null without a ledger. */
function deflation(matrix: Rows, sharpes: Float64Array, winner: number, { ledgerTrials, periodsPerYear }: SearchInput): Deflation {
  const screened = isMissing(ledgerTrials) ? 0 : (ledgerTrials.screenedSharpeVariance ?? 0) / periodsPerYear;
  const trialVariance = Math.min(Math.max(varianceOf(sharpes), screened), 1 / (matrix.days - 1)); // a screen that spread wider makes luck larger, never smaller
  const none = { trialVariance, luckSharpeAnn: null, dsr: null, dsrNullVariance: null, minBacktestYears: null, haircut: { bonferroni: null, sidak: null } };
  const shape = populationShape(rowOf(matrix, winner));
  if (isMissing(ledgerTrials) || ledgerTrials.n < 1 || shape === null) return none;
  const { n } = ledgerTrials;
  const moments = { sharpe: sharpes[winner], observations: matrix.days, ...shape };
  const annual = Math.sqrt(periodsPerYear);
  const sharpeAnn = sharpes[winner] * annual;
  const months = Math.round((matrix.days / periodsPerYear) * 12);
  const { benchmark, dsr } = deflatedSharpe(moments, n, trialVariance);
  return {
    trialVariance,
    luckSharpeAnn: benchmark * annual,
    dsr,
    dsrNullVariance: deflatedSharpe(moments, n, trialVariance, 'null').dsr,
    minBacktestYears: minBacktestYears(n, sharpeAnn),
    haircut: {
      bonferroni: haircutSharpe(sharpeAnn, months, n, 'bonferroni')?.sharpeAnn ?? null,
      sidak: haircutSharpe(sharpeAnn, months, n, 'independent')?.sharpeAnn ?? null,
    },
  };
}

/** Sample variance; Infinity for one value, so that only what luck alone gives bounds it. */
function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return values.length < 2 ? Infinity : values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1);
}
