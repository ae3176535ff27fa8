import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnPercentDigits, counted, formatBps, formatDateTime, formatMultiple, formatNumber, formatPercent, formatPrice, formatProbability, formatSigned, formatSignedPercent, formatSpan, formatTimeframe, MINUS, NO_VALUE, THIN_SPACE,
} from '../../reports/format.ts';
import { linearTicks, logTicks, timeTicks } from '../../reports/ticks.ts';

describe('a probability', () => {
  it('has three decimals and bounds where it would print as zero or one', () => {
    expect([0.0456, 0.00001, 0.99995, 1, 0].map(formatProbability)).toEqual(['0.046', '<0.001', '>0.999', '1.000', '0.000']);
  });
});

describe('numbers', () => {
  it('bear a true minus and thin-space thousands', () => {
    expect(formatNumber(-1_234_567.891)).toBe(`${MINUS}1${THIN_SPACE}234${THIN_SPACE}567.89`);
    expect(formatNumber(999.999, 0)).toBe(`1${THIN_SPACE}000`);
  });

  it('print percent with one decimal, two below 1 %', () => {
    expect(formatPercent(0.1234)).toBe('12.3\u00a0%');
    expect(formatPercent(-0.00456)).toBe(`${MINUS}0.46\u00a0%`);
    expect(formatSignedPercent(0.2)).toBe('+20.0\u00a0%');
    expect(formatPercent(0)).toBe('0.0\u00a0%');
    expect(columnPercentDigits([0.2, null, -0.002])).toBe(2);
  });

  it('never print a nonzero value as zero', () => {
    expect(formatNumber(0.0004)).toBe('<0.01');
    expect(formatNumber(-0.0004)).toBe(`>${MINUS}0.01`);
    expect(formatSigned(0.2, 0)).toBe('<1');
    expect(formatNumber(-0)).toBe('0.00');
    assert(property(double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = formatNumber(value);
      return text !== `${MINUS}0.00` && (value === 0 || text !== '0.00') && !/NaN|Infinity|-/.test(text);
    }));
  });

  it('print a dash for what is no number', () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) expect(formatPercent(value)).toBe(NO_VALUE);
  });

  it('suit prices, multiples, basis points and counts', () => {
    expect(formatPrice(0.000012345)).toBe('0.000012345');
    expect(formatPrice(43_210.5)).toBe(`43${THIN_SPACE}210.50`);
    expect(formatMultiple(1.523)).toBe('1.52×');
    expect(formatBps(10)).toBe('10\u00a0bps');
    expect(counted(1, 'trade')).toBe('1\u00a0trade');
  });

  it('write times in UTC', () => {
    expect(formatDateTime(Date.UTC(2024, 2, 7, 14))).toBe('2024-03-07 14:00 UTC');
    expect(formatSpan(41 * 86_400_000)).toBe('41\u00a0d');
    expect(formatTimeframe(900_000)).toBe('15m');
  });
});

describe('ticks', () => {
  it('on a log axis are 1-2-5 multiples with equal ratios per decade', () => {
    expect(logTicks(0.9, 12)).toEqual([1, 2, 5, 10]);
    expect(logTicks(0.9, 1.7).length).toBeGreaterThanOrEqual(3);
    expect(logTicks(0.01, 1e7).length).toBeLessThanOrEqual(6);
  });

  it('stay inside their range', () => {
    assert(property(double({ min: -1e6, max: 1e6, noNaN: true }), double({ min: 1e-3, max: 1e6, noNaN: true }), (lo, size) => {
      const ticks = linearTicks(lo, lo + size, 5);
      return ticks.length <= 7 && ticks.every((tick) => tick >= lo - size * 1e-6 && tick <= lo + size * (1 + 1e-6));
    }));
  });

  it('of time fall on calendar boundaries in UTC, at most as many as asked', () => {
    expect(timeTicks(Date.UTC(2019, 0, 1), Date.UTC(2024, 5, 1), 7).map(({ label }) => label)).toEqual(['2019', '2020', '2021', '2022', '2023', '2024']);
    expect(timeTicks(0, 3_600_000 * 5, 6).map(({ label }) => label)).toContain('03:00');
  });
});
