import { describe, expect, it } from 'vitest';
import { capacityOf, growthEfficiency, isMissing, pooledMarkets, reproductionOf, retrade, ruinOf, sampleSize, walkForwardEvidence } from '../../../../engine/index.ts';
import { accountOf, tradeOf } from '../../../support/account.ts';
import { marketOfReturns, normals } from '../../../support/market-of-returns.ts';
import { planted, scheduled } from '../../../support/planted-walk.ts';

const market = marketOfReturns(normals(500, 3));
const strategy = scheduled('weekly', (day) => (day % 14 < 7 ? 1 : 0));
const walk = await planted(strategy, market);

describe('ruin', () => {
  it('of a martingale is that of a random walk that meets a barrier', () => {
    // Reflection: P(min of a year ≤ ln 0.8) = 2 Φ(ln 0.8 ÷ (σ √365)) for a log walk without drift, a little less for daily looks.
    const sd = 0.02;
    const log = normals(4000, 7, { sd });
    const drift = log.reduce((sum, r) => sum + r, 0) / log.length;
    const { fallBy, horizonDays, liquidations } = ruinOf(accountOf(log.map((r) => Math.expm1(r - drift))), { seed: 1, blockDays: 1, draws: 4000, liquidations: 2 });
    const [twenty, thirty, fifty, all] = fallBy.map(({ probability }) => probability);
    expect([horizonDays, liquidations]).toEqual([365, 2]);
    expect(Math.abs(twenty - 0.559)).toBeLessThan(0.04); // Φ(−0.584) = 0.2797
    expect(Math.abs(fifty - 0.0697)).toBeLessThan(0.03); // Φ(−1.814) = 0.0348
    expect(thirty).toBeGreaterThan(fifty);
    expect(all).toBe(0);
  });

  it('sees a total loss where one is among the days, more rarely in long blocks', () => {
    const returns = normals(2000, 7, { sd: 0.001 });
    returns[1999] = -1;
    const ruined = ruinOf(accountOf(returns), { seed: 1, blockDays: 1, draws: 2000, liquidations: 0 }).fallBy[3].probability;
    expect(Math.abs(ruined - (1 - (1 - 1 / 2000) ** 365))).toBeLessThan(0.03);
  });

  it('is the same for the same seed', () => {
    const curve = accountOf(normals(500, 2));
    const options = { seed: 5, blockDays: 7, draws: 200, liquidations: 0 };
    expect(ruinOf(curve, options)).toEqual(ruinOf(curve, options));
    expect(() => ruinOf(curve, { ...options, blockDays: 0 })).toThrow(/blockDays must be at least 1, was 0/);
  });
});

describe('capacity', () => {
  it('is a fill’s share of its bar’s quote volume at the target size', () => {
    const flat = marketOfReturns(new Float64Array(50), { startMs: Date.UTC(2020, 11, 31), volume: 1000 });
    const curve = accountOf(new Float64Array(49));
    const trades = [tradeOf(curve, 5, 9, { qtyBase: 5 }), tradeOf(curve, 20, 22, { qtyBase: 10 })];
    // 500 and 1000 of an account of 1000 → half and all of 20 000, of 100 000 traded a bar.
    expect(capacityOf({ equity: curve.equity, trades }, [flat], 20_000)).toEqual({ fills: 4, medianParticipation: expect.closeTo(0.15, 12) as number, largestParticipation: expect.closeTo(0.2, 12) as number });
    expect(capacityOf({ equity: curve.equity, trades }, [marketOfReturns(new Float64Array(50), { startMs: Date.UTC(2020, 11, 31), volume: Number.NaN })], 20_000)).toEqual({ missing: 'the bars carry no volume' });
    expect(capacityOf({ equity: curve.equity, trades: [] }, [flat], 20_000)).toEqual({ missing: 'no trade out of sample' });
  });
});

describe('pooled markets', () => {
  it('count twins on the same days as one', () => {
    const curve = accountOf(normals(700, 6, { mean: 0.001, sd: 0.02 }));
    const [twins, four] = [2, 4].map((count) => pooledMarkets(Array.from({ length: count }, (_, m) => ({ name: `M${m}`, curve }))));
    if (isMissing(twins) || isMissing(four)) throw new Error('missing');
    expect(four.t as number).toBeCloseTo(twins.t as number, 9);
    const returns = curve.equity.subarray(1).map((value, t) => value / curve.equity[t] - 1);
    const mean = returns.reduce((sum, r) => sum + r, 0) / 700;
    const sd = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 699);
    expect(twins.t as number).toBeCloseTo((mean / sd) * Math.sqrt(700), 6);
    expect(twins.meanDaily).toBeCloseTo(mean, 12);
  });

  it('gain from markets that move apart', () => {
    const t = (seeds: number[]): number => {
      const pooled = pooledMarkets(seeds.map((seed) => ({ name: `M${seed}`, curve: accountOf(normals(700, seed, { mean: 0.001, sd: 0.02 })) })));
      return isMissing(pooled) ? Number.NaN : (pooled.t as number);
    };
    expect(t([1, 2, 3, 4, 5, 6, 7, 8])).toBeGreaterThan(2);
    expect(pooledMarkets([])).toEqual({ missing: 'one market' });
  });
});

describe('the sample', () => {
  it('counts days, returns, trades and bets', () => {
    const { days, observations, periodsPerYear, trades, bets } = sampleSize(walk);
    expect([days, observations, periodsPerYear]).toEqual([400, 400, 365]);
    expect(trades).toBe(walk.trades.length);
    expect(bets as number).toBeCloseTo(trades, 0); // each trade is held over as many closes as its length
    expect(sampleSize({ ...walk, trades: [] }).bets).toBeNull();
  });

  it('counts windows that gained', () => {
    const { windows, positiveWindows, efficiency } = walkForwardEvidence(walk);
    expect(efficiency).toBe(growthEfficiency(walk.windows).value);
    expect(windows).toBe(4);
    expect(positiveWindows).toBe(walk.windows.filter(({ outOfSample }) => (outOfSample.totalReturn ?? 0) > 0).length);
  });
});

describe('a reproduction', () => {
  const again = retrade(walk, strategy, [market], walk.spec.config);

  it('finds nothing where the bits are the same, also against an artefact that was stored as JSON', () => {
    expect(reproductionOf(walk, again)).toEqual({ differs: [] });
    const stored = JSON.parse(JSON.stringify(walk, (_, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value))) as object;
    expect(reproductionOf(stored, again)).toEqual({ differs: [] });
  });

  it('names what differs', () => {
    const equity = again.equity.slice();
    equity[3] *= 1 + 2 ** -52;
    const trades = again.trades.map((trade, i) => (i === 1 ? { ...trade, exitReason: 'open' as const } : trade));
    expect(reproductionOf(walk, { ...again, equity, trades }).differs).toEqual([
      expect.stringMatching(/^equity: 1 of 401 values, first at 3: [\d.]+, was [\d.]+$/), 'trades.1.exitReason: "open", was "signal"',
    ]);
    expect(reproductionOf(walk, { equity: again.equity.subarray(1) }).differs).toEqual(['equity: 400 values, was 401']);
    expect(reproductionOf({}, { equity }).differs).toEqual(['equity: 401 values, was nothing']);
  });
});
