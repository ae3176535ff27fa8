import { cagrByPeriods, maxDrawdown, populationShape, sharpe as sharpeOf, wealthOf } from '../../metrics/index.ts';
import { blockLengthOf, bootstrapFigures, percentileBounds } from '../bootstrap/index.ts';
import type { SharpeInference } from '../evidence.ts';
import { autocorrelation1, autocorrelationAdjustedSharpe } from './autocorrelated.ts';
import { minTrackRecord, probabilisticSharpe, sharpeStandardError } from './probabilistic.ts';

export interface InferenceOptions {
  readonly seed: number;
  /** Bootstrap draws. */
  readonly draws: number;
}

/**
 * What daily returns say of the Sharpe ratio behind them: PSR, track record, bootstrap bounds.
 *
 * source  statistics.md §2, §8
 */
export function sharpeInference(returns: Float64Array, periodsPerYear: number, { seed, draws }: InferenceOptions): SharpeInference {
  const observations = returns.length;
  const annual = Math.sqrt(periodsPerYear);
  const sharpe = observations > 1 ? sharpeOf(returns, 1) : null;
  const shape = populationShape(returns);
  const moments = sharpe === null || shape === null ? null : { sharpe, observations, ...shape };
  const error = moments && sharpeStandardError(moments);
  const track = moments && minTrackRecord(moments);
  const rho = autocorrelation1(returns);
  const meanBlock = blockLengthOf(returns);
  const drawn = bootstrapFigures(returns, { draws, meanBlock, seed, periodsPerYear });
  const sharpeAnn = sharpe === null ? null : sharpe * annual;
  return {
    observations,
    periodsPerYear,
    sharpe,
    sharpeAnn,
    standardErrorAnn: error === null ? null : error * annual,
    psr: moments && probabilisticSharpe(moments),
    psrNullVariance: moments && probabilisticSharpe(moments, 0, 'null'),
    minTrackRecordYears: track === null ? null : track / periodsPerYear,
    skewness: shape?.skewness ?? null,
    kurtosis: shape?.kurtosis ?? null,
    autocorrelation1: rho,
    sharpeAnnAutocorrelated: sharpeAnn === null || rho === null ? null : autocorrelationAdjustedSharpe(sharpeAnn, rho, periodsPerYear),
    bootstrap: {
      draws, blockDays: meanBlock, seed,
      sharpeAnn: percentileBounds(sharpeAnn, drawn.sharpeAnn),
      cagr: percentileBounds(cagrByPeriods(returns, periodsPerYear), drawn.cagr),
      maxDrawdown: percentileBounds(maxDrawdown(wealthOf(returns)), drawn.maxDrawdown),
    },
  };
}
