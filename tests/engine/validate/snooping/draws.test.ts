import { describe, expect, it } from 'vitest';
import { bootstrapMaxima, drawStream, indexedDraws, type Panel, rowOf, seededDraws, sharpe, sharpeScores, spaStatistics, stationaryBlocks, stationaryVariance } from '../../../../engine/index.ts';
import { indicesOfBlocks } from '../../../../engine/validate/bootstrap/index.ts';
import { noisePanel } from '../../../support/noise-panel.ts';

const panel = noisePanel({ trials: 7, days: 61, seed: 1, means: [0.2, 0, -0.1] });

/** The rows of every draw, one by one. */
function rowsOfDraws(days: number, plan: { draws: number; meanBlock: number; seed: number }): number[][] {
  return Array.from({ length: plan.draws }, (_, b) => {
    const [starts, lengths, rows] = [new Int32Array(days), new Int32Array(days), new Int32Array(days)];
    indicesOfBlocks(starts, lengths, stationaryBlocks(drawStream(plan.seed, b), days, plan.meanBlock, starts, lengths), days, rows);
    return [...rows];
  });
}

function plainMaxima(own: Panel, meanBlock: number, draws: readonly (readonly number[])[]): { sharpe: number[]; mean: number[] } {
  const { statistic } = sharpeScores(own, meanBlock);
  const { byBound } = spaStatistics(own, { meanBlock });
  const best = (of: (k: number, drawn: number[]) => number) => draws.map((rows) => Math.max(...Array.from({ length: own.trials }, (_, k) => of(k, rows.map((t) => rowOf(own, k)[t])))));
  const mean = (x: ArrayLike<number>): number => Array.from(x).reduce((sum, r) => sum + r, 0) / x.length;
  return {
    sharpe: best((k, drawn) => statistic.scale[k] * ((sharpe(drawn, 1) as number) - (sharpe(rowOf(own, k), 1) as number))),
    mean: best((k, drawn) => byBound.consistent.scale[k] * (mean(drawn) - mean(rowOf(own, k)) + byBound.consistent.shift[k])),
  };
}

const close = (got: Iterable<number>, expected: readonly number[], digits = 9): void => [...got].forEach((one, i) => expect(one).toBeCloseTo(expected[i], digits));

describe('maxima of bootstrap draws', () => {
  it.each([1, 4, 20])('are those of the rows drawn one by one, by either method, with blocks of %d', (meanBlock) => {
    const plan = { draws: 30, meanBlock, seed: 3 };
    const expected = plainMaxima(panel, meanBlock, rowsOfDraws(panel.days, plan));
    const statistics = [sharpeScores(panel, meanBlock).statistic, spaStatistics(panel, { meanBlock }).byBound.consistent];
    for (const method of ['prefix', 'counts'] as const) {
      const [sharpes, means] = bootstrapMaxima(panel, statistics, seededDraws(panel.days, plan), { method });
      close(sharpes, expected.sharpe);
      close(means, expected.mean);
    }
  });

  it('are the same when the rows are given', () => {
    const plan = { draws: 12, meanBlock: 5, seed: 8 };
    const { statistic } = sharpeScores(panel, 5);
    const [seeded] = bootstrapMaxima(panel, [statistic], seededDraws(panel.days, plan));
    const [given] = bootstrapMaxima(panel, [statistic], indexedDraws(panel.days, rowsOfDraws(panel.days, plan)));
    close(given, [...seeded]);
  });

  it.each([2, 30])('are the same bits in parts, with blocks of %d', (meanBlock) => {
    const source = seededDraws(panel.days, { draws: 50, meanBlock, seed: 2 });
    const { statistic } = sharpeScores(panel, meanBlock);
    const [whole] = bootstrapMaxima(panel, [statistic], source);
    const parts = [[0, 7], [7, 33], [33, 50]].flatMap(([from, to]) => [...bootstrapMaxima(panel, [statistic], source, { from, to })[0]]);
    expect(parts).toEqual([...whole]);
  });

  it('of returns over a benchmark are those of the differences', () => {
    const benchmark = { returns: rowOf(panel, 6), weight: Float64Array.of(1, 0.5, 2, 1, 1, 1, 0) };
    const differences = { ...panel, values: panel.values.map((r, i) => r - benchmark.weight[Math.floor(i / panel.days)] * benchmark.returns[i % panel.days]) };
    const source = seededDraws(panel.days, { draws: 20, meanBlock: 3, seed: 5 });
    const [beside, taken] = [spaStatistics(panel, { meanBlock: 3, benchmark }), spaStatistics(differences, { meanBlock: 3 })];
    expect(beside.observed).toBeCloseTo(taken.observed, 12);
    close(bootstrapMaxima(panel, [beside.byBound.lower], source)[0], [...bootstrapMaxima(differences, [taken.byBound.lower], source)[0]]);
  });

  it('leave out a draw without spread and trials of scale 0', () => {
    const flat = { trials: 2, days: 8, values: Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8) };
    const statistic = { kind: 'sharpe' as const, scale: Float64Array.of(1, 0), shift: new Float64Array(2) };
    const [maxima] = bootstrapMaxima(flat, [statistic], indexedDraws(8, [[1, 2, 3, 4, 5, 6, 7, 1], [0, 1, 2, 3, 4, 5, 6, 7]]));
    expect(maxima[0]).toBe(-Infinity);
    expect(maxima[1]).toBeCloseTo(0, 12);
  });

  it('must hold rows of the panel', () => expect(() => indexedDraws(3, [[0, 1, 3]])).toThrow('every bootstrap draw must be'));
});

describe('the variance that the stationary bootstrap gives', () => {
  it.each([1, 2.5, 12, 400])('is the kernel sum over all lags, with blocks of %d', (meanBlock) => {
    const x = rowOf(panel, 0);
    const n = x.length;
    const c = x.map((r) => r - x.reduce((sum, one) => sum + one, 0) / n);
    const covariance = (lag: number): number => c.subarray(lag).reduce((sum, one, t) => sum + one * c[t], 0) / n;
    let expected = covariance(0);
    const q = 1 - 1 / meanBlock;
    for (let i = 1; i < n; i++) expected += 2 * ((1 - i / n) * q ** i + (i / n) * q ** (n - i)) * covariance(i);
    expect(stationaryVariance(x, meanBlock) / expected).toBeCloseTo(1, 9);
  });
});
