import { beta, jensenAlpha, specificRisk } from './benchmark-relative.ts';
import { cagrByPeriods, downsideDeviation, populationShape, present, type Returns, upsideDeviation } from './returns.ts';
import { momentsOf, spreadOf } from './series-moments.ts';

/**
 * (mean − required) ÷ the l-th root of the mean of shortfallˡ over all rows; l = 1 is Omega − 1, l = 2 Sortino per period.
 *
 * null    without a shortfall
 * source  Kaplan & Knowles (2004); Bacon (2008)
 */
export function kappa(returns: Returns, required: number, order: number): number | null {
  const rows = present(returns);
  const shortfall = rows.reduce((sum, r) => sum + Math.max(required - r, 0) ** order, 0) / rows.length;
  return rows.length > 0 && shortfall > 0 ? (momentsOf(rows).mean - required) / shortfall ** (1 / order) : null;
}

/** Population skewness ÷ non-excess kurtosis. null without spread. */
export function skewnessKurtosisRatio(returns: Returns): number | null {
  const shape = populationShape(returns);
  return shape === null ? null : shape.skewness / shape.kurtosis;
}

/** Upside variance ÷ downside variance about a required return (Rom & Ferguson). null without a shortfall. */
export function volatilitySkewness(returns: Returns, required: number): number | null {
  const up = upsideDeviation(returns, required);
  const down = downsideDeviation(returns, required);
  return up === null || down === null || down === 0 ? null : (up / down) ** 2;
}

/** Growth a year at the benchmark's volatility: (rp − rf)·σb/σp + rf (Modigliani & Modigliani). null without spread. */
export function mSquared(returns: Returns, benchmark: Returns, periodsPerYear: number, riskFreeAnn = 0): number | null {
  const annual = cagrByPeriods(returns, periodsPerYear);
  const ratio = famaBeta(returns, benchmark);
  return annual === null || ratio === null || ratio === 0 ? null : (annual - riskFreeAnn) / ratio + riskFreeAnn;
}

/** Deviation of the returns ÷ that of the benchmark's: the beta that total risk would be worth. null without spread. */
export function famaBeta(returns: Returns, benchmark: Returns): number | null {
  const own = spreadOf(momentsOf(returns));
  const theirs = spreadOf(momentsOf(benchmark));
  return own === null || theirs === null ? null : own / theirs;
}

/** Beta × population deviation of the benchmark × √P. null where beta is. */
export function systematicRisk(returns: Returns, benchmark: Returns, periodsPerYear: number): number | null {
  const slope = beta(returns, benchmark);
  const { m2, count } = momentsOf(benchmark);
  return slope === null ? null : slope * Math.sqrt(m2 / count) * Math.sqrt(periodsPerYear);
}

/** Root of the squares of systematic and specific risk. null where beta is. */
export function totalRisk(returns: Returns, benchmark: Returns, periodsPerYear: number): number | null {
  const systematic = systematicRisk(returns, benchmark, periodsPerYear);
  const specific = specificRisk(returns, benchmark, periodsPerYear);
  return systematic === null || specific === null ? null : Math.hypot(systematic, specific);
}

/** Jensen's alpha ÷ specific risk. null without specific risk. */
export function appraisalRatio(returns: Returns, benchmark: Returns, periodsPerYear: number, riskFreeAnn = 0): number | null {
  const alpha = jensenAlpha(returns, benchmark, periodsPerYear, riskFreeAnn);
  const specific = specificRisk(returns, benchmark, periodsPerYear);
  return alpha === null || specific === null || specific === 0 ? null : alpha / specific;
}
