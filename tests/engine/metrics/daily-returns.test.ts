import { describe, expect, it } from 'vitest';
import { DAY_MS, dailyReturns, HOUR_MS, observationsPerYear, WEEK_MS } from '../../../engine/index.ts';

const START = Date.UTC(2024, 0, 1);
const times = (count: number, stepMs: number, firstMs = START): Float64Array => Float64Array.from({ length: count }, (_, t) => firstMs + t * stepMs);
const curve = (...equity: readonly number[]): Float64Array => Float64Array.from(equity);

describe('daily returns', () => {
  it('are last close over last close of the day before; the first close is the base', () => {
    const { timeMs, returns } = dailyReturns(curve(100, 101, 110, 99, 121, 121, 60.5), times(7, 8 * HOUR_MS), 8 * HOUR_MS);
    expect([...timeMs]).toEqual([START, START + DAY_MS, START + 2 * DAY_MS]);
    expect([...returns].map((r) => Number(r.toFixed(12)))).toEqual([0.1, 0.1, -0.5]);
  });

  it('count a bar that closes at 00:00 to the day in which it opens', () => {
    const { timeMs, returns } = dailyReturns(curve(100, 110, 110), times(3, HOUR_MS, START + 22 * HOUR_MS), HOUR_MS);
    expect([...timeMs]).toEqual([START, START + DAY_MS]);
    expect(returns[0]).toBeCloseTo(0.1, 12);
    expect(returns[1]).toBe(0);
  });

  it('take a first bar that stands alone on its day as the base of the next day', () => {
    expect([...dailyReturns(curve(100, 110, 120), times(3, HOUR_MS, START + 23 * HOUR_MS), HOUR_MS).timeMs]).toEqual([START + DAY_MS]);
  });

  it('skip days without a bar: one return over the gap', () => {
    const openTimeMs = curve(START, START + 5 * DAY_MS, START + 5 * DAY_MS + HOUR_MS);
    const { timeMs, returns } = dailyReturns(curve(100, 105, 120), openTimeMs, HOUR_MS);
    expect([[...timeMs], returns[0]]).toEqual([[START + 5 * DAY_MS], 120 / 100 - 1]);
  });

  it('pass daily and weekly bars through, one a bar', () => {
    expect(dailyReturns(curve(100, 110, 99), times(3, DAY_MS), DAY_MS).returns).toHaveLength(2);
    expect([...dailyReturns(curve(100, 110, 99), times(3, WEEK_MS), WEEK_MS).timeMs]).toEqual([START + WEEK_MS, START + 2 * WEEK_MS]);
  });

  it('have the same total as the curve', () => {
    const equity = Float64Array.from({ length: 500 }, (_, t) => 100 + 10 * Math.sin(t));
    const { returns } = dailyReturns(equity, times(500, HOUR_MS, START + 5 * HOUR_MS), HOUR_MS);
    expect(returns.reduce((growth, r) => growth * (1 + r), 1)).toBeCloseTo(equity[499] / equity[0], 12);
  });

  it('are none of an empty curve or of one value, and 0 once equity is gone', () => {
    expect(dailyReturns(curve(), curve(), DAY_MS).returns).toHaveLength(0);
    expect(dailyReturns(curve(1), curve(START), DAY_MS).returns).toHaveLength(0);
    expect([...dailyReturns(curve(1, 0, 0), times(3, DAY_MS), DAY_MS).returns]).toEqual([-1, 0]);
  });
});

describe('observations a year', () => {
  it.each([
    [HOUR_MS, '24/7', 365], [DAY_MS, '24/7', 365], [HOUR_MS, 'session', 252], [DAY_MS, 'session', 252], [365.25 * DAY_MS / 12, '24/7', 12],
  ] as const)('%d ms, %s: %d', (timeframeMs, calendar, count) => expect(observationsPerYear(timeframeMs, calendar)).toBeCloseTo(count, 12));

  it('of weeks are 52.18', () => expect(observationsPerYear(WEEK_MS, 'session')).toBeCloseTo(52.18, 2));
});
