import { describe, expect, it } from 'vitest';
import { firstDifferentElement, firstDifferentStretch, lockSeries, type ResultSeries } from '../../../workbench/lock-file/series.ts';

const seriesOf = (values: Float64Array): ResultSeries => ({
  length: values.length, mostMarks: 16, bytes: async (from, to) => values.subarray(from, to), at: async (index) => ({ index, value: values[index] }),
});
const ramp = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => i);
const changed = (length: number, at: number): Float64Array => ramp(length).with(at, -1);

describe('a locked series', () => {
  it('has no stretch that differs from itself', async () => {
    const locked = await lockSeries(seriesOf(ramp(100)));
    expect(locked).toMatchObject({ length: 100, marks: { length: 15 } });
    expect(await firstDifferentStretch(locked, seriesOf(ramp(100)))).toBeNull();
    expect(await lockSeries(seriesOf(new Float64Array(0)))).toMatchObject({ length: 0, marks: [] });
  });

  it('names the element of a short series, and the stretch of a long one', async () => {
    expect(await firstDifferentStretch(await lockSeries(seriesOf(ramp(10))), seriesOf(changed(10, 7)))).toEqual({ from: 7, to: 8 });
    const locked = await lockSeries(seriesOf(ramp(100)));
    for (const at of [0, 6, 7, 55, 99]) {
      const stretch = await firstDifferentStretch(locked, seriesOf(changed(100, at)));
      expect(stretch?.from).toBeLessThanOrEqual(at);
      expect(stretch?.to).toBeGreaterThan(at);
      expect(await firstDifferentElement(seriesOf(ramp(100)), seriesOf(changed(100, at)), stretch ?? { from: 0, to: 0 })).toEqual({ from: at, to: at + 1 });
    }
  });

  it('differs where one of the two is over', async () => {
    const locked = await lockSeries(seriesOf(ramp(10)));
    expect(await firstDifferentStretch(locked, seriesOf(ramp(8)))).toEqual({ from: 8, to: 9 });
    expect(await firstDifferentStretch(locked, seriesOf(ramp(12)))).toEqual({ from: 10, to: 11 });
    expect(await firstDifferentStretch(locked, seriesOf(new Float64Array(0)))).toEqual({ from: 0, to: 1 });
    expect(await firstDifferentStretch(await lockSeries(seriesOf(new Float64Array(0))), seriesOf(ramp(2)))).toEqual({ from: 0, to: 1 });
  });
});
