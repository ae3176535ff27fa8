export { backtestingPyStatistics, type BacktestingPyInput } from './backtesting-py.ts';
export { appraisalRatio, famaBeta, kappa, mSquared, skewnessKurtosisRatio, systematicRisk, totalRisk, volatilitySkewness } from './bacon-ratios.ts';
export {
  type AlphaForm, alpha, beta, captureRatio, informationRatio, jensenAlpha, probabilityOfOutperformance, specificRisk, trackingError, treynorRatio,
} from './benchmark-relative.ts';
export { type DailyReturns, dailyReturns, observationsPerYear } from './daily-returns.ts';
export {
  calmar, type Drawdown, drawdowns, drawdownSeries, drawdownsInMoney, durationOf, longestRecovery, maxDrawdown, painIndex, painRatio, ulcerIndex,
  ulcerIndexOfReturns, ulcerPerformanceIndex, wealthOf, worstDrawdowns,
} from './drawdown.ts';
export { HEADLINE_NAMES, type Headlines, METRIC_NAMES, type MetricName, type MetricReasons, type Metrics } from './names.ts';
export { normalCdf, probit } from './normal.ts';
export {
  adjustedSharpe, aggregateReturns, annualVolatility, cagrByDays, cagrByPeriods, correlation, downsideDeviation, downsideFrequency, dRatio, kurtosisExcess,
  meanAbsoluteDeviation, omega, perPeriod, populationShape, rolling, sharpe, skewness, sortino, stability, totalReturn, upsideDeviation,
  upsideFrequency, upsidePotential, upsidePotentialRatio, yearsBetween,
} from './returns.ts';
export { type Moments, momentsOf, spreadOf } from './series-moments.ts';
export { conditionalValueAtRisk, quantile, tailRatio, valueAtRisk, valueAtRiskNormal } from './risk.ts';
export { studentTail, studentUpperQuantile } from './student.ts';
export { createMetricsScratch, type MetricsScratch, summarise, type SummaryInput } from './summarise.ts';
export {
  expectancyRatio, kellyBinary, kellyContinuous, kellyOfTrades, profitFactor, sqn, systemQuality, type TradeSums, tradeSums, winRate,
} from './trade-statistics.ts';
export { slippageAdjusted, turnoverOfBook, turnoverOfPortfolio } from './turnover.ts';
