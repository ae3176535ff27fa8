import { annualVolatility } from '../../metrics/index.ts';
import type { Bars } from '../../market/index.ts';
import type { WalkForward } from '../../walkforward/index.ts';
import type { RegimeEvidence } from '../evidence.ts';
import { curveOf, daysOf, sharpeOfDays } from './curve.ts';
import { marketCurve } from './market-curve.ts';
import { shocksWithin } from './shocks.ts';

const TREND_DAYS = 90;
const VOLATILITY_DAYS = 30;
/** Volatilities that must lie behind a day before it is called high or low. */
const LEAST_HISTORY = 60;

/**
 * Where the out-of-sample profit was made: in trends or ranges, in high or low volatility, and what the named shocks did.
 *
 * A day is trending when the efficiency ratio |Σ log r| ÷ Σ |log r| of the market's 90 days before it is above 1 ÷ √90, what a random walk has on
 * average; volatile when the standard deviation of the 30 days before it is above the median of all such figures so far. Profit is measured
 * in log returns. Days without that much history belong to no regime. The market is the first, of a portfolio the mean of all.
 *
 * causal  the regime of a day reads market days before it
 */
export function regimesOf(walk: Pick<WalkForward, 'spec' | 'openTimeMs' | 'equity'>, markets: readonly Bars[]): RegimeEvidence {
  const curve = curveOf(walk);
  const account = daysOf(curve);
  const hold = marketCurve(markets);
  const market = daysOf(hold);
  const { trending, volatile } = classify(market.returns);
  const dayAt = new Map(Array.from(market.timeMs, (time, d) => [time, d]));
  const total = account.returns.reduce((sum, r) => sum + logReturn(r), 0);
  const regime = (name: string, states: Int8Array, wanted: number): RegimeEvidence['regimes'][number] => {
    const returns = account.returns.filter((_, d) => states[dayAt.get(account.timeMs[d]) ?? -1] === wanted);
    const profit = returns.reduce((sum, r) => sum + logReturn(r), 0);
    return {
      name,
      days: returns.length,
      share: account.returns.length === 0 ? 0 : returns.length / account.returns.length,
      sharpeAnn: sharpeOfDays({ returns, perYear: account.perYear }),
      profitShare: total > 0 ? profit / total : null,
    };
  };
  return {
    regimes: [regime('trend', trending, 1), regime('range', trending, -1), regime('high volatility', volatile, 1), regime('low volatility', volatile, -1)],
    shocks: shocksWithin(curve, hold),
  };
}

/** 1 or −1 a day; 0 before there is enough history. */
function classify(returns: Float64Array): { readonly trending: Int8Array; readonly volatile: Int8Array } {
  const log = returns.map(logReturn);
  const trending = new Int8Array(log.length);
  const volatile = new Int8Array(log.length);
  const sorted: number[] = [];
  for (let d = 0; d < log.length; d++) {
    if (d >= TREND_DAYS) trending[d] = efficiencyRatio(log.subarray(d - TREND_DAYS, d)) > 1 / Math.sqrt(TREND_DAYS) ? 1 : -1;
    if (d < VOLATILITY_DAYS) continue;
    const volatility = annualVolatility(log.subarray(d - VOLATILITY_DAYS, d), 1) ?? 0;
    if (sorted.length >= LEAST_HISTORY) volatile[d] = volatility > sorted[sorted.length >>> 1] ? 1 : -1;
    sorted.splice(placeOf(sorted, volatility), 0, volatility);
  }
  return { trending, volatile };
}

function efficiencyRatio(log: Float64Array): number {
  let net = 0;
  let path = 0;
  for (const r of log) {
    net += r;
    path += Math.abs(r);
  }
  return path > 0 ? Math.abs(net) / path : 0;
}

/** First index whose value is not below. */
function placeOf(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A return that loses everything counts as one of −99.99 %. */
function logReturn(r: number): number {
  return Math.log1p(Math.max(r, -0.9999));
}
