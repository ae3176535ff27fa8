import * as m from '../../engine/index.ts';
import type { CaseResult, ConformanceCase } from './case.ts';
import { Inputs } from './inputs.ts';

type Compute = (inputs: Inputs) => { readonly value: unknown; readonly parts?: Readonly<Record<string, unknown>> };

const SHARPE = ['sr', 'sharpe', 'sharpe_ratio', 'observed_sr', 'estimated_sr'];
const BENCHMARK = ['benchmark_sr', 'sr_benchmark', 'sr_star', 'sr0', 'null_sr', 'benchmark_sharpe', 'target_sr'];
const COUNT = ['n', 'n_obs', 'observations', 'T', 't', 'length', 'n_observations'];
const TRIALS = ['trials', 'n_trials', 'number_of_trials', 'N', 'num_trials', 'tests', 'n_tests'];
const YEAR = ['periods_per_year', 'periods', 'q', 'frequency_per_year'];

function perYear(inputs: Inputs): number {
  return inputs.number(YEAR, 1);
}

/** A Sharpe ratio per period: stated so, stated a year, or that of returns. */
function sharpeOf(inputs: Inputs): number {
  if (inputs.has(...SHARPE)) return inputs.number(SHARPE);
  if (inputs.has('sr_annual', 'sharpe_annual')) return inputs.number(['sr_annual', 'sharpe_annual']) / Math.sqrt(perYear(inputs));
  const value = m.sharpe(inputs.returnsOver(['risk_free_per_period', 'risk_free', 'rf']), 1);
  if (value === null) throw new m.InputError('case-input-missing', 'returns must have a Sharpe ratio, have none');
  return value;
}

function benchmarkOf(inputs: Inputs): number {
  if (inputs.has('benchmark_sr_annual', 'sr0_annual')) return inputs.number(['benchmark_sr_annual', 'sr0_annual']) / Math.sqrt(perYear(inputs));
  return inputs.number(BENCHMARK, 0);
}

function momentsOf(inputs: Inputs): m.SharpeMoments {
  const shape = inputs.has('returns', 'portfolio') ? m.populationShape(inputs.returns()) : null;
  const kurtosis = inputs.has('excess_kurtosis', 'kurtosis_excess') ? 3 + inputs.number(['excess_kurtosis', 'kurtosis_excess']) : inputs.number(['kurtosis', 'kurt'], shape?.kurtosis ?? 3);
  return {
    sharpe: sharpeOf(inputs),
    observations: inputs.has(...COUNT) ? inputs.number(COUNT) : inputs.has('returns', 'portfolio') ? inputs.returns().filter((r) => !Number.isNaN(r)).length : Number.NaN,
    skewness: inputs.number(['skew', 'skewness'], shape?.skewness ?? 0),
    kurtosis,
  };
}

/** Where the variance is taken, and over what: stated, or as the metric's name says. */
function formOf(inputs: Inputs, fallback: m.VarianceForm): m.VarianceForm {
  const at = inputs.has('variance_at') ? inputs.text('variance_at') : '';
  if (/bench|null|sr0|star/i.test(at)) return 'null';
  if (/obs|estim|^sr$/i.test(at)) return 'observed';
  return fallback;
}

/** Sources mix the two choices; the library has them together. */
function errorOf(inputs: Inputs, form: m.VarianceForm, benchmark: number): number | null {
  const moments = momentsOf(inputs);
  const error = m.sharpeStandardError(moments, form, benchmark);
  const denominator = inputs.has('denominator') ? inputs.text('denominator').toLowerCase().replaceAll(' ', '') : '';
  if (error === null || denominator === '') return error;
  const { observations: n } = moments;
  const own = form === 'null' ? n : n - 1;
  const stated = /-1/.test(denominator) ? n - 1 : n;
  return error * Math.sqrt(own / stated);
}

function psr(inputs: Inputs, form: m.VarianceForm): number | null {
  const benchmark = benchmarkOf(inputs);
  const error = errorOf(inputs, form, benchmark);
  return error === null ? null : m.normalCdf((momentsOf(inputs).sharpe - benchmark) / error);
}

/** Variance of the trials' Sharpe ratios per period. */
function trialVariance(inputs: Inputs): number {
  if (inputs.has('trial_srs', 'trial_sharpes', 'srs')) {
    const srs = inputs.list('trial_srs', 'trial_sharpes', 'srs');
    const mean = srs.reduce((sum, sr) => sum + sr, 0) / srs.length;
    return srs.reduce((sum, sr) => sum + (sr - mean) ** 2, 0) / (srs.length - inputs.number(['trial_std_ddof', 'trial_variance_ddof', 'ddof'], 1));
  }
  const year = perYear(inputs);
  if (inputs.has('trial_sr_variance_annual', 'variance_annual')) return inputs.number(['trial_sr_variance_annual', 'variance_annual']) / year;
  if (inputs.has('trial_sr_variance', 'trial_variance', 'variance')) return inputs.number(['trial_sr_variance', 'trial_variance', 'variance']);
  if (inputs.has('trial_sr_std_annual')) return inputs.number(['trial_sr_std_annual']) ** 2 / year;
  return inputs.number(['trial_sr_std', 'trial_std', 'std']) ** 2;
}

function trialsOf(inputs: Inputs): number {
  const listed = ['trial_srs', 'trial_sharpes', 'srs'];
  return inputs.has(...TRIALS) ? inputs.number(TRIALS) : inputs.list(...listed).length;
}

function dsr(inputs: Inputs, form: m.VarianceForm) {
  const { benchmark, dsr: value } = m.deflatedSharpe(momentsOf(inputs), trialsOf(inputs), trialVariance(inputs), form);
  const annual = benchmark * Math.sqrt(perYear(inputs));
  return { value, parts: { dsr: value, benchmark, sr0: benchmark, expected_max: benchmark, expected_max_sr: benchmark, benchmark_annual: annual, sr0_annual: annual } };
}

function minTrackRecord(inputs: Inputs, form: m.VarianceForm) {
  const observations = m.minTrackRecord(momentsOf(inputs), { benchmarkSharpe: benchmarkOf(inputs), confidence: inputs.number(['confidence', 'prob', 'level'], 0.95), form });
  const years = observations === null ? null : observations / perYear(inputs);
  return { value: inputs.has(...YEAR) ? years : observations, parts: { years, observations, n: observations, periods: observations } };
}

const MONTHS: Readonly<Record<string, number>> = { monthly: 1, daily: 12 / 252, weekly: 12 / 52, quarterly: 3, annual: 12, yearly: 12, d: 12 / 252, w: 12 / 52, m: 1, q: 3, a: 12 };
const PER_YEAR: Readonly<Record<string, number>> = { daily: 360, weekly: 52, monthly: 12, quarterly: 4, annual: 1, yearly: 1, d: 360, w: 52, m: 12, q: 4, a: 1 };

/** Sharpe a year, corrected for autocorrelation where that is stated and not done. */
function haircutInputs(inputs: Inputs): { sharpeAnn: number; months: number; method: m.HaircutMethod } {
  const frequency = inputs.has('frequency') ? inputs.text('frequency').toLowerCase() : 'monthly';
  const months = inputs.has('n_months', 'months') ? inputs.number(['n_months', 'months']) : Math.floor(inputs.number(COUNT) * (MONTHS[frequency] ?? 1));
  const stated = inputs.has('sr_annual', 'sharpe_annual') ? inputs.number(['sr_annual', 'sharpe_annual']) : sharpeOf(inputs) * Math.sqrt(PER_YEAR[frequency] ?? 12);
  const needsIt = inputs.has('autocorrelation') && inputs.raw('autocorrelation_already_adjusted') !== true;
  const sharpeAnn = needsIt ? m.autocorrelationAdjustedSharpe(stated, inputs.number(['autocorrelation']), PER_YEAR[frequency] ?? 12) : stated;
  if (sharpeAnn === null) throw new m.InputError('case-input-missing', 'autocorrelation must leave a Sharpe ratio, leaves none');
  const method = inputs.has('method') ? inputs.text('method').toLowerCase() : '';
  return { sharpeAnn, months, method: /independent|sid|1-\(1-p/.test(method.replaceAll(' ', '')) ? 'independent' : 'bonferroni' };
}

function haircut(inputs: Inputs) {
  const { sharpeAnn, months, method } = haircutInputs(inputs);
  const trials = inputs.number(TRIALS);
  const own = m.haircutSharpe(sharpeAnn, months, trials, method, method === 'independent' ? 'normal' : 'student');
  const bonferroni = m.haircutSharpe(sharpeAnn, months, trials);
  return {
    value: own?.sharpeAnn ?? null,
    parts: {
      p_single: own?.pSingle, p_multiple: own?.pMultiple, haircut_sr_annual: own?.sharpeAnn, haircut_sr: own?.sharpeAnn, haircut: own?.haircut, sr_annual_adjusted: sharpeAnn,
      adjusted_sr_annual: sharpeAnn, p_bonferroni: bonferroni?.pMultiple, haircut_sr_bonferroni: bonferroni?.sharpeAnn, haircut_bonferroni: bonferroni?.haircut,
    },
  };
}

function adjusted(inputs: Inputs) {
  const p = inputs.list('p_values', 'pvalues', 'p');
  const by = (method: m.PAdjustment): number[] => m.adjustPValues(p, method, inputs.number(TRIALS, p.length));
  const parts: Record<string, unknown> = {
    bonferroni: by('bonferroni'), sidak: by('sidak'), holm: by('holm'), bhy_harvey_liu: by('bhy-harvey-liu'), benjamini_yekutieli: by('benjamini-yekutieli'),
    benjamini_hochberg: by('benjamini-hochberg'), fdr_bh: by('benjamini-hochberg'), fdr_by: by('benjamini-yekutieli'), by: by('benjamini-yekutieli'), bh: by('benjamini-hochberg'),
    bhy: by('bhy-harvey-liu'), BH: by('benjamini-hochberg'), BY: by('benjamini-yekutieli'),
  };
  return { value: parts[inputs.has('method') ? inputs.text('method').toLowerCase() : 'bonferroni'], parts };
}

function information(inputs: Inputs) {
  const active = inputs.returnsOver(['benchmark']);
  return { value: m.informationRatio(active, 0, perYear(inputs)) };
}

const COMPUTE: Readonly<Record<string, Compute>> = {
  psr: (i) => ({ value: psr(i, formOf(i, 'observed')) }),
  probabilistic_sharpe_ratio: (i) => ({ value: psr(i, formOf(i, 'observed')) }),
  psr_null_variance: (i) => ({ value: psr(i, formOf(i, 'null')) }),
  sharpe_standard_error: (i) => ({ value: errorOf(i, formOf(i, 'observed'), benchmarkOf(i)) }),
  sharpe_standard_error_T: (i) => ({ value: errorOf(i, formOf(i, 'observed'), benchmarkOf(i)) }),
  sharpe_standard_error_null: (i) => ({ value: errorOf(i, formOf(i, 'null'), benchmarkOf(i)) }),
  min_track_record_length: (i) => minTrackRecord(i, formOf(i, 'observed')),
  min_track_record_length_null_variance: (i) => minTrackRecord(i, formOf(i, 'null')),
  sharpe: (i) => ({ value: i.has('returns', 'portfolio') ? m.sharpe(i.returnsOver(['risk_free_per_period', 'risk_free', 'rf']), perYear(i)) : sharpeOf(i) }),
  dsr: (i) => dsr(i, formOf(i, 'observed')),
  deflated_sharpe_ratio: (i) => dsr(i, formOf(i, 'observed')),
  dsr_null_variance: (i) => dsr(i, formOf(i, 'null')),
  expected_max_sharpe: (i) => ({ value: Math.sqrt(trialVariance(i)) * m.expectedMaximum(trialsOf(i)) }),
  information_ratio_annual: information,
  min_backtest_length: (i) => backtestLength(m.minBacktestYears, i),
  min_backtest_length_bound: (i) => backtestLength(m.minBacktestYearsBound, i),
  expected_max_standard_normal: (i) => {
    const formula = m.expectedMaximum(i.number(TRIALS));
    return { value: formula, parts: { formula, exact_expected_max: m.exactExpectedMaximum(i.number(TRIALS)), exact: m.exactExpectedMaximum(i.number(TRIALS)) } };
  },
  effective_trials: (i) => ({ value: m.effectiveTrials(i.number(TRIALS), i.number(['average_correlation', 'average_trial_correlation', 'rho', 'correlation'])) }),
  haircut_sharpe: haircut,
  autocorrelation_adjusted_sharpe: (i) => ({ value: m.autocorrelationAdjustedSharpe(i.number(['sr_annual', ...SHARPE]), i.number(['autocorrelation', 'rho']), i.number(YEAR)) }),
  p_value_adjustment: adjusted,
};

function backtestLength(of: typeof m.minBacktestYears, inputs: Inputs) {
  const years = of(inputs.number(TRIALS), inputs.number(['target_max_sr_annual', 'target_sr_annual', 'target', 'max_sr'], 1));
  return { value: years, parts: { years, upper_bound_years: years } };
}

/** Metrics whose name alone says what they are; `sharpe` is also a return metric. */
export function isSharpeMetric(metric: string): boolean {
  return Object.hasOwn(COMPUTE, metric);
}

export function runSharpeCase(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult {
  const compute = COMPUTE[testCase.metric];
  const { value, parts } = compute(new Inputs(testCase.inputs, datasets));
  const { expected } = testCase;
  return { got: typeof expected === 'object' && expected !== null && !Array.isArray(expected) ? (parts ?? value) : value };
}
