import type { Series } from '../../core/index.ts';
import { momentsOf, spreadOf } from '../../metrics/index.ts';
import type { FoldSearch } from './search-in-folds.ts';

/**
 * Search over trials evaluated beforehand: the best Sharpe ratio on train rows, and its returns on test rows.
 *
 * An undefined Sharpe ratio ranks last, ties go to the earlier trial. Null where no trial has one: its test rows earn nothing.
 *
 * shape   returns[trial][row]
 */
export function trialSearch(returns: readonly Series[]): FoldSearch<number | null> {
  return {
    choose: (trainRows) => {
      const picked = new Float64Array(trainRows.length);
      let best: number | null = null;
      let highest = Number.NEGATIVE_INFINITY;
      returns.forEach((trial, index) => {
        const ratio = sharpeOf(trial, trainRows, picked);
        if (ratio !== null && ratio > highest) [best, highest] = [index, ratio];
      });
      return best;
    },
    score: (choice, testRows) => Float64Array.from(testRows, (row) => (choice === null ? 0 : returns[choice][row])),
  };
}

function sharpeOf(trial: Series, rows: Int32Array, picked: Float64Array): number | null {
  for (let i = 0; i < rows.length; i++) picked[i] = trial[rows[i]];
  const moments = momentsOf(picked);
  const spread = spreadOf(moments);
  return spread === null ? null : moments.mean / spread;
}
