import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../../apps/conformance/case.ts';
import { agrees } from '../../../../apps/conformance/compare.ts';
import { compute } from '../../../../apps/conformance/families.ts';
import { combinatorialPurged, groupRangesByTime, purgedKFold } from '../../../../engine/index.ts';

const golden = JSON.parse(readFileSync(new URL('../../../golden/time-series-cv.json', import.meta.url), 'utf8')) as ConformanceFile;
const rowsOf = (train: Int32Array): number[] => Array.from(train);

describe('published splits', () => {
  it.each(golden.cases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const result = compute(one, golden.datasets ?? {}, golden.family) as { got: unknown };
    expect(agrees(result.got, one.expected, one.tolerance), JSON.stringify(result)).toBe(true);
  });

  it('have the rows that skfolio purges and embargoes, on both sides and after a test block', () => {
    const trains = (guard: { purgeRows?: number; embargoRows?: number }): number[][] =>
      combinatorialPurged(12, { folds: 3, testFolds: 2, remainder: 'last', ...guard }).splits.map(({ trainRows }) => rowsOf(trainRows));
    expect(trains({ purgeRows: 1 })).toEqual([[9, 10, 11], [5, 6], [0, 1, 2]]);
    expect(trains({ embargoRows: 1 })).toEqual([[9, 10, 11], [5, 6, 7], [0, 1, 2, 3]]);
  });

  it('have the folds of equal time that timeseriescv finds', () => {
    const minutes = (golden.datasets as Record<string, Record<string, number[]>>).timeseriescv_21;
    const labels = { startMs: Float64Array.from(minutes.prediction_minute), endMs: Float64Array.from(minutes.evaluation_minute) };
    expect(groupRangesByTime(labels.startMs, 5).map(({ from }) => from)).toEqual([0, 7, 13, 16, 18]);
    expect(purgedKFold(21, { folds: 5, byTime: true, labels }).map(({ testBlocks }) => testBlocks[0].from)).toEqual([0, 7, 13, 16, 18]);
  });
});

describe('a case in other words', () => {
  const run = (metric: string, inputs: Record<string, unknown>, expected: unknown, more: object = {}): unknown =>
    (compute({ id: 'x', metric, inputs, expected, ...more }, golden.datasets ?? {}, 'time_series_cv') as { got: unknown }).got;

  it('may state skfolio’s names, a share of rows as embargo, or a dataset', () => {
    expect(run('walk_forward', { n_samples: 12, test_size: 4, train_size: 2, purged_size: 1, reduce_test: true, expand_train: true }, [[[0, 1], [3, 4, 5, 6]], [[0, 1, 2, 3, 4, 5], [7, 8, 9, 10]], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [11]]])).toEqual(
      golden.cases.find(({ id }) => id === 'walkforward.skfolio.4')?.expected,
    );
    expect(run('purged_kfold', { rows: 10, n_splits: 5, pct_embargo: 0.1 }, [])).toEqual([[[3, 4, 5, 6, 7, 8, 9], [0, 1]], [[0, 1, 5, 6, 7, 8, 9], [2, 3]], [[0, 1, 2, 3, 7, 8, 9], [4, 5]], [[0, 1, 2, 3, 4, 5, 9], [6, 7]], [[0, 1, 2, 3, 4, 5, 6, 7], [8, 9]]]);
    expect(run('fold_bounds', { dataset: 'timeseriescv_21', n_splits: 5, by: 'time' }, [])).toEqual([0, 7, 13, 16, 18]);
    expect(run('walk_forward_efficiency', { in_sample_profit: -5, in_sample_days: 10, out_of_sample_profit: 5, out_of_sample_days: 10 }, null)).toBeNull();
    expect(run('cpcv', { n_groups: 6, k_test_groups: 2 }, { n_splits: 15 })).toEqual({ n_splits: 15 });
  });
});
