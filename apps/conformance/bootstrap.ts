import {
  bootstrapMaxima, circularIndices, criticalValue, InputError, modelConfidenceSet, movingIndices, optimalBlockLength, SPA_BOUNDS, type SpaForm, spaStatistics, spaTest, stationaryIndices, stepwise,
} from '../../engine/index.ts';
import { asked, bare } from './asked.ts';
import { blockSeries } from './block-series.ts';
import { type BootstrapData, bootstrapData } from './bootstrap-data.ts';
import type { CaseResult, ConformanceCase } from './case.ts';
import { SeriesInputs } from './series-inputs.ts';

interface Asked {
  readonly testCase: ConformanceCase;
  readonly inputs: SeriesInputs;
  readonly datasets: Record<string, unknown>;
}
type Run = (asked: Asked) => unknown;

/** By how a metric's name begins or what it holds; the first that fits. */
const METRICS: readonly (readonly [RegExp, Run])[] = [
  [/blocklength|blocksize|politiswhite/, blockLength],
  [/indices|indexes/, indices],
  [/confidenceset|^mcs/, confidenceSet],
  [/stepm|stepwise|stepdown|romanowolf/, steps],
  [/realitycheck|^rc|^white/, (all) => superiorAbility(all, 'raw', 'upper')],
  [/^spa|superiorpredictive|hansen/, (all) => superiorAbility(all, 'raw', 'consistent')],
];

const SIZE = ['size', 'alpha', 'level', 'significance'];

export function isBootstrapMetric(metric: string): boolean {
  return METRICS.some(([pattern]) => pattern.test(bare(metric)));
}

/** A case of bootstraps and tests of many models through the public library. */
export function runBootstrapCase(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult {
  const run = METRICS.find(([pattern]) => pattern.test(bare(testCase.metric)))?.[1];
  return run === undefined ? { skip: `no metric ${testCase.metric}` } : { got: run({ testCase, inputs: new SeriesInputs(testCase, datasets), datasets }) };
}

function blockLength({ testCase, inputs, datasets }: Asked): unknown {
  const lengths = optimalBlockLength(blockSeries(inputs, datasets));
  const { stationary = null, circular = null } = lengths ?? {};
  return asked(testCase, { stationary, circular, bsb: stationary, bcb: circular, bstar: stationary }, /circular/.test(bare(testCase.metric)) ? circular : stationary);
}

function indices({ testCase, inputs }: Asked): unknown {
  const metric = bare(testCase.metric) + bare(inputs.text('method', 'kind', 'bootstrap'));
  const list = (...names: readonly string[]): number[] => Array.from(inputs.series(...names));
  const size = (): number => inputs.number(['blocksize', 'blocklength', 'block', 'l']);
  if (/stationary/.test(metric)) {
    const integers = list('uniformintegerdraws', 'integerdraws', 'integers', 'starts');
    const newBlock = inputs.value('pnewblock', 'p', 'probability') === undefined ? 1 / inputs.number(['blocksize', 'blocklength', 'meanblock', 'block']) : inputs.number(['pnewblock', 'p', 'probability']);
    return stationaryIndices(integers, list('uniformdraws', 'uniforms', 'u'), newBlock, inputs.number(['n', 'nobs', 'length'], integers.length));
  }
  const of = /circular/.test(metric) ? circularIndices : movingIndices;
  return of(inputs.number(['n', 'nobs', 'length']), size(), list('blockstarts', 'starts', 'uniformintegerdraws'));
}

/** Studentised where the metric or the statistic says so, and not where it says NOT. */
function formOf({ testCase, inputs }: Asked, fallback: SpaForm): SpaForm {
  const text = `${testCase.metric} ${inputs.text('statistic', 'form', 'variant')}`.toLowerCase();
  if (/not studenti|unstudenti|non-?studenti|raw/.test(text)) return 'raw';
  return /studenti|hansen/.test(text) ? 'studentised' : fallback;
}

function ruleOf({ inputs }: Asked): 'conservative' | 'share' {
  return /conservative|1 ?\+/.test(inputs.text('pvaluerule', 'pvalue', 'rule', 'pvaluedefinition')) ? 'conservative' : 'share';
}

function superiorAbility(all: Asked, fallback: SpaForm, main: 'upper' | 'consistent'): unknown {
  const { testCase, inputs } = all;
  const data = bootstrapData(inputs);
  const { p, maxima, statistics } = spaTest(data.panel, data.draws, { meanBlock: data.meanBlock, form: formOf(all, fallback), rule: ruleOf(all) });
  if (!/critical/.test(bare(testCase.metric))) {
    return asked(testCase, { ...p, p: p[main], pvalue: p[main], statistic: statistics.observed, t: statistics.observed, observed: statistics.observed }, p[main]);
  }
  const size = inputs.number(SIZE, 0.05);
  const critical = Object.fromEntries(SPA_BOUNDS.map((bound) => [bound, criticalValue(maxima[bound], size)]));
  return asked(testCase, critical, critical[main]);
}

/** Raw: recentred for consistency, as the Python package; studentised: always recentred, as the paper. */
function steps(all: Asked): unknown {
  const { testCase, inputs } = all;
  const { panel, draws, meanBlock } = bootstrapData(inputs);
  const form = formOf(all, 'raw');
  const { z, byBound } = spaStatistics(panel, { meanBlock, form });
  const statistic = form === 'raw' ? byBound.consistent : byBound.upper;
  const { superior, criticalValues } = stepwise(z, statistic, inputs.number(SIZE, 0.05), (one) => bootstrapMaxima(panel, [one], draws)[0]);
  return asked(testCase, { superiormodel: superior, superior, rejected: superior, criticalvalue: criticalValues, statistic: Array.from(z) }, superior);
}

function confidenceSet({ testCase, inputs }: Asked): unknown {
  const data: BootstrapData = bootstrapData(inputs);
  if (data.losses === null) throw new InputError('case-input-missing', 'inputs must hold model losses, hold none');
  const eliminated = modelConfidenceSet(data.losses, data.draws);
  const size = inputs.number(SIZE, 0.05);
  const byModel = eliminated.toSorted((a, b) => a.model - b.model);
  const order = eliminated.map(({ model, p }) => [model, p]);
  const included = byModel.filter(({ p }) => p > size).map(({ model }) => model);
  const excluded = byModel.filter(({ p }) => p <= size).map(({ model }) => model);
  return asked(testCase, { eliminatedinorder: order, eliminated: order, pvalue: byModel.map(({ p }) => p), included, excluded }, order);
}
