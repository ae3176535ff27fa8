import { describe, expect, it } from 'vitest';
import { BY_HAND } from './by-hand.ts';
import { candlesOfByHand, scriptOfByHand, termsOfByHand } from './by-hand-types.ts';
import { runScript } from './engine-case.ts';

describe('the event engine on the cases worked out by hand', () => {
  it.each(BY_HAND.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const terms = termsOfByHand(one);
    // The engine refuses a cap on a volume that is absent; the oracle reads it as none.
    const candles = candlesOfByHand(one).map((candle) => (terms.volumeCapFrac > 0 ? { ...candle, volume: candle.volume ?? 1e12 } : candle));
    const { fills, totals, equity } = runScript({ candles, script: scriptOfByHand(one), terms, opening: one.opening ?? [] });
    const told = fills.map(({ bar, kind, qtyBase, referencePrice, price, feeQuote }) => [bar, kind, qtyBase, referencePrice, price, feeQuote]);
    expect(told).toEqual(one.fills.map(([bar, kind, ...figures]) => [bar, kind, ...figures.map((figure) => expect.closeTo(figure, 6))]));
    expect(totals.ambiguousBars).toBe(one.ambiguousBars ?? 0);
    if (one.finalEquity !== undefined) expect(equity.at(-1)).toBeCloseTo(one.finalEquity, 6);
  });
});
