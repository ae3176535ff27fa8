import {
  annualVolatility, type Bars, cagrByDays, dailyReturns, DAY_MS, kurtosisExcess, maxDrawdown, observationsPerYear, profitFactor, sharpe, skewness, sortino, tailRatio,
  tradeSums, valueAtRisk,
} from '../../../engine/index.ts';

/** Figures of holding a market, from its UTC days; all fractions are simple returns. */
export interface QuantMetrics {
  readonly fromMs: number;
  readonly toMs: number;
  readonly days: number;
  readonly volatility: number | null;
  readonly allTimeReturn: number | null;
  /** Null below 90 days. */
  readonly cagr: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly maxDrawdown: number | null;
  readonly skew: number | null;
  readonly kurtosis: number | null;
  readonly tailRatio: number | null;
  /** Mean gaining day ÷ mean losing day. */
  readonly riskRewardRatio: number | null;
  readonly profitFactor: number | null;
  /** 5 % quantile of the daily return. */
  readonly dailyValueAtRisk: number | null;
  readonly dailyReturnAverage: number | null;
  readonly dailyReturnStd: number | null;
}

const SHORTEST_YEARLY_DAYS = 90;

/** Null below two days. */
export function quantMetrics({ close, openTimeMs, timeframeMs, length, instrument }: Bars): QuantMetrics | null {
  const { returns } = dailyReturns(close, openTimeMs, timeframeMs);
  if (returns.length < 2) return null;
  const perYear = observationsPerYear(timeframeMs, instrument.calendar);
  const days = (openTimeMs[length - 1] - openTimeMs[0]) / DAY_MS;
  const sums = tradeSums(returns);
  return {
    fromMs: openTimeMs[0], toMs: openTimeMs[length - 1] + timeframeMs, days: returns.length,
    volatility: annualVolatility(returns, perYear), allTimeReturn: close[length - 1] / close[0] - 1,
    cagr: days < SHORTEST_YEARLY_DAYS ? null : cagrByDays(close[length - 1] / close[0], days),
    sharpe: sharpe(returns, perYear), sortino: sortino(returns, 0, perYear), maxDrawdown: maxDrawdown(close), skew: skewness(returns), kurtosis: kurtosisExcess(returns),
    tailRatio: tailRatio(returns), riskRewardRatio: sums.winners > 0 && sums.losers > 0 ? sums.won / sums.winners / (sums.lost / sums.losers) : null, profitFactor: profitFactor(sums),
    dailyValueAtRisk: valueAtRisk(returns), dailyReturnAverage: sums.mean, dailyReturnStd: sums.std,
  };
}
