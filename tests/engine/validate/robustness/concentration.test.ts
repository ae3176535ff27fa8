import { describe, expect, it } from 'vitest';
import { concentrationOf, type Known, sharpeOfCurve, type Trade, withoutBestCurve, withoutTrades } from '../../../../engine/index.ts';
import { donchianBreakout } from '../../../../strategies/trend/donchian-breakout.ts';
import { momentumRotation } from '../../../../strategies/portfolio/momentum-rotation.ts';
import { cointegratedPair } from '../../../../strategies/arbitrage/cointegrated-pair.ts';
import { accountOf, tradeOf } from '../../../support/account.ts';
import { marketOfReturns, normals } from '../../../support/market-of-returns.ts';
import { planted, scheduled } from '../../../support/planted-walk.ts';

const bars = marketOfReturns(normals(500, 3));
const { spec } = await planted(scheduled('holder', () => 1), bars);

/** Twenty trades of ten days each that lose a little, of which one gains half the account. */
function luckyAccount() {
  const curve = accountOf(normals(400, 11, { mean: -0.0004, sd: 0.005 }).map((r, day) => (day % 20 < 10 ? (day >= 100 && day < 110 ? r + 0.05 : r) : 0)));
  return { curve, trades: Array.from({ length: 20 }, (_, k) => tradeOf(curve, 20 * k + 1, 20 * k + 10)) };
}

const sharpeIn = (part: Known<{ readonly sharpeAnn: number | null }>): number | null => ('missing' in part ? Number.NaN : part.sharpeAnn);

describe('concentration', () => {
  it('finds one lucky trade: the account loses without it, and without its month', () => {
    const { curve, trades } = luckyAccount();
    const found = concentrationOf({ spec, ...curve, trades }, donchianBreakout);
    expect(sharpeOfCurve(curve) as number).toBeGreaterThan(0.5);
    expect(sharpeIn(found.withoutTopTrades)).toBeLessThan(0);
    expect(found.withoutBestMonth).toMatchObject({ month: '2021-04' });
    expect(sharpeIn(found.withoutBestMonth)).toBeLessThan(0);
    expect(found.withoutBestMarket).toEqual({ missing: 'one market' });
  });

  it('takes out exactly what the trades earned: the others compound to the rest, and the days of the removed ones are flat', () => {
    const { curve, trades } = luckyAccount();
    const { equity } = withoutTrades(curve, [trades[5]], trades);
    const growth = (trade: Trade): number => curve.equity[trade.exitBar] / curve.equity[trade.entryBar - 1];
    const others = trades.filter((trade) => trade !== trades[5]).reduce((product, trade) => product * growth(trade), 1000);
    expect(equity[equity.length - 1]).toBeCloseTo(others, 8);
    expect(new Set(equity.subarray(trades[5].entryBar - 1, trades[5].exitBar + 1)).size).toBe(1);
  });

  it('leaves to the next trade what it made on the bar of a reversal', () => {
    const curve = accountOf([0.1, 0.02, 0.03]);
    const [first, second] = [tradeOf(curve, 1, 2, { pnlQuote: 110 }), tradeOf(curve, 2, 3, { pnlQuote: curve.equity[3] - 1110 })];
    const { equity } = withoutTrades(curve, [first], [first, second]);
    expect(equity[2]).toBeCloseTo(1000 + (curve.equity[2] - 1110), 9);
    expect([...withoutTrades(curve, [first, second], [first, second]).equity].map((value) => Number(value.toFixed(9)))).toEqual([1000, 1000, 1000, 1000]);
  });

  it('takes the best market out of a portfolio, at the exits of its trades, and never a leg out of a pair', () => {
    const returns = normals(300, 5, { mean: 0, sd: 0.004 }).map((r, day) => (day % 30 === 10 ? r + 0.04 : r));
    const curve = accountOf(returns);
    const several = { ...spec, markets: ['A', 'B'].map((symbol) => ({ ...spec.markets[0], instrument: { ...spec.markets[0].instrument, symbol } })) };
    const long = tradeOf(curve, 1, 300, { market: 0, pnlQuote: 10 });
    const lucky = Array.from({ length: 10 }, (_, k) => tradeOf(curve, 30 * k + 11, 30 * k + 11, { market: 1 }));
    const walk = { spec: several, ...curve, trades: [long, ...lucky] };
    const { withoutBestMarket } = concentrationOf(walk, momentumRotation);
    expect(withoutBestMarket).toMatchObject({ market: 'B' });
    expect(sharpeIn(withoutBestMarket) as number).toBeLessThan((sharpeOfCurve(curve) as number) / 2);
    expect(concentrationOf(walk, cointegratedPair).withoutBestMarket).toEqual({ missing: 'the markets are legs of one position' });
  });

  it('takes the best of several accounts out of their mean', () => {
    const curves = [0.01, -0.0005, -0.0005].map((mean, m) => ({ name: `M${m}`, curve: accountOf(normals(300, 20 + m, { mean, sd: 0.01 })) }));
    const found = withoutBestCurve(curves);
    expect(found).toMatchObject({ market: 'M0' });
    expect(sharpeIn(found)).toBeLessThan(1);
    expect(withoutBestCurve(curves.slice(0, 1))).toEqual({ missing: 'one market' });
  });

  it('is missing where no trade gained', () => {
    const curve = accountOf(normals(60, 1, { mean: -0.01, sd: 0.001 }));
    expect(concentrationOf({ spec, ...curve, trades: [tradeOf(curve, 1, 50)] }, donchianBreakout).withoutTopTrades).toEqual({ missing: 'no trade with a profit' });
  });
});
