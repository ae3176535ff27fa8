import { quantileSorted } from 'simple-statistics';
import { momentsOf, spreadOf } from './series-moments.ts';
import { present, type Returns } from './returns.ts';
import { probit } from './normal.ts';

/** Type-7 quantile (linear interpolation). null without a value. */
export function quantile(values: Returns, probability: number): number | null {
  const sorted = present(values).sort((a, b) => a - b);
  return sorted.length === 0 ? null : quantileSorted(sorted, probability);
}

/** Historical value at risk: the signed return quantile at a cutoff. */
export function valueAtRisk(returns: Returns, cutoff = 0.05): number | null {
  return quantile(returns, cutoff);
}

/** Value at risk of a normal with the returns' mean and sample deviation. null without spread. */
export function valueAtRiskNormal(returns: Returns, cutoff = 0.05): number | null {
  const moments = momentsOf(returns);
  const spread = spreadOf(moments);
  return spread === null ? null : moments.mean + spread * probit(cutoff);
}

/** Mean of the returns at or below the historical value at risk. null without a return. */
export function conditionalValueAtRisk(returns: Returns, cutoff = 0.05): number | null {
  const limit = valueAtRisk(returns, cutoff);
  if (limit === null) return null;
  const tail = present(returns).filter((r) => r <= limit);
  return tail.reduce((sum, r) => sum + r, 0) / tail.length;
}

/** |95 % quantile| ÷ |5 % quantile|. null where the latter is 0 or there is no return. */
export function tailRatio(returns: Returns): number | null {
  const low = quantile(returns, 0.05);
  const high = quantile(returns, 0.95);
  return low === null || high === null || low === 0 ? null : Math.abs(high) / Math.abs(low);
}
