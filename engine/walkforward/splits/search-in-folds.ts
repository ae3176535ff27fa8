import { InputError, requireInput } from '../../core/index.ts';
import type { CombinatorialSplits } from './combinatorial.ts';
import type { FoldSplit } from './types.ts';

/** How a choice is made and judged. */
export interface FoldSearch<Choice> {
  /** Sees train rows and nothing else. */
  readonly choose: (trainRows: Int32Array) => Choice;
  /** One value a test row, such as its return, of what was chosen. */
  readonly score: (choice: Choice, testRows: Int32Array) => Float64Array;
}

export interface FoldResult<Choice> {
  readonly split: number;
  readonly choice: Choice;
  /** For each test block its rows' values. */
  readonly blocks: readonly Float64Array[];
}

/**
 * Chooses inside each split's train rows, and judges the choice on its test rows only.
 *
 * throws  InputError `split-without-train-rows`, `scores-invalid` unless there is one a row
 */
export function searchInFolds<Choice>(splits: readonly FoldSplit[], { choose, score }: FoldSearch<Choice>): FoldResult<Choice>[] {
  return splits.map(({ index, trainRows, testBlocks }) => {
    if (trainRows.length === 0) throw new InputError('split-without-train-rows', `purge and embargo must leave train rows, split ${index} has none`);
    const choice = choose(trainRows.slice());
    const blocks = testBlocks.map(({ from, to }) => {
      const values = score(choice, Int32Array.from({ length: to - from }, (_, i) => from + i));
      requireInput(values.length === to - from, 'scores-invalid', 'score', `one value for each of ${to - from} test rows`, values.length);
      return values;
    });
    return { split: index, choice, blocks };
  });
}

/** One curve of values a backtest path, each row judged once by a choice that did not see it. */
export function stitchPaths<Choice>({ groups, splits, paths }: CombinatorialSplits, results: readonly FoldResult<Choice>[]): Float64Array[] {
  return paths.map((path) => {
    const curve = new Float64Array(groups[groups.length - 1].to);
    path.forEach((split, group) => curve.set(results[split].blocks[splits[split].testGroups.indexOf(group)], groups[group].from));
    return curve;
  });
}

/**
 * Test rows of successive windows as one curve.
 *
 * throws  InputError `tests-overlap` where a window starts before the one before it has ended
 */
export function stitchWindows<Choice>(splits: readonly FoldSplit[], results: readonly FoldResult<Choice>[]): { readonly rows: Int32Array; readonly values: Float64Array } {
  const blocks = splits.flatMap(({ testBlocks }, i) => testBlocks.map((block, j) => ({ ...block, values: results[i].blocks[j] })));
  blocks.slice(1).forEach(({ from }, i) => requireInput(from >= blocks[i].to, 'tests-overlap', `test window ${i + 2}`, `at or after row ${blocks[i].to}, to be stitched`, from));
  return {
    rows: Int32Array.from(blocks.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))),
    values: Float64Array.from(blocks.flatMap(({ values }) => Array.from(values))),
  };
}
