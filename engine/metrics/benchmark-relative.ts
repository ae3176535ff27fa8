import { studentTail } from './student.ts';
import { cagrByPeriods, compounded, type Returns } from './returns.ts';
import { momentsOf, spreadOf } from './series-moments.ts';

/** Rows in which both returns are there. */
interface Pairs {
  readonly strategy: number[];
  readonly benchmark: number[];
}

function pairsOf(returns: Returns, benchmark: Returns | number): Pairs {
  const pairs: Pairs = { strategy: [], benchmark: [] };
  for (let t = 0; t < returns.length; t++) {
    const b = typeof benchmark === 'number' ? benchmark : benchmark[t];
    if (Number.isNaN(returns[t]) || Number.isNaN(b)) continue;
    pairs.strategy.push(returns[t]);
    pairs.benchmark.push(b);
  }
  return pairs;
}

/** cov(r, b) ÷ var(b) over complete rows. null below two rows or where the benchmark does not vary. */
export function beta(returns: Returns, benchmark: Returns): number | null {
  const { strategy, benchmark: b } = pairsOf(returns, benchmark);
  const moments = momentsOf(b);
  if (spreadOf(moments) === null) return null;
  const meanR = momentsOf(strategy).mean;
  return strategy.reduce((sum, r, i) => sum + (r - meanR) * (b[i] - moments.mean), 0) / moments.m2;
}

/** How alpha is made annual: the regression's intercept × P (ours), or compounded (empyrical). */
export type AlphaForm = 'intercept' | 'compounded';

/** Annual alpha at the beta of `beta`. null where beta is. */
export function alpha(returns: Returns, benchmark: Returns, periodsPerYear: number, riskFree = 0, form: AlphaForm = 'intercept'): number | null {
  const slope = beta(returns, benchmark);
  if (slope === null) return null;
  const { strategy, benchmark: b } = pairsOf(returns, benchmark);
  const mean = momentsOf(strategy.map((r, i) => r - riskFree - slope * (b[i] - riskFree))).mean;
  return form === 'intercept' ? mean * periodsPerYear : compounded(1 + mean, periodsPerYear);
}

/** mean(r − b) ÷ sample deviation of it × √P. null without spread. */
export function informationRatio(returns: Returns, benchmark: Returns | number, periodsPerYear: number): number | null {
  const { strategy, benchmark: b } = pairsOf(returns, benchmark);
  const moments = momentsOf(strategy.map((r, i) => r - b[i]));
  const spread = spreadOf(moments);
  return spread === null ? null : (moments.mean / spread) * Math.sqrt(periodsPerYear);
}

/** Sample deviation of r − b × √P. null below two rows; 0 where they differ by a constant. */
export function trackingError(returns: Returns, benchmark: Returns | number, periodsPerYear: number): number | null {
  const { strategy, benchmark: b } = pairsOf(returns, benchmark);
  const moments = momentsOf(strategy.map((r, i) => r - b[i]));
  return moments.count < 2 ? null : (spreadOf(moments) ?? 0) * Math.sqrt(periodsPerYear);
}

/** Growth a year less the risk-free rate ÷ beta. null where beta is null or 0. */
export function treynorRatio(returns: Returns, benchmark: Returns, periodsPerYear: number, riskFreeAnn = 0): number | null {
  const slope = beta(returns, benchmark);
  const annual = cagrByPeriods(returns, periodsPerYear);
  return slope === null || slope === 0 || annual === null ? null : (annual - riskFreeAnn) / slope;
}

/** Growth a year of the strategy ÷ that of the benchmark, over all rows or those where the benchmark rose or fell. null without such a row. */
export function captureRatio(returns: Returns, benchmark: Returns, periodsPerYear: number, side: 'all' | 'up' | 'down' = 'all'): number | null {
  const rows = Array.from(benchmark, (_, t) => t).filter((t) => side === 'all' || (side === 'up' ? benchmark[t] > 0 : benchmark[t] < 0));
  const own = cagrByPeriods(rows.map((t) => returns[t]), periodsPerYear);
  const theirs = cagrByPeriods(rows.map((t) => benchmark[t]), periodsPerYear);
  return own === null || theirs === null || theirs === 0 ? null : own / theirs;
}

/** Jensen's alpha on annualised geometric returns: rp − rf − β(rb − rf). */
export function jensenAlpha(returns: Returns, benchmark: Returns, periodsPerYear: number, riskFreeAnn = 0): number | null {
  const slope = beta(returns, benchmark);
  const own = cagrByPeriods(returns, periodsPerYear);
  const theirs = cagrByPeriods(benchmark, periodsPerYear);
  return slope === null || own === null || theirs === null ? null : own - riskFreeAnn - slope * (theirs - riskFreeAnn);
}

/** Population deviation of the regression's residuals × √P. */
export function specificRisk(returns: Returns, benchmark: Returns, periodsPerYear: number): number | null {
  const slope = beta(returns, benchmark);
  if (slope === null) return null;
  const { strategy, benchmark: b } = pairsOf(returns, benchmark);
  const { m2, count } = momentsOf(strategy.map((r, i) => r - slope * b[i]));
  return Math.sqrt(m2 / count) * Math.sqrt(periodsPerYear);
}

/** Probability that the mean active return is above zero: Student's t of IR·√n with n − 1 degrees of freedom. null below two. */
export function probabilityOfOutperformance(informationRatioPerPeriod: number, n: number): number | null {
  if (n < 2) return null;
  const t = informationRatioPerPeriod * Math.sqrt(n);
  return 1 - studentTail(t, n - 1);
}
