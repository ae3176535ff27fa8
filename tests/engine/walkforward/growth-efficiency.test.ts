import { describe, expect, it } from 'vitest';
import { growthEfficiency, type GrowthWindow } from '../../../engine/walkforward/index.ts';

const DAY_MS = 86_400_000;

function window(inSample: number | null, outOfSample: number | null, trainDays = 360, testDays = 90): GrowthWindow {
  const [trainToMs, testToMs] = [trainDays * DAY_MS, (trainDays + testDays) * DAY_MS];
  return {
    trainFromMs: 0, trainToMs, testFromMs: trainToMs, testToMs,
    inSample: inSample === null ? null : { totalReturn: inSample }, outOfSample: { totalReturn: outOfSample },
  };
}

describe('walk-forward efficiency in growth', () => {
  it('is one where an account grows at one pace, however long the windows are', () => {
    expect(growthEfficiency([window(1.2 ** 4 - 1, 0.2), window(1.2 ** 4 - 1, 0.2)]).value).toBeCloseTo(1, 12);
    expect(growthEfficiency([window(1.1 ** 8 - 1, 0.1, 720, 90)]).value).toBeCloseTo(1, 12);
  });

  it('is the ratio of totals: a loss out of sample offsets a gain', () => {
    const inside = Math.exp(0.4) - 1;
    expect(growthEfficiency([window(inside, Math.exp(0.1) - 1), window(inside, Math.exp(-0.05) - 1)]).value).toBeCloseTo((0.05 * 4) / 0.8, 12);
  });

  it('has a reason where it is undefined', () => {
    expect(growthEfficiency([])).toEqual({ value: null, reason: 'no window was traded' });
    expect(growthEfficiency([window(-0.1, 0.1)])).toEqual({ value: null, reason: 'in-sample growth is not positive' });
    expect(growthEfficiency([window(0.5, -1)])).toEqual({ value: null, reason: 'a window lost everything' });
  });

  it('counts a window without a choice as one that stands still', () => {
    expect(growthEfficiency([window(null, 0), window(Math.exp(0.4) - 1, Math.exp(0.05) - 1)]).value).toBeCloseTo(0.5, 12);
  });
});
