import * as engine from '../../engine/index.ts';
import { backtestingPyStatistics, gappedTargetCosts, smaCrossTrades } from './backtesting-py.ts';
import type { CaseResult, ConformanceCase } from './case.ts';
import { Inputs } from './inputs.ts';
import { returnMetricNamed } from './return-metric-names.ts';

type Compute = (inputs: Inputs, testCase: ConformanceCase) => unknown;

const m = engine;

const RISK_FREE = ['risk_free_per_period', 'risk_free', 'rf'];
const REQUIRED = ['required_return_per_period', 'MAR', 'mar', 'required_return', 'threshold_per_period'];

/** Omega's threshold is stated a period, or as a required return a year. */
function omegaThreshold(inputs: Inputs): number | null {
  const direct = ['threshold_per_period', 'threshold', 'MAR', 'mar'];
  if (inputs.has(...direct)) return inputs.number(direct);
  const required = m.perPeriod(inputs.number(['required_return_annual', 'required_return'], 0), inputs.periodsPerYear(252));
  return required === null ? null : required + inputs.riskFreePerPeriod();
}

/** Information ratios are per period unless a year's periods are stated. */
function activeScale(inputs: Inputs): number {
  return inputs.number(['periods_per_year'], 1);
}

function benchmarkOf(inputs: Inputs): number[] | number {
  return typeof inputs.raw('benchmark') === 'number' ? inputs.number(['benchmark']) : inputs.list('benchmark', 'factor_returns');
}

function fallRow(curve: readonly number[]) {
  return m.worstDrawdowns(curve, 1)[0] ?? null;
}

function windowOf(inputs: Inputs): number {
  return inputs.number(['window', 'window_bars', 'period']);
}

/** [recovery bar, bars from the last peak to it, depth] of falls given as depths below a peak. */
function durationsOfDepths(depths: readonly number[]): number[][] {
  return m.drawdowns(depths.map((depth) => -Math.abs(depth)).map((d) => 1 + d / (1 + Math.max(...depths.map(Math.abs))))).map((fall) => [
    fall.recovery ?? depths.length - 1,
    m.durationOf(fall, depths.length),
    Math.max(...depths.slice(fall.peak, (fall.recovery ?? depths.length - 1) + 1).map(Math.abs)),
  ]);
}

/** Bars of the longest fall, from the last bar at the old peak to the recovery or, unrecovered, to the end. */
function longestFall(curve: readonly number[]): number | null {
  return curve.length === 0 ? null : Math.max(0, ...m.drawdowns(curve).map((fall) => m.durationOf(fall, curve.length)));
}

/** Mean win over mean loss of trades; null without either. */
function payoff(pnl: readonly number[]): number | null {
  const { won, lost, winners, losers } = m.tradeSums(pnl);
  return winners > 0 && losers > 0 ? won / winners / (lost / losers) : null;
}

const COMPUTE: Readonly<Record<string, Compute>> = {
  total_return: (i) => m.totalReturn(i.returns()),
  cagr: (i) => m.cagrByPeriods(i.returns(), i.periodsPerYear()),
  cagr_calendar_days: (i) => {
    const factor = i.has('growth_factor') ? i.number(['growth_factor']) : i.number(['total_return']);
    const note = i.has('note') ? i.text('note') : '';
    const stated = /over (\d+) days, (\d+(?:\.\d+)?) days a year/.exec(note);
    if (stated) return m.cagrByDays(factor, Number(stated[1]), Number(stated[2]));
    return m.cagrByDays(i.has('growth_factor') ? factor : 1 + factor, i.number(['days']), i.number(['days_per_year'], 365.25));
  },
  year_fraction: (i) => m.yearsBetween(Date.parse(i.text('start')), Date.parse(i.text('end'))),
  annual_volatility: (i) => m.annualVolatility(i.returns(), i.periodsPerYear()),
  sharpe: (i) => m.sharpe(i.returnsOver(RISK_FREE), i.periodsPerYear()),
  adjusted_sharpe: (i) => {
    const annual = m.cagrByPeriods(i.returns(), i.periodsPerYear());
    const volatility = m.annualVolatility(i.returns(), i.periodsPerYear());
    return annual === null || !volatility ? null : m.adjustedSharpe(i.returns(), (annual - i.riskFreePerPeriod()) / volatility);
  },
  downside_deviation: (i) => m.downsideDeviation(i.returnsOver(REQUIRED), 0, i.periodsPerYear(1)),
  upside_deviation: (i) => m.upsideDeviation(i.returnsOver(REQUIRED), 0, i.periodsPerYear(1)),
  upside_potential: (i) => m.upsidePotential(i.returnsOver(REQUIRED), 0),
  upside_potential_ratio: (i) => m.upsidePotentialRatio(i.returnsOver(REQUIRED), 0),
  upside_frequency: (i) => m.upsideFrequency(i.returnsOver(REQUIRED), 0),
  downside_frequency: (i) => m.downsideFrequency(i.returnsOver(REQUIRED), 0),
  sortino: (i) => m.sortino(i.returnsOver(REQUIRED), 0, i.periodsPerYear(1)),
  omega: (i) => {
    const threshold = omegaThreshold(i);
    return threshold === null ? null : m.omega(i.returns(), threshold);
  },
  d_ratio: (i) => m.dRatio(i.returns()),
  mean_absolute_deviation: (i) => m.meanAbsoluteDeviation(i.returns()),
  stability_of_timeseries: (i) => m.stability(i.returns()),
  skewness_sample: (i) => m.skewness(i.returns()),
  kurtosis_sample_excess: (i) => m.kurtosisExcess(i.returns()),
  skewness_population: (i) => m.populationShape(i.returns())?.skewness ?? null,
  kurtosis_population: (i) => m.populationShape(i.returns())?.kurtosis ?? null,
  kurtosis_population_excess: (i) => {
    const shape = m.populationShape(i.returns());
    return shape === null ? null : shape.kurtosis - 3;
  },
  tail_ratio: (i) => m.tailRatio(i.returns()),
  value_at_risk: (i) => (/parametric|gaussian|normal/i.test(String(i.raw('method'))) ? m.valueAtRiskNormal : m.valueAtRisk)(i.returns(), i.cutoff()),
  value_at_risk_normal: (i) => m.valueAtRiskNormal(i.returns(), i.cutoff()),
  conditional_value_at_risk: (i) => m.conditionalValueAtRisk(i.returns(), i.cutoff()),
  aggregate_returns: (i) => m.aggregateReturns(i.returns(), i.raw('groups_by_row') as number[][]),
  rolling_sharpe: (i) => m.rolling(i.returns(), windowOf(i), (w) => m.sharpe(w, i.periodsPerYear(), i.riskFreePerPeriod())),
  rolling_max_drawdown: (i) => m.rolling(i.returns(), windowOf(i), (w) => m.maxDrawdown(m.wealthOf(w))),
  max_drawdown: (i) => (i.returns().length === 0 ? null : m.maxDrawdown(m.wealthOf(i.returns()))),
  max_drawdown_duration: (i) => longestFall(i.curve()),
  max_drawdown_percent: (i) => 100 * Math.abs(m.maxDrawdown(i.curve()) ?? 0),
  max_drawdown_points: (i) => {
    const fall = fallRow(i.curve());
    return fall === null ? null : [fall.peak, fall.trough, fall.recovery];
  },
  drawdown_table: (i, { expected }) =>
    m.worstDrawdowns(i.curve(), Array.isArray(expected) ? expected.length : 5).map((fall) => [fall.peak, fall.trough, fall.recovery, -100 * fall.depth]),
  drawdown_durations: (i) => durationsOfDepths(i.list('drawdown_series')),
  drawdowns_in_money: (i) => m.drawdownsInMoney(i.curve()),
  max_recovery_days: (i) => m.longestRecovery(i.curve()),
  calmar: (i) => m.calmar(i.returns(), i.periodsPerYear()),
  ulcer_index: (i) => (i.has('returns', 'portfolio') ? m.ulcerIndexOfReturns(i.returns()) : m.ulcerIndex(i.curve())),
  ulcer_index_percent: (i) => 100 * (m.ulcerIndex(i.curve()) ?? Number.NaN),
  pain_index: (i) => m.painIndex(i.returns()),
  pain_ratio: (i) => m.painRatio(i.returns(), i.periodsPerYear(), i.riskFreePerPeriod()),
  ulcer_performance_index: (i) => m.ulcerPerformanceIndex(i.returns(), i.periodsPerYear(), i.riskFreePerPeriod()),
  alpha_beta: (i) => {
    const benchmark = i.list('benchmark', 'factor_returns');
    return [m.alpha(i.returns(), benchmark, i.periodsPerYear(), i.riskFreePerPeriod(), 'compounded'), m.beta(i.returns(), benchmark)];
  },
  alpha: (i) => m.alpha(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear(), i.riskFreePerPeriod(), 'compounded'),
  beta: (i) => m.beta(i.returns(), i.list('benchmark', 'factor_returns')),
  jensen_alpha: (i) => m.jensenAlpha(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear(), i.riskFreePerPeriod()),
  specific_risk: (i) => m.specificRisk(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear()),
  information_ratio: (i) => m.informationRatio(i.returns(), benchmarkOf(i), activeScale(i)),
  information_ratio_annual: (i) => m.informationRatio(i.returns(), benchmarkOf(i), i.periodsPerYear()),
  tracking_error: (i) => m.trackingError(i.returns(), benchmarkOf(i), i.periodsPerYear()),
  treynor_ratio: (i) => m.treynorRatio(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear(), i.riskFreePerPeriod()),
  capture_ratio: (i) => m.captureRatio(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear()),
  up_capture: (i) => m.captureRatio(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear(), 'up'),
  down_capture: (i) => m.captureRatio(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear(), 'down'),
  probability_of_outperformance: (i) => m.probabilityOfOutperformance(i.number(['information_ratio']), i.number(['n'])),
  sqn: (i) => m.sqn(i.list('trade_pnl'), i.number(['ddof'], 1) === 0 ? 0 : 1),
  expectancy_ratio: (i) => m.expectancyRatio(i.list('trade_pnl')),
  profit_factor: (i) => m.profitFactor(m.tradeSums(i.list('trade_pnl'))),
  expectancy: (i) => (i.list('trade_pnl').length === 0 ? null : m.tradeSums(i.list('trade_pnl')).mean),
  payoff_ratio: (i) => payoff(i.list('trade_pnl')),
  exposure: (i) => {
    const held = i.list('positions', 'position', 'exposure', 'held');
    return held.length === 0 ? null : held.filter((position) => position !== 0 && !Number.isNaN(position)).length / held.length;
  },
  bernardo_ledoit: (i) => m.omega(i.returns(), 0),
  omega_sharpe: (i) => m.kappa(i.returnsOver(REQUIRED), 0, 1),
  kappa: (i) => m.kappa(i.returnsOver(REQUIRED), 0, i.number(['l', 'order', 'moment'], 2)),
  skewness_kurtosis_ratio: (i) => m.skewnessKurtosisRatio(i.returns()),
  volatility_skewness: (i) => m.volatilitySkewness(i.returnsOver(REQUIRED), 0),
  m_squared: (i) => m.mSquared(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear(), i.riskFreePerPeriod()),
  fama_beta: (i) => m.famaBeta(i.returns(), i.list('benchmark', 'factor_returns')),
  systematic_risk: (i) => m.systematicRisk(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear()),
  total_risk: (i) => m.totalRisk(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear()),
  appraisal_ratio: (i) => m.appraisalRatio(i.returns(), i.list('benchmark', 'factor_returns'), i.periodsPerYear(), i.riskFreePerPeriod()),
  win_rate: (i) => m.winRate(m.tradeSums(i.list('trade_pnl'))),
  trade_statistics: (i, testCase) => (i.has('trade_pnl') ? leanTradeStatistics(i.list('trade_pnl')) : backtestingPyStatistics(i, testCase)),
  kelly_binary: (i) => m.kellyBinary(i.number(['win_rate']), i.number(['payoff_ratio'])),
  kelly_continuous: (i) => m.kellyContinuous(i.number(['mean_excess']), i.number(['std'])),
  turnover: (i) => m.turnoverOfBook(i.list('traded_value_by_day'), i.list('gross_position_value_by_day')),
  slippage_adjusted_return: (i) =>
    m.slippageAdjusted(i.returns(), i.list('traded_value_by_day'), i.list('portfolio_value_by_day'), i.number(['slippage_bps'])),
  trade_list: (i) => smaCrossTrades(i),
  costs: (i) => gappedTargetCosts(i),
  statistics: backtestingPyStatistics,
  backtest_statistics: backtestingPyStatistics,
};

export function isReturnMetric(metric: string): boolean {
  return returnMetricNamed(metric, COMPUTE) !== null;
}

/** A case of the return-metrics family through the public library; an object of statistics on bars is answered by backtesting.py's own set. */
export function runReturnMetricCase(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult {
  const inputs = new Inputs(testCase.inputs, datasets);
  const name = returnMetricNamed(testCase.metric, COMPUTE);
  const compute = name !== null ? COMPUTE[name] : (isStatisticsOnBars(testCase, inputs) ? backtestingPyStatistics : undefined);
  return compute === undefined ? { skip: `no metric ${testCase.metric}` } : { got: compute(inputs, testCase) };
}

function isStatisticsOnBars({ expected }: ConformanceCase, inputs: Inputs): boolean {
  return typeof expected === 'object' && expected !== null && !Array.isArray(expected) && inputs.has('open') && inputs.has('close');
}

/** Lean's conventions: ratios without losses are 10, wins over losses are counts, the drawdown is of the sum of closed trades. */
function leanTradeStatistics(pnl: readonly number[]): Record<string, number | null> {
  const sums = m.tradeSums(pnl);
  const total = sums.won - sums.lost;
  let equity = 0;
  const deepest = Math.max(0, ...m.drawdownsInMoney([0, ...pnl.map((profit) => (equity += profit))]));
  return {
    total,
    total_profit_loss: total,
    mean: sums.mean,
    std_ddof1: sums.std,
    sharpe_of_trades: sums.std > 0 ? sums.mean / sums.std : null,
    profit_factor: m.profitFactor(sums) ?? (sums.won > 0 ? 10 : 0),
    win_loss_ratio: sums.losers > 0 ? sums.winners / sums.losers : 10,
    max_closed_trade_drawdown: -deepest || 0,
    profit_to_max_drawdown: deepest > 0 ? total / deepest : 10,
    loss_rate: sums.losers / sums.count,
    average_profit: sums.winners > 0 ? sums.won / sums.winners : 0,
    average_loss: sums.losers > 0 ? -sums.lost / sums.losers : 0,
    win_rate: m.winRate(sums),
    number_of_trades: sums.count,
  };
}
