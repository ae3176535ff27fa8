import { assert, array, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelope, evenIndices, extremeBars } from '../../reports/decimate.ts';
import { base64 } from '../../reports/encode.ts';
import { colourCap } from '../../reports/figures/months.ts';
import { waterfallSteps } from '../../reports/sections/costs.ts';
import { drawdownOf, histogram, monthlyReturns, worstDrawdowns } from '../../reports/series.ts';
import { runFixture } from '../support/report-fixtures.ts';

describe('decimation', () => {
  it('keeps a spike of one bar in a million', () => {
    const values = new Float64Array(1_000_000).fill(1);
    values[654_321] = 50;
    values[123_456] = -7;
    const kept = extremeBars([values], 720);
    expect(kept.length).toBeLessThanOrEqual(2 * 720 + 2);
    expect(kept).toContain(654_321);
    expect(kept).toContain(123_456);
    expect(envelope(values, 720).high).toContain(50);
  });

  it('keeps every extreme of every series, in order, with both ends', () => {
    assert(property(array(double({ noNaN: true }), { minLength: 30, maxLength: 300 }), (numbers) => {
      const values = Float64Array.from(numbers);
      const kept = [...extremeBars([values], 10)];
      expect(extent(kept.map((t) => values[t]))).toEqual(extent(numbers));
      return kept[0] === 0 && kept.at(-1) === values.length - 1 && kept.every((t, i) => i === 0 || t > kept[i - 1]);
    }));
  });

  it('spreads table rows evenly and keeps both ends', () => {
    expect(evenIndices(1_000, 3)).toEqual([0, 500, 999]);
  });
});

describe('series', () => {
  it('encode as the base64 that browsers decode', () => {
    for (const length of [0, 1, 2, 3, 7]) {
      const values = Float32Array.from({ length }, (_, i) => Math.sqrt(i) - 1);
      expect(base64(values)).toBe(Buffer.from(values.buffer).toString('base64'));
    }
  });

  it('fall from the running peak', () => {
    expect([...drawdownOf(Float64Array.of(1, 2, 1, 3))]).toEqual([0, 0, -0.5, 0]);
  });

  it('yield the deepest falls with their recovery, and what holding lost meanwhile', () => {
    const [worst, second] = worstDrawdowns(Float64Array.of(10, 5, 10, 12, 9, 8), Float64Array.of(1, 1, 1, 2, 1, 1), 5);
    expect(worst).toEqual({ peakBar: 0, troughBar: 1, recoveryBar: 2, depthFrac: -0.5, benchmarkFrac: 0 });
    expect(second).toMatchObject({ peakBar: 3, troughBar: 5, recoveryBar: null, benchmarkFrac: -0.5 });
  });

  it('agree with the engine on the deepest fall', () => {
    const run = runFixture({ bars: 5_000 });
    expect(worstDrawdowns(run.equity, run.benchmark.equity, 1)[0].depthFrac).toBeCloseTo(run.metrics.maxDrawdown as number, 12);
  });

  it('have months that multiply to the whole, and none where there is no bar', () => {
    const run = runFixture({ bars: 4_000, gapBars: 24 * 70 });
    const months = monthlyReturns(run.openTimeMs, run.equity);
    const product = months.reduce((value, { returnFrac }) => value * (1 + (returnFrac ?? 0)), 1);
    expect(product).toBeCloseTo(run.equity[run.equity.length - 1] / run.equity[0], 10);
    expect(months.some(({ returnFrac }) => returnFrac === null)).toBe(true);
    expect(colourCap(months)).toBeGreaterThan(0);
  });

  it('count into bins with zero on an edge and everything beyond labelled', () => {
    const values = [...Array.from({ length: 200 }, (_, i) => (i - 100) / 1_000), 5, -5];
    const bins = histogram(values, 20);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
    expect(bins.some(({ from }) => from === 0)).toBe(true);
    expect(bins[0].overflow).toBe('below');
    expect(bins.at(-1)?.overflow).toBe('above');
  });

  it('go from gross to net in steps that sum', () => {
    const { waterfall } = runFixture({ bars: 3_000 }).totals;
    const steps = waterfallSteps(waterfall);
    expect(steps.filter(({ kind }) => kind !== 'net').reduce((sum, { amountQuote }) => sum + amountQuote, 0)).toBeCloseTo(waterfall.netQuote, 8);
  });
});

function extent(list: readonly number[]): [number, number] {
  return [Math.min(...list), Math.max(...list)];
}
