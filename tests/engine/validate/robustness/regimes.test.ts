import { describe, expect, it } from 'vitest';
import { DAY_MS, marketCurve, regimesOf, SHOCKS, shocksWithin } from '../../../../engine/index.ts';
import { accountOf } from '../../../support/account.ts';
import { marketOfReturns, normals } from '../../../support/market-of-returns.ts';
import { planted, scheduled } from '../../../support/planted-walk.ts';

/** Half a year that goes nowhere, then half a year that trends, by turns; every second year is three times as wild. */
const noise = normals(1600, 4, { sd: 0.01 });
const market = marketOfReturns(noise.map((r, day) => (day % 360 < 180 ? (day % 2 === 0 ? r / 4 + 0.01 : r / 4 - 0.01) : r + 0.01) * (day % 720 < 360 ? 1 : 3)));
const { spec } = await planted(scheduled('holder', () => 1), market);

describe('regimes', () => {
  it('find where the profit was made', () => {
    const start = 200;
    const curve = accountOf(Float64Array.from({ length: 1400 }, (_, i) => ((i + start) % 360 >= 180 ? 0.004 : 0) + noise[i] / 10), market.openTimeMs[start] - DAY_MS);
    const { regimes } = regimesOf({ spec, ...curve }, [market]);
    const [trend, range, high, low] = regimes;
    expect(regimes.map(({ name }) => name)).toEqual(['trend', 'range', 'high volatility', 'low volatility']);
    expect(trend.profitShare as number).toBeGreaterThan(0.7);
    expect((trend.profitShare as number) + (range.profitShare as number)).toBeCloseTo(1, 9);
    expect(trend.days + range.days).toBe(1400);
    expect(high.share + low.share).toBeCloseTo(1, 9);
    expect(high.share).toBeGreaterThan(0.3);
  });

  it('are causal: another future changes no past day', () => {
    const returns = normals(900, 8);
    const [short, long] = [returns.slice(0, 600), returns.map((r, day) => (day < 600 ? r : 5 * r))].map((values) => marketOfReturns(values));
    const curve = accountOf(normals(300, 9), short.openTimeMs[250]);
    expect(regimesOf({ spec, ...curve }, [short]).regimes).toEqual(regimesOf({ spec, ...curve }, [long]).regimes);
  });

  it('give no share of a profit that is none', () => {
    const curve = accountOf(normals(300, 9, { mean: -0.01 }), market.openTimeMs[250]);
    expect(regimesOf({ spec, ...curve }, [market]).regimes.map(({ profitShare }) => profitShare)).toEqual([null, null, null, null]);
  });
});

describe('named shocks', () => {
  it('are measured from the close before to the last close, and only those inside the curve', () => {
    const curve = accountOf(new Float64Array(1100).fill(0.001), Date.UTC(2020, 2, 12));
    const hold = marketCurve([marketOfReturns(new Float64Array(1200).fill(-0.002), { startMs: Date.UTC(2020, 0, 1) })]);
    const shocks = shocksWithin(curve, hold);
    expect(shocks.map(({ name }) => name)).toEqual(['China’s ban, 19 May 2021', 'Terra and Luna', 'Celsius and Three Arrows', 'FTX']);
    expect(shocks[1].totalReturn).toBeCloseTo(1.001 ** 8 - 1, 12);
    expect(shocks[1].holdReturn).toBeCloseTo(0.998 ** 8 - 1, 12);
  });

  it('are in order, with a source each, and end after they begin', () => {
    for (const { from, to, source } of SHOCKS) {
      expect(Date.parse(from)).toBeLessThan(Date.parse(to));
      expect(source.length).toBeGreaterThan(10);
    }
  });
});
