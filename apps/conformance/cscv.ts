import { combinationCount, InputError, overfitProbability, type OverfitProbability, splitCount } from '../../engine/index.ts';
import { asked, bare } from './asked.ts';
import type { CaseResult, ConformanceCase } from './case.ts';
import { evaluateFormula } from './formula.ts';
import { isMatrix, panelOfRows } from './panel.ts';
import { SeriesInputs } from './series-inputs.ts';

const BLOCKS = ['s', 'blocks', 'nblocks', 'partitions', 'npartitions', 'nsplits', 'splits', 'groups', 'submatrices'];
const OVERFIT = /pbo|overfit|cscv|probabilityofloss|probloss|logit|performancedegradation/;
const COMBINATIONS = /^(n|number|num)?(of)?combinations$|^splitcount$/;

export function isOverfitMetric(metric: string): boolean {
  return OVERFIT.test(bare(metric)) || COMBINATIONS.test(bare(metric));
}

/** A case of the probability of backtest overfitting through the public library. */
export function runOverfitCase(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult {
  const inputs = new SeriesInputs(testCase, datasets);
  if (COMBINATIONS.test(bare(testCase.metric))) {
    const of = inputs.number(BLOCKS.concat('n'));
    const count = inputs.value('k') === undefined ? splitCount(of) : combinationCount(of, inputs.number(['k']));
    return { got: asked(testCase, { combinations: count, ncombinations: count, count }, count) };
  }
  const known = { ...partsOf(inputs, 'head'), ...suffixed(partsOf(inputs, 'head'), 'drophead'), ...(speaksOfTail(testCase) ? suffixed(partsOf(inputs, 'tail'), 'droptail') : {}) };
  return { got: asked(testCase, known, known[mainOf(bare(testCase.metric))]) };
}

function mainOf(metric: string): string {
  if (/loss/.test(metric)) return 'probloss';
  if (/logit/.test(metric)) return /median/.test(metric) ? 'medianlogit' : /mean/.test(metric) ? 'meanlogit' : 'logits';
  return /degradation|slope/.test(metric) ? 'slope' : 'pbo';
}

function speaksOfTail({ expected, inputs }: ConformanceCase): boolean {
  return /tail/i.test(JSON.stringify([expected, inputs.drop ?? null]));
}

/** Rows that do not fill the blocks leave at the head, or as a case says at the tail. */
function partsOf(inputs: SeriesInputs, drop: 'head' | 'tail'): Record<string, unknown> {
  const blocks = inputs.number(BLOCKS);
  const rows = rowsOf(inputs);
  const atTail = drop === 'tail' || /tail|end|last/.test(inputs.text('drop', 'dropfrom'));
  const kept = atTail ? rows.slice(0, rows.length - (rows.length % blocks)) : rows;
  return figuresOf(overfitProbability(panelOfRows(kept), { blocks, ...metricOf(inputs) }));
}

function figuresOf({ splits, logits, pbo, probabilityOfLoss, degradation }: OverfitProbability): Record<string, unknown> {
  const sorted = logits.slice().sort();
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
  const [ranks, winners] = [Array.from(splits.rank), Array.from(splits.winner)];
  return {
    pbo, probloss: probabilityOfLoss, probabilityofloss: probabilityOfLoss, probabilityloss: probabilityOfLoss, combinations: splits.count, ncombinations: splits.count,
    logits: Array.from(logits), lambdas: Array.from(logits), logit: Array.from(logits), meanlogit: logits.reduce((sum, one) => sum + one, 0) / logits.length, medianlogit: middle,
    oosrank: ranks, rank: ranks, winner: winners, isbest: winners, best: winners, nstar: winners, isperformance: Array.from(splits.inSample), oosperformance: Array.from(splits.outOfSample),
    omega: Array.from(logits, (l) => 1 / (1 + Math.exp(-l))), slope: degradation.slope, intercept: degradation.intercept, r2: degradation.r2, rsquared: degradation.r2,
    degradationslope: degradation.slope, degradationintercept: degradation.intercept, degradationr2: degradation.r2, beta: degradation.slope, alpha: degradation.intercept,
  };
}

function suffixed(parts: Readonly<Record<string, unknown>>, suffix: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name + suffix, value]));
}

/** `mean`, or a Sharpe ratio as `(mean-rf)/sd with ddof=1`. */
function metricOf(inputs: SeriesInputs): { readonly metric: 'mean' | 'sharpe'; readonly riskFree: number; readonly ddof: number } {
  const text = inputs.text('metric', 'statistic', 'performance').toLowerCase();
  const isRatio = text === '' || /sharpe|\bsr\b|\/|sd|std|deviation/.test(text);
  if (!isRatio && !/mean|average|sum|total/.test(text)) throw new InputError('case-input-unknown', `metric must be a mean or a Sharpe ratio, was "${text}"`);
  const ddof = /ddof\s*=?\s*0|population/.test(text) ? 0 : inputs.number(['ddof'], 1);
  return { metric: isRatio ? 'sharpe' : 'mean', riskFree: inputs.number(['rfperrow', 'rf', 'riskfree', 'riskfreeperrow', 'riskfreeperperiod'], 0), ddof };
}

/** Rows are time, columns trials: given, of the dataset, or by a formula such as `M[i][j] = 0.01*(i mod 3), 60 rows, 5 columns`. */
function rowsOf(inputs: SeriesInputs): number[][] {
  const given = inputs.value('rows', 'matrix', 'm', 'returns', 'performance') ?? inputs.datasetColumn('rows');
  if (isMatrix(given)) return given;
  const formula = inputs.text('formula', 'construction');
  const size = /(\d+)\s*rows?\D+(\d+)\s*col/i.exec(formula);
  const body = /=\s*(?!=)(.*?),\s*\d+\s*rows?/i.exec(formula);
  if (size === null || body === null) throw new InputError('case-input-missing', `inputs must hold rows or a formula with its rows and columns, hold ${JSON.stringify(given ?? formula)}`);
  return Array.from({ length: Number(size[1]) }, (_, i) => Array.from({ length: Number(size[2]) }, (__, j) => evaluateFormula(body[1], { i, j })));
}

