import { describe, expect, it } from 'vitest';
import {
  bootstrapMaxima, bootstrapPValue, type HeldRows, isMissing, overfitProbability, type Panel, rowOf, searchEvidence, seededDraws, sharpe, sharpeScores, snoopingInPlace, SPA_BOUNDS,
  spaStatistics, takeRows,
} from '../../../engine/index.ts';
import { noisePanel } from '../../support/noise-panel.ts';

const TRIALS = 60;
const DAYS = 500;
const panel = noisePanel({ trials: TRIALS, days: DAYS, seed: 11, shared: 0.4, means: [0.08, 0.05, -0.4] });
const single = rounded(panel);
/** What rounding a return to 32 bits moves it by at most, as a share of it. */
const UNIT = 2 ** -24;

function rounded({ trials, days, values }: Panel): HeldRows {
  return { trials, days, values: Float32Array.from(values) };
}

/** Mean ÷ root mean square moves by at most this, for its size. */
function ratioBound(ratio: number): number {
  return UNIT * (1 + Math.abs(ratio)) * 1.000001;
}

describe('returns kept as 32-bit floats', () => {
  it('move a Sharpe ratio by no more than the bound, and do move it', () => {
    const moved = Array.from({ length: TRIALS }, (_, k) => {
      const [exact, kept] = [sharpe(rowOf(panel, k), 1) as number, sharpe(rowOf(single, k), 1) as number];
      const ratio = exact / Math.sqrt(1 + exact ** 2);
      expect(Math.abs(kept - exact)).toBeLessThanOrEqual((1.01 * ratioBound(ratio)) / (1 - ratio ** 2) ** 1.5);
      return Math.abs(kept - exact);
    });
    expect(Math.max(...moved)).toBeGreaterThan(0);
  });

  it.each([2, 20])('move the maxima of the draws within √days · 2^-22, and p-values only by draws that near the observed, with blocks of %d', (meanBlock) => {
    const source = seededDraws(DAYS, { draws: 400, meanBlock, seed: 5 });
    const bound = Math.sqrt(DAYS) * 2 ** -22;
    const of = (rows: HeldRows) => {
      const [scores, spa] = [sharpeScores(rows, meanBlock), spaStatistics(rows, { meanBlock })];
      return { observed: [scores.z.reduce((a, b) => Math.max(a, b)), spa.observed, spa.observed, spa.observed], maxima: bootstrapMaxima(rows, [scores.statistic, ...SPA_BOUNDS.map((one) => spa.byBound[one])], source) };
    };
    const [exact, kept] = [of(panel), of(single)];
    exact.maxima.forEach((maxima, s) => {
      maxima.forEach((one, b) => expect(Math.abs(kept.maxima[s][b] - one)).toBeLessThanOrEqual(bound));
      expect(Math.abs(kept.observed[s] - exact.observed[s])).toBeLessThanOrEqual(bound);
      const p = bootstrapPValue(kept.maxima[s], kept.observed[s]);
      expect(p).toBeGreaterThanOrEqual(bootstrapPValue(maxima, exact.observed[s] + 2 * bound));
      expect(p).toBeLessThanOrEqual(bootstrapPValue(maxima, exact.observed[s] - 2 * bound));
    });
  });

  it('give the same winners and ranks in every split where gaps exceed the bound, and so the same PBO', () => {
    const [exact, kept] = [overfitProbability(panel, { blocks: 8 }), overfitProbability(single, { blocks: 8 })];
    expect(kept.splits.winner).toEqual(exact.splits.winner);
    expect(kept.splits.rank).toEqual(exact.splits.rank);
    expect([kept.pbo, kept.probabilityOfLoss]).toEqual([exact.pbo, exact.probabilityOfLoss]);
  });

  it('keep ties: copies of a trial at another leverage stay equal to it', () => {
    const values = Float64Array.from({ length: 6 * DAYS }, (_, i) => panel.values[(Math.floor(i / DAYS) % 2) * DAYS + (i % DAYS)] * [1, 1, 3, 0.7, 1 / 3, 1.1][Math.floor(i / DAYS)]);
    const levered = { trials: 6, days: DAYS, values };
    const exact = overfitProbability(levered, { blocks: 8 });
    expect(new Set(exact.splits.rank)).toEqual(new Set([2, 5])); // three copies of the better and three of the worse trial
    expect(overfitProbability(rounded(levered), { blocks: 8 }).splits.rank).toEqual(exact.splits.rank);
  });

  it('drop a constant whose spread is rounding alone', () => {
    const edge = 0.001 * (1 + UNIT);
    const values = Float32Array.from({ length: 2 * DAYS }, (_, i) => (i < DAYS ? edge * (1 + (i % 2 === 0 ? UNIT : -UNIT)) : panel.values[i]));
    expect(new Set(values.subarray(0, DAYS)).size).toBe(2);
    expect([...takeRows(new Float64Array(DAYS), { trials: 2, days: DAYS, values }).rows]).toEqual([1]);
  });

  it('are named in the evidence, and double precision is not', async () => {
    const timeMs = Float64Array.from({ length: DAYS }, (_, t) => t * 86_400_000);
    const evidence = (rows: HeldRows) => searchEvidence({
      kept: takeRows(timeMs, rows), paramsAt: (point) => ({ point }), periodsPerYear: 365, ledgerTrials: { missing: 'none' }, hold: null, seed: 1, draws: 20,
      permutation: { missing: 'not asked' }, run: snoopingInPlace,
    });
    const [exact, kept] = [await evidence(panel), await evidence(single)];
    if (isMissing(exact) || isMissing(kept)) throw new Error('both are whole');
    expect([exact.returnPrecision, kept.returnPrecision]).toEqual([undefined, 'float32']);
    expect(Object.keys(exact)).not.toContain('returnPrecision');
    expect(kept.winner.trial).toBe(exact.winner.trial);
  });
});
