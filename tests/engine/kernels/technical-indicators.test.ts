import { beforeAll, describe, expect, it } from 'vitest';
import { atr, cci, ema, obv, rollingStd, rsi, sma, williamsR, wma } from '../../../engine/kernels/index.ts';
import { loadTechnicalIndicators, type TechnicalIndicators } from '../../../engine/kernels/technical-indicators.ts';
import { randomMarket } from './market.ts';

const { high, low, close, other, volume } = randomMarket(1_000, 4);
const worst = (a: Float64Array, b: Float64Array): number => Math.max(...a.map((value, t) => Math.abs(value - b[t]) || 0));

describe('the npm package technicalindicators', () => {
  let ti: TechnicalIndicators;
  beforeAll(async () => {
    ti = await loadTechnicalIndicators();
  });

  it('is brought to full length, NaN where it is silent', () => {
    for (const line of [ti.sma(close, 20), ti.rsi(close, 14), ti.macd(close, 12, 26, 9).signal, ti.adx(high, low, close, 14).adx, ti.psar(high, low, 0.02, 0.2)]) {
      expect(line).toHaveLength(close.length);
      expect(line[close.length - 1]).not.toBeNaN();
    }
    expect(ti.sma(close, 20).findIndex((value) => !Number.isNaN(value))).toBe(19);
  });

  it('agrees with ours where it is right', () => {
    expect(worst(ti.sma(close, 20), sma(close, 20))).toBeLessThan(1e-9);
    expect(worst(ti.ema(close, 20), ema(close, 20))).toBeLessThan(1e-9);
    expect(worst(ti.wma(close, 20), wma(close, 20))).toBeLessThan(1e-9);
    expect(worst(ti.rollingStd(close, 20), rollingStd(close, 20))).toBeLessThan(1e-9);
    expect(worst(ti.atr(high, low, close, 14), atr(high, low, close, 14))).toBeLessThan(1e-9);
    expect(worst(ti.williamsR(high, low, close, 14), williamsR(high, low, close, 14))).toBeLessThan(1e-9);
    expect(worst(ti.cci(high, low, close, 14), cci(high, low, close, 14))).toBeLessThan(1e-8);
  });

  it('rounds the relative strength index to two decimals, ours does not', () => {
    const theirs = ti.rsi(other, 14).subarray(14);
    const ours = rsi(other, 14).subarray(14);
    expect(theirs.every((value) => value === Number(value.toFixed(2)))).toBe(true);
    expect(ours.every((value) => value === Number(value.toFixed(2)))).toBe(false);
    expect(worst(theirs, ours)).toBeGreaterThan(0.004);
    expect(worst(theirs, ours)).toBeLessThanOrEqual(0.005 + 1e-9);
  });

  it('calls a flat series overbought: 100 where TA-Lib and ours give 0', () => {
    const flat = new Float64Array(40).fill(100);
    expect(ti.rsi(flat, 14)[30]).toBe(100);
    expect(rsi(flat, 14)[30]).toBe(0);
  });

  it('drops the first volume from on-balance volume', () => {
    expect(worst(ti.obv(close, volume).map((value) => value + volume[0]), obv(close, volume))).toBeLessThan(1e-6);
  });

  it('never recovers from a missing value', () => {
    const holed = close.with(100, Number.NaN);
    expect(ti.sma(holed, 20)[900]).toBeNaN();
    expect(sma(holed, 20)[120]).not.toBeNaN();
  });
});
