/** Metric names of other projects, and what they are here; `_ratio` at the end and capitals do not matter. */
const ALIASES: Readonly<Record<string, string>> = {
  cum_returns_final: 'total_return', cumulative_return: 'total_return', cumulative_returns: 'total_return', comp: 'total_return', compounded_return: 'total_return',
  annual_return: 'cagr', annualized_return: 'cagr', annualised_return: 'cagr', return_annualized: 'cagr', compound_annual_growth_rate: 'cagr', geometric_annual_return: 'cagr',
  annualized_volatility: 'annual_volatility', annualised_volatility: 'annual_volatility', volatility: 'annual_volatility', volatility_annual: 'annual_volatility', std_dev_annualized: 'annual_volatility',
  sharpe_annualised: 'sharpe', sharpe_annualized: 'sharpe', sharpe_arithmetic: 'sharpe', sortino_annualised: 'sortino', sortino_annualized: 'sortino',
  downside_risk: 'downside_deviation', upside_risk: 'upside_deviation', omega_threshold: 'omega', mad: 'mean_absolute_deviation',
  max_dd: 'max_drawdown', maximum_drawdown: 'max_drawdown', maxdrawdown: 'max_drawdown', max_drawdown_frac: 'max_drawdown', max_drawdown_pct: 'max_drawdown_percent',
  max_drawdown_days: 'max_drawdown_duration', longest_drawdown: 'max_drawdown_duration', drawdown_duration: 'max_drawdown_duration',
  ulcer: 'ulcer_index', upi: 'ulcer_performance_index', martin: 'ulcer_performance_index', mar: 'calmar',
  var: 'value_at_risk', historical_var: 'value_at_risk', var_historical: 'value_at_risk', value_at_risk_historical: 'value_at_risk',
  value_at_risk_parametric: 'value_at_risk_normal', parametric_var: 'value_at_risk_normal', var_parametric: 'value_at_risk_normal', value_at_risk_gaussian: 'value_at_risk_normal',
  cvar: 'conditional_value_at_risk', expected_shortfall: 'conditional_value_at_risk', es: 'conditional_value_at_risk',
  skew: 'skewness_sample', skewness: 'skewness_sample', kurtosis: 'kurtosis_sample_excess', kurtosis_excess: 'kurtosis_sample_excess', stability: 'stability_of_timeseries',
  treynor: 'treynor_ratio', capture: 'capture_ratio', upside_capture: 'up_capture', downside_capture: 'down_capture', up_capture_ratio: 'up_capture', down_capture_ratio: 'down_capture',
  tail: 'tail_ratio', pain: 'pain_ratio', upside_potential: 'upside_potential', d: 'd_ratio', gain_loss: 'bernardo_ledoit', bernardo_ledoit_gain_loss: 'bernardo_ledoit',
  information: 'information_ratio', excess_sharpe: 'information_ratio', system_quality_number: 'sqn', kelly: 'kelly_binary', kelly_criterion: 'kelly_binary',
  winrate: 'win_rate', win: 'win_rate', payoff: 'payoff_ratio', win_loss: 'payoff_ratio', mean_trade: 'expectancy', expectancy_money: 'expectancy', exposure_time: 'exposure',
  modigliani: 'm_squared', m2: 'm_squared', appraisal: 'appraisal_ratio',
};

/** The name under which a metric stands in `known`: as it is, without `_ratio`, with it, or by an alias; null where it is none of them. */
export function returnMetricNamed(name: string, known: Readonly<Record<string, unknown>>): string | null {
  if (Object.hasOwn(known, name)) return name;
  const plain = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  const bare = plain.replace(/_ratio$/, '');
  const candidates = [plain, bare, `${bare}_ratio`, ...[plain, bare].flatMap((one) => (Object.hasOwn(ALIASES, one) ? [ALIASES[one]] : []))];
  return candidates.find((candidate) => Object.hasOwn(known, candidate)) ?? null;
}
