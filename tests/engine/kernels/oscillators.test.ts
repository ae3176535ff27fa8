import { describe, expect, it } from 'vitest';
import * as kernels from '../../../engine/kernels/index.ts';
import {
  adLine, adx, aroon, atr, bollinger, bop, cci, cmo, crossAny, crossover, crossunder, donchian, keltner, lag, macd, macdFix, mfi, momentum, natr, obv, percentB, ppo, psar,
  rateOfChange, rateOfChangeRatio, rollingMax, rollingMin, rsi, stochastic, trueRange, ultimateOscillator, williamsR,
} from '../../../engine/kernels/index.ts';
import { closeTo, NaN_, series } from './series.ts';

const rising = Float64Array.from({ length: 60 }, (_, t) => 100 + t);
const flat = new Float64Array(60).fill(100);
const volume = new Float64Array(60).fill(10);

describe('indicators by hand', () => {
  it('rsi: gains over gains and losses', () => closeTo(rsi(series(1, 2, 1, 3), 2), [NaN_, NaN_, 50, (100 * 1.25) / 1.5]));
  it('rsi is 100 in a rise and 0 in a fall', () => {
    expect(rsi(rising, 14)[30]).toBe(100);
    expect(rsi(rising.map((x) => -x), 14)[30]).toBe(0);
  });
  it('cmo as Wilder averages and as plain sums', () => {
    closeTo(cmo(series(1, 2, 1, 3), 2), [NaN_, NaN_, 0, (100 * 1) / 1.5]);
    closeTo(cmo(series(1, 2, 1, 3), 2, { smoothing: 'window' }), [NaN_, NaN_, 0, 100 / 3]);
  });
  it('true range counts the gap; atr is its Wilder average', () => {
    const [high, low, close] = [series(10, 12, 13, 12), series(8, 11, 9, 11), series(9, 11, 12, 12)];
    closeTo(trueRange(high, low, close), [NaN_, 3, 4, 1]);
    closeTo(trueRange(high, low, close, { firstRange: 'high-low' }), [2, 3, 4, 1]);
    closeTo(atr(high, low, close, 2), [NaN_, NaN_, 3.5, 2.25]);
    closeTo(atr(high, low, close, 2, { firstRange: 'high-low' }), [NaN_, 2.5, 3.25, 2.125]);
    closeTo(natr(high, low, close, 2), [NaN_, NaN_, 350 / 12, 225 / 12]);
  });
  it('macd aligns the fast seed with the slow one unless told otherwise', () => {
    const values = series(1, 2, 4, 8);
    closeTo(macd(values, 2, 3, 1).macd, [NaN_, NaN_, 3 - 7 / 3, 3 + (2 / 3) * 5 - (7 / 3 + 0.5 * (17 / 3))]);
    closeTo(macd(values, 2, 3, 1, { seeds: 'independent' }).macd.subarray(2, 3), [1.5 + (2 / 3) * 2.5 - 7 / 3]);
    expect(macdFix(rising).histogram.subarray(33).every((x) => !Number.isNaN(x))).toBe(true);
  });
  it('bollinger and %B', () => {
    const { upper, middle, lower } = bollinger(series(1, 2, 3), 3, { multiplier: 1 });
    closeTo([upper[2], middle[2], lower[2]], [2 + Math.sqrt(2 / 3), 2, 2 - Math.sqrt(2 / 3)]);
    expect(percentB(flat, 20)[40]).toBe(0.5);
  });
  it('donchian, extremes and aroon', () => {
    const values = series(3, 1, 2, 2, 0);
    closeTo(rollingMax(values, 3), [NaN_, NaN_, 3, 2, 2]);
    closeTo(rollingMin(values, 3), [NaN_, NaN_, 1, 1, 0]);
    closeTo(donchian(values, values, 3).middle, [NaN_, NaN_, 2, 1.5, 1]);
    const { up, down, oscillator } = aroon(values, values, 2);
    closeTo(up, [NaN_, NaN_, 0, 100, 50]);
    closeTo(down, [NaN_, NaN_, 50, 0, 100]);
    closeTo(oscillator, [NaN_, NaN_, -50, 100, -50]);
  });
  it('stochastic and Williams %R mirror each other', () => {
    const [high, low, close] = [series(4, 6, 5), series(2, 3, 1), series(3, 5, 2)];
    closeTo(stochastic(high, low, close, 2, 1, 2).k, [NaN_, 75, 20]);
    closeTo(stochastic(high, low, close, 2, 1, 2).d, [NaN_, NaN_, 47.5]);
    closeTo(williamsR(high, low, close, 2), [NaN_, -25, -80]);
  });
  it('volume: obv, money flow, accumulation', () => {
    closeTo(obv(series(1, 2, 2, 1), series(5, 6, 7, 8)), [5, 11, 11, 3]);
    closeTo(obv(series(1, 2, 2, 1), series(5, 6, 7, 8), { start: 'zero' }), [0, 6, 6, -2]);
    const price = series(1, 2, 1);
    closeTo(mfi(price, price, price, series(1, 3, 2), 2), [NaN_, NaN_, 75]);
    closeTo(adLine(series(4, 3), series(0, 3), series(3, 3), series(10, 10)), [5, 5]);
    closeTo(bop(series(1, 2), series(5, 2), series(1, 2), series(2, 2)), [0.25, 0]);
  });
  it('changes', () => {
    closeTo(rateOfChange(series(2, 3), 1), [NaN_, 0.5]);
    closeTo(rateOfChangeRatio(series(2, 3), 1), [NaN_, 1.5]);
    closeTo(momentum(series(2, 3), 1), [NaN_, 1]);
    closeTo(lag(series(2, 3), 1), [NaN_, 2]);
  });
  it('crossings need the other side, or touch, one bar ago', () => {
    const [a, b] = [series(1, 2, 3, 1, NaN_, 3), series(2, 2, 2, 2, 2, 2)];
    expect([...crossover(a, b)]).toEqual([0, 0, 1, 0, 0, 0]);
    expect([...crossunder(a, b)]).toEqual([0, 0, 0, 1, 0, 0]);
    expect([...crossAny(a, b)]).toEqual([0, 0, 1, 1, 0, 0]);
  });
  it('psar trails a rise from below and turns at a touch', () => {
    const high = series(10, 11, 12, 13, 9);
    const low = series(9, 10, 11, 12, 8);
    // seed: the low of bar 0; extreme 11, then 12 and 13 with 0.02, 0.04, 0.06
    closeTo(psar(high, low), [NaN_, 9, 9 + 0.02 * 2, 9.04 + 0.04 * (12 - 9.04), 13]);
  });
});

describe('a flat market', () => {
  it('has the values of TA-Lib', () => {
    expect(rsi(flat, 14)[40]).toBe(0);
    expect(cmo(flat, 14)[40]).toBe(0);
    expect(stochastic(flat, flat, flat).k[40]).toBe(0);
    expect(williamsR(flat, flat, flat, 14)[40]).toBe(0);
    expect(cci(flat, flat, flat, 14)[40]).toBe(0);
    expect(adx(flat, flat, flat, 14)[40]).toBe(0);
    expect(mfi(flat, flat, flat, volume, 14)[40]).toBe(0);
    expect(ultimateOscillator(flat, flat, flat)[40]).toBe(0);
    expect(ppo(flat)[40]).toBe(0);
    expect(keltner(flat, flat, flat, 20).upper[40]).toBe(100);
  });
});

describe('an indicator of an indicator', () => {
  it('starts counting at the first value', () => {
    const { ema, sma } = kernels;
    const inner = sma(rising, 10);
    expect(ema(inner, 5).findIndex((x) => !Number.isNaN(x))).toBe(13);
    expect(rsi(inner, 5).findIndex((x) => !Number.isNaN(x))).toBe(14);
  });
});
