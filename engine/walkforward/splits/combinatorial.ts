import { requireInput } from '../../core/index.ts';
import { foldsOf, type KFoldPlan } from './purged-k-fold.ts';
import { trainRowsAround } from './train-rows.ts';
import type { RowRange, FoldSplit } from './types.ts';

export interface CombinatorialPlan extends KFoldPlan {
  /** Folds tested together. */
  readonly testFolds: number;
}

export interface CombinatorialSplit extends FoldSplit {
  /** Groups tested, from the first; `testBlocks` in the same order. */
  readonly testGroups: readonly number[];
}

/** Every choice of some groups tested together, and the backtest paths that their tests make up. */
export interface CombinatorialSplits {
  readonly groups: readonly RowRange[];
  /** In lexicographic order of their groups. */
  readonly splits: readonly CombinatorialSplit[];
  /** For each path, the split that tests each group. */
  readonly paths: readonly (readonly number[])[];
}

const MOST_SPLITS = 100_000;

/**
 * Combinatorial purged cross-validation: C(N, k) splits, C(N, k)·k/N paths; path j takes of each group the j-th split that tests it.
 *
 * throws  InputError `groups-out-of-range`, `test-groups-out-of-range`, `too-many-splits`, `guard-invalid`, `labels-invalid`
 * source  López de Prado (2018), ch. 12; statistics.md §5
 */
export function combinatorialPurged(rows: number, plan: CombinatorialPlan): CombinatorialSplits {
  const groups = foldsOf(rows, plan);
  const { splits: count } = combinatorialCounts(plan.folds, plan.testFolds);
  requireInput(count <= MOST_SPLITS, 'too-many-splits', 'folds over testFolds', `at most ${MOST_SPLITS} splits`, count);
  const splits = combinations(plan.folds, plan.testFolds).map((testGroups, index) => {
    const testBlocks = testGroups.map((group) => groups[group]);
    return { index, testGroups, testBlocks, trainRows: trainRowsAround(rows, testBlocks, plan) };
  });
  return { groups, splits, paths: pathsOf(plan.folds, splits) };
}

/**
 * How many splits and paths k test groups of N make.
 *
 * throws  InputError `test-groups-out-of-range` unless 1 ≤ k < N
 */
export function combinatorialCounts(groups: number, testGroups: number): { readonly splits: number; readonly paths: number } {
  const isInside = Number.isInteger(testGroups) && testGroups >= 1 && testGroups < groups;
  requireInput(isInside, 'test-groups-out-of-range', 'testFolds', `a whole number from 1 to ${groups - 1}`, testGroups);
  return { splits: binomial(groups, testGroups), paths: binomial(groups - 1, testGroups - 1) };
}

/** Choices of k of the numbers 0 … n − 1, in lexicographic order. */
export function combinations(n: number, k: number, from = 0): number[][] {
  if (k === 0) return [[]];
  return Array.from({ length: Math.max(0, n - k - from + 1) }, (_, i) => from + i).flatMap((first) => combinations(n, k - 1, first + 1).map((rest) => [first, ...rest]));
}

function pathsOf(groups: number, splits: readonly CombinatorialSplit[]): number[][] {
  const byGroup = Array.from({ length: groups }, (_, group) => splits.filter(({ testGroups }) => testGroups.includes(group)).map(({ index }) => index));
  return byGroup[0].map((_, path) => byGroup.map((tested) => tested[path]));
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) result = Math.round((result * (n - Math.min(k, n - k) + i)) / i);
  return result;
}
