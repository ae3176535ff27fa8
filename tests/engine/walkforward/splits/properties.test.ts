import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combinatorialCounts, combinatorialPurged, groupRanges, InputError, type LabelIntervals, purgedKFold, rowWindows, searchInFolds, seededNormal, seededRandom, stitchPaths, stitchWindows,
  trialSearch, walkForwardSplits,
} from '../../../../engine/index.ts';

/** Rows at rising times, with outcomes known a while later. */
const labelled = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 12 })), { minLength: 12, maxLength: 60 }).map((steps): LabelIntervals => {
  let at = 0;
  const startMs = Float64Array.from(steps, ([gap]) => (at += gap));
  return { startMs, endMs: startMs.map((start, row) => start + steps[row][1]) };
});
const plan = fc.record({ folds: fc.integer({ min: 3, max: 6 }), testFolds: fc.integer({ min: 1, max: 2 }), purgeRows: fc.integer({ min: 0, max: 3 }), embargoRows: fc.integer({ min: 0, max: 3 }), embargoMs: fc.integer({ min: 0, max: 20 }) });

describe('splits', () => {
  it('leave no train row whose label meets a test interval, nor starts within the embargo after it', () => {
    fc.assert(fc.property(labelled, plan, (labels, wanted) => {
      for (const { trainRows, testBlocks } of combinatorialPurged(labels.startMs.length, { ...wanted, labels }).splits) {
        for (const row of trainRows) {
          for (const { from, to } of testBlocks) {
            const firstMs = Math.min(...labels.startMs.subarray(from, to));
            const lastMs = Math.max(...labels.endMs.subarray(from, to));
            expect(labels.endMs[row] < firstMs || labels.startMs[row] > lastMs + wanted.embargoMs).toBe(true);
            expect(row < from - wanted.purgeRows || row >= to + wanted.purgeRows + wanted.embargoRows).toBe(true);
          }
        }
      }
    }), { numRuns: 60 });
  });

  it('keep every row that no rule takes away', () => {
    fc.assert(fc.property(fc.integer({ min: 6, max: 60 }), fc.integer({ min: 2, max: 6 }), (rows, folds) => {
      for (const { trainRows, testBlocks: [{ from, to }] } of purgedKFold(rows, { folds })) expect(trainRows).toHaveLength(rows - (to - from));
    }));
  });

  it('make paths that take every group once, from splits that test it, each test once', () => {
    fc.assert(fc.property(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 3, max: 7 }), fc.integer({ min: 1, max: 3 }), (rows, folds, testFolds) => {
      fc.pre(testFolds < folds);
      const { splits, paths, groups } = combinatorialPurged(rows, { folds, testFolds });
      expect({ splits: splits.length, paths: paths.length }).toEqual(combinatorialCounts(folds, testFolds));
      expect(groups.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(rows);
      const used = paths.flatMap((path) => path.map((split, group) => `${split}:${group}`));
      expect(paths.every((path) => path.length === folds && path.every((split, group) => splits[split].testGroups.includes(group)))).toBe(true);
      expect(new Set(used).size).toBe(splits.length * testFolds);
    }));
  });

  it('divide rows as numpy and as skfolio do', () => {
    const sizes = (remainder: 'first' | 'last'): number[] => groupRanges(100, 6, { remainder }).map(({ from, to }) => to - from);
    expect([sizes('first'), sizes('last')]).toEqual([[17, 17, 17, 17, 16, 16], [16, 16, 16, 16, 16, 20]]);
  });

  it('walk forward without a train row in a test or its purge', () => {
    fc.assert(fc.property(fc.integer({ min: 10, max: 100 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 }), fc.constantFrom('rolling' as const, 'anchored' as const), (rows, trainRows, testRows, purgeRows, kind) => {
      for (const { train, test } of rowWindows(rows, { kind, trainRows, testRows, purgeRows, keepShort: true })) {
        expect(train.to + purgeRows).toBe(test.from);
        expect(test.to).toBeLessThanOrEqual(rows);
        expect(kind === 'anchored' ? train.from : train.to - train.from).toBe(kind === 'anchored' ? 0 : trainRows);
      }
    }));
  });

  it('refuse what cannot be split', () => {
    expect(() => groupRanges(3, 4)).toThrow(/groups must be a whole number from 2 to the 3 rows/);
    expect(() => combinatorialPurged(40, { folds: 3, testFolds: 3 })).toThrow(InputError);
    expect(() => combinatorialPurged(400, { folds: 40, testFolds: 20 })).toThrow(/at most 100000 splits/);
    expect(() => purgedKFold(10, { folds: 2, embargoMs: 5 })).toThrow(/0 without labels/);
    expect(() => purgedKFold(2, { folds: 2, labels: { startMs: Float64Array.of(0, 1), endMs: Float64Array.of(1, 0) } })).toThrow(/label of row 1/);
    expect(() => searchInFolds(purgedKFold(4, { folds: 2, purgeRows: 4 }), { choose: () => 0, score: () => new Float64Array(2) })).toThrow(/must leave train rows/);
    const overlapping = walkForwardSplits(50, { kind: 'rolling', trainRows: 25, testRows: 10, stepRows: 5 });
    const results = searchInFolds(overlapping, { choose: () => 0, score: (_, rows) => new Float64Array(rows.length) });
    expect(() => stitchWindows(overlapping, results)).toThrow(/to be stitched/);
  });
});

describe('a search inside folds', () => {
  const rows = 240;
  const normal = seededNormal(seededRandom(11, 'folds'));
  const returns = Array.from({ length: 30 }, () => Float64Array.from({ length: rows }, () => 0.01 * normal()));

  it('chooses the same whatever the test rows hold', () => {
    const made = combinatorialPurged(rows, { folds: 6, testFolds: 2, purgeRows: 2, embargoRows: 3 });
    const choices = searchInFolds(made.splits, trialSearch(returns)).map(({ choice }) => choice);
    made.splits.forEach((split, i) => {
      const spoilt = returns.map((trial, k) => trial.map((value, row) => (split.testBlocks.some(({ from, to }) => row >= from && row < to) ? 9 * (k % 2) : value)));
      expect(searchInFolds([split], trialSearch(spoilt))[0].choice).toBe(choices[i]);
    });
  });

  it('has one curve a path over every row, of returns of the trial that its split chose', () => {
    const made = combinatorialPurged(rows, { folds: 6, testFolds: 2 });
    const results = searchInFolds(made.splits, trialSearch(returns));
    const curves = stitchPaths(made, results);
    expect(curves.map((curve) => curve.length)).toEqual([rows, rows, rows, rows, rows]);
    curves.forEach((curve, path) => curve.forEach((value, row) => {
      const group = made.groups.findIndex(({ from, to }) => row >= from && row < to);
      const { choice } = results[made.paths[path][group]];
      expect(value).toBe(choice === null ? 0 : returns[choice][row]);
    }));
  });

  it('finds a planted trial in every fold, and earns nothing of noise where the whole sample’s best looks good', () => {
    const planted = [...returns, Float64Array.from({ length: rows }, (_, t) => 0.01 + 0.001 * (t % 2))];
    const made = combinatorialPurged(rows, { folds: 6, testFolds: 2 });
    expect(new Set(searchInFolds(made.splits, trialSearch(planted)).map(({ choice }) => choice))).toEqual(new Set([30]));
    const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const honest = stitchPaths(made, searchInFolds(made.splits, trialSearch(returns))).map(mean);
    expect(Math.max(...returns.map(mean))).toBeGreaterThan(0.001);
    expect(mean(Float64Array.from(honest))).toBeLessThan(0.0005);
  });

  it('holds nothing where no trial has a Sharpe ratio', () => {
    const splits = walkForwardSplits(20, { kind: 'anchored', trainRows: 10, testRows: 5 });
    const results = searchInFolds(splits, trialSearch([new Float64Array(20)]));
    expect(results.map(({ choice }) => choice)).toEqual([null, null]);
    expect(stitchWindows(splits, results)).toEqual({ rows: Int32Array.from({ length: 10 }, (_, i) => 10 + i), values: new Float64Array(10) });
  });
});
