import {
  combinatorialCounts, combinatorialPurged, type CombinatorialSplits, type FoldSplit, groupRanges, groupRangesByTime, type LabelIntervals, purgedKFold, type RowRange,
  rowsClearOf, trainRowsAround, walkForwardEfficiency,
} from '../../engine/index.ts';
import { asked, bare } from './asked.ts';
import type { CaseResult, ConformanceCase } from './case.ts';
import { SeriesInputs } from './series-inputs.ts';
import { guardOf, labelsOf, rangeOf, remainderOf, ROWS } from './split-inputs.ts';
import { windows } from './window-case.ts';

type Run = (inputs: SeriesInputs, testCase: ConformanceCase) => unknown;

/** By what a metric's name holds; the first that fits. */
const METRICS: readonly (readonly [RegExp, Run])[] = [
  [/efficiency|^wfe/, efficiency],
  [/walkforward|rollingwindow|anchored/, windows],
  [/^(cpcv|combinatorial).*(count|number)|^n(splits|paths)/, counts],
  [/cpcv|combinatorial/, combinatorial],
  [/kfold/, kFold],
  [/foldbound|groupbound|foldstart/, bounds],
  [/purge|embargo|traintimes/, survivors],
];

export function isSplitMetric(metric: string): boolean {
  return METRICS.some(([pattern]) => pattern.test(bare(metric)));
}

/** A case of the family of cross-validation in time through the public library. */
export function runSplitCase(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult {
  const run = METRICS.find(([pattern]) => pattern.test(bare(testCase.metric)))?.[1];
  return run === undefined ? { skip: `no metric ${testCase.metric}` } : { got: run(new SeriesInputs(testCase, datasets), testCase) };
}

const GROUPS = ['ngroups', 'nfolds', 'groups', 'folds', 'nsplits', 'n'];
const TEST_GROUPS = ['ktestgroups', 'ntestfolds', 'testgroups', 'ntestgroups', 'ntestsplits', 'testfolds', 'k'];

function counts(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const { splits, paths } = combinatorialCounts(inputs.number(GROUPS), inputs.number(TEST_GROUPS));
  return asked(testCase, { nsplit: splits, split: splits, npath: paths, path: paths, phi: paths, ntestpath: paths }, /path/.test(bare(testCase.metric)) ? paths : splits);
}

function rowsOf(inputs: SeriesInputs, labels: LabelIntervals | undefined): number {
  return labels?.startMs.length ?? inputs.number(ROWS);
}

function combinatorial(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  if (inputs.value(...ROWS) === undefined && labelsOf(inputs) === undefined) return counts(inputs, testCase);
  const labels = labelsOf(inputs);
  const plan = { folds: inputs.number(GROUPS), testFolds: inputs.number(TEST_GROUPS), remainder: remainderOf(inputs, testCase), ...guardOf(inputs, labels) };
  const made = combinatorialPurged(rowsOf(inputs, labels), plan);
  const splits = made.splits.map((split) => [Array.from(split.trainRows), split.testBlocks.map(listOf)]);
  return asked(testCase, { ...combinatorialParts(made), split: splits, ...endParts(made, testCase) }, splits);
}

/** Path ids: for each split, the path of each of its test groups. Splits by group: for each group, the splits that test it. */
function combinatorialParts({ groups, splits, paths }: CombinatorialSplits): Record<string, unknown> {
  const splitsByGroup = groups.map((_, group) => paths.map((path) => path[group]));
  const pathIds = splits.map(({ index, testGroups }) => testGroups.map((group) => paths.findIndex((path) => path[group] === index)));
  return {
    nsplit: splits.length, npath: paths.length, ntestpath: paths.length, testgroup: splits.map((split) => split.testGroups), testsetindex: splits.map((split) => split.testGroups),
    pathid: pathIds, splitsbygroup: splitsByGroup, recombinedpath: splitsByGroup, path: paths, groupsize: groups.map(({ from, to }) => to - from),
    binarytraintestset: groups.map((_, group) => splits.map(({ testGroups }) => (testGroups.includes(group) ? 1 : 0))),
    trainsize: splits.map(({ trainRows }) => trainRows.length), ntrain: splits.map(({ trainRows }) => trainRows.length),
  };
}

/** First and last test row of the first or last few splits: `first_last_test_index_of_first_5`. */
function endParts({ splits }: CombinatorialSplits, { expected }: ConformanceCase): Record<string, unknown> {
  const ends = splits.map(({ testBlocks }) => [testBlocks[0].from, testBlocks[testBlocks.length - 1].to - 1]);
  const names = typeof expected === 'object' && expected !== null ? Object.keys(expected) : [];
  return Object.fromEntries(names.flatMap((name) => {
    const found = /^firstlast.*of(first|last)(\d+)$/.exec(bare(name));
    return found === null ? [] : [[bare(name), found[1] === 'first' ? ends.slice(0, Number(found[2])) : ends.slice(-Number(found[2]))]];
  }));
}

function kFold(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const labels = labelsOf(inputs);
  const splits = purgedKFold(rowsOf(inputs, labels), { folds: inputs.number(GROUPS), remainder: remainderOf(inputs, testCase), byTime: isByTime(inputs), ...guardOf(inputs, labels) });
  const pairs = splits.map((split) => [Array.from(split.trainRows), split.testBlocks.flatMap(listOf)]);
  const known = { split: pairs, fold: pairs, train: pairs.map(([train]) => train), test: pairs.map(([, test]) => test), trainrow: pairs.map(([train]) => train), testrow: pairs.map(([, test]) => test), nsplit: splits.length, trainsize: sizes(splits) };
  return asked(testCase, known, pairs);
}

function sizes(splits: readonly FoldSplit[]): number[] {
  return splits.map(({ trainRows }) => trainRows.length);
}

function isByTime(inputs: SeriesInputs): boolean {
  return inputs.value('splitbytime', 'bytime') === true || /time/.test(bare(inputs.text('by')));
}

function bounds(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const labels = labelsOf(inputs);
  const groups = inputs.number(GROUPS);
  const ranges = isByTime(inputs) && labels !== undefined ? groupRangesByTime(labels.startMs, groups) : groupRanges(rowsOf(inputs, labels), groups, { remainder: remainderOf(inputs, testCase) });
  const starts = ranges.map(({ from }) => from);
  return asked(testCase, { bound: starts, foldbound: starts, start: starts, size: ranges.map(({ from, to }) => to - from) }, starts);
}

/** Rows that purge and embargo leave, of the candidates where they are stated. */
function survivors(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const labels = labelsOf(inputs);
  const guard = guardOf(inputs, labels);
  const intervals = inputs.value('testintervals', 'testtimes', 'testinterval');
  const rows = intervals === undefined || labels === undefined
    ? trainRowsAround(rowsOf(inputs, labels), testRanges(inputs), guard, rangeOf(inputs.value('candidatetrainrows', 'trainrows', 'train', 'candidates')) ?? undefined)
    : rowsClearOf(labels, pairsOf(intervals).map(([startMs, endMs]) => ({ startMs, endMs })), guard);
  const list = Array.from(rows);
  return asked(testCase, { train: list, trainrow: list, row: list, kept: list, survivor: list, nrow: list.length, count: list.length }, list);
}

function testRanges(inputs: SeriesInputs): RowRange[] {
  const value = inputs.value('testrows', 'test', 'testrange', 'testfolds', 'testblocks');
  if (Array.isArray(value) && Array.isArray(value[0])) return value.map((part) => rangeOf(part) ?? { from: 0, to: 0 });
  return [rangeOf(value) ?? { from: 0, to: 0 }];
}

function pairsOf(value: unknown): number[][] {
  const list = value as number[] | number[][];
  return Array.isArray(list[0]) ? (list as number[][]) : [list as number[]];
}

function listOf({ from, to }: RowRange): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function efficiency(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const year = inputs.number(['daysperyear'], 365.25);
  const side = (names: readonly string[]): { readonly profitQuote: number; readonly years: number }[] => {
    const of = (suffix: string): number[] => numbersOf(inputs.value(...names.map((name) => `${name}${suffix}`)));
    const profits = [...of('profit'), ...of('profits'), ...of('pnl'), ...of('return'), ...of('returns')];
    const days = [...of('days'), ...of('years').map((years) => years * year), ...of('bars')];
    return profits.map((profitQuote, i) => ({ profitQuote, years: (days[i] ?? days[0] ?? year) / year }));
  };
  const inside = side(['is', 'insample', 'train']);
  const outside = side(['oos', 'outofsample', 'test']);
  const { value } = walkForwardEfficiency(inside, outside);
  const annual = (stretches: typeof inside): number => stretches.reduce((sum, { profitQuote }) => sum + profitQuote, 0) / stretches.reduce((sum, { years }) => sum + years, 0);
  return asked(testCase, { isannual: annual(inside), oosannual: annual(outside), efficiency: value, wfe: value, value }, value);
}

function numbersOf(value: unknown): number[] {
  return typeof value === 'number' ? [value] : Array.isArray(value) ? value.map(Number) : [];
}

