import { describe, expect, it } from 'vitest';
import { dema, ema, hma, kama, rollingMean, rollingSum, rollingVwap, dailyVwap, sma, trima, vwap, wilder, wma, zlema } from '../../../engine/kernels/index.ts';
import { closeTo, NaN_, series } from './series.ts';

describe('averages by hand', () => {
  it('sma is the mean of the window', () => closeTo(sma(series(1, 2, 3, 4, 8), 3), [NaN_, NaN_, 2, 3, 5]));
  it('wma weighs the latest most', () => closeTo(wma(series(1, 2, 3, 6), 3), [NaN_, NaN_, 14 / 6, 26 / 6]));
  it('trima is a mean of means', () => closeTo(trima(series(1, 2, 3, 4, 8), 4), [NaN_, NaN_, NaN_, 2.5, 4]));
  it('ema starts from the mean of its first window', () => closeTo(ema(series(1, 2, 3, 7), 3), [NaN_, NaN_, 2, 4.5]));
  it('ema starts from the first value when told', () => closeTo(ema(series(1, 2, 3, 7), 3, { seed: 'first' }), [NaN_, NaN_, 2.25, 4.625]));
  it('ema shows its start when told to keep it', () => closeTo(ema(series(1, 2, 3), 3, { seed: 'first', warmup: 'keep' }), [1, 1.5, 2.25]));
  it('wilder moves by a windowBars-th', () => closeTo(wilder(series(1, 2, 3, 8), 3), [NaN_, NaN_, 2, 4]));
  it('zlema and hma follow a straight line without lag', () => {
    const line = Float64Array.from({ length: 60 }, (_, t) => 10 + 2 * t);
    expect(hma(line, 9)[59]).toBeCloseTo(line[59], 9);
    expect(zlema(line, 9)[59]).toBeCloseTo(line[59], 9);
    expect(dema(line, 9)[59]).toBeCloseTo(line[59], 2);
  });
  it('kama runs in a straight line and rests in noise', () => {
    const fast = 2 / 3;
    closeTo(kama(series(1, 2, 3, 4), 2), [NaN_, NaN_, 2 + fast ** 2, 2 + fast ** 2 + fast ** 2 * (4 - 2 - fast ** 2)]);
    const zigzag = Float64Array.from({ length: 50 }, (_, t) => 100 + (t % 2));
    expect(Math.abs(kama(zigzag, 10)[49] - kama(zigzag, 10)[48])).toBeLessThan(0.01);
  });
  it('vwap weighs by volume, and a day starts anew at 00:00 UTC', () => {
    const [price, volume] = [series(10, 20, 40), series(1, 3, 4)];
    closeTo(vwap(price, volume), [10, 17.5, 28.75]);
    closeTo(rollingVwap(price, volume, 2), [NaN_, 17.5, 220 / 7]);
    const midnight = Date.UTC(2024, 0, 2);
    closeTo(dailyVwap(series(midnight - 7_200_000, midnight - 3_600_000, midnight), price, volume), [10, 17.5, 40]);
  });
  it('vwap has no value before there is volume', () => closeTo(vwap(series(10, 20, 40), series(0, 3, 3)), [NaN_, 20, 30]));
});

describe('sums of a window', () => {
  it('do not drift: a million bars later they are as exact as at first', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, t) => (t < 500_000 ? 1e9 + Math.sin(t) : 0.1));
    expect(rollingMean(values, 7)[999_999]).toBe(0.1);
    expect(rollingSum(values, 10)[999_999]).toBe(1);
  });
  it('forget a spike of any size', () => closeTo(rollingSum(series(0.1, 1e17, 0.2, 0.3, 0.4), 2), [NaN_, 1e17, 1e17, 0.5, 0.7]));
});
