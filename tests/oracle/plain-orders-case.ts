import fc from 'fast-check';
import type { Candle } from './plain-books.ts';
import { plainCase } from './plain-case.ts';
import type { Instruction, OrderTerms, PlainBracket, PlainOrder } from './plain-orders-types.ts';

/** One random market with a script of orders and terms. */
export interface PlainOrdersCase {
  readonly candles: readonly Candle[];
  readonly script: readonly (readonly Instruction[])[];
  readonly openingOrders: readonly PlainOrder[];
  readonly terms: OrderTerms;
}

const often = <T>(usual: T, weight: number, other: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

/** Half-points from the close, so that levels tie with opens, extremes and one another. */
const away = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -8, max: 8 }) }, { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }) });

const fraction = often(0, 1, fc.constantFrom(0.01, 0.02, 0.03, 0.05, 0.1));

const bracket: fc.Arbitrary<PlainBracket | undefined> = often(undefined, 2, fc.record({ stopLossFrac: fraction, takeProfitFrac: fraction, trailFrac: fraction }));

const order = fc.record({
  type: fc.constantFrom('market' as const, 'limit' as const, 'limit' as const, 'stop' as const, 'stop-limit' as const, 'trailing' as const),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  /** A share of what the first cash buys at 100. */
  share: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0.1, 0.25, 0.5) }, { weight: 1, arbitrary: fc.constantFrom(1, 2.5, 6) }, { weight: 1, arbitrary: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
  away,
  beyond: away,
  trailFrac: fc.constantFrom(0.01, 0.02, 0.05, 0.1),
  postOnly: often(false, 5, fc.constant(true)),
  reduceOnly: often(false, 4, fc.constant(true)),
  oco: often<string | undefined>(undefined, 3, fc.constantFrom('a', 'b')),
  timeInForce: often<PlainOrder['timeInForce']>('gtc', 2, fc.constantFrom<PlainOrder['timeInForce']>('ioc', 'fok', { bars: 1 }, { bars: 2 }, { bars: 4 })),
  bracket,
});

const instruction = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('place' as const), order }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), nth: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replace' as const), nth: fc.nat(12), away: fc.option(away, { nil: undefined }), share: fc.option(fc.constantFrom(0.1, 0.3), { nil: undefined }) }) },
);

type Drawn = typeof order extends fc.Arbitrary<infer T> ? T : never;

export const plainOrdersCase: fc.Arbitrary<PlainOrdersCase> = fc
  .record({
    base: plainCase,
    script: fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(instruction, { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 30 }),
    opening: often<Drawn[]>([], 2, fc.array(order, { minLength: 1, maxLength: 2 })),
    limitFill: fc.constantFrom('through' as const, 'touch' as const),
    /** In hundredths of a volume that is what the first cash buys. */
    cap: often(0, 2, fc.constantFrom(10, 25, 60)),
    volumeRest: fc.constantFrom('carry' as const, 'cancel' as const),
  })
  .map(({ base, script, opening, limitFill, cap, volumeRest }) => {
    const half = halfPointOf(base.candles);
    const unit = base.terms.initialCash / (200 * half);
    const candles = base.candles.map((candle) => ({ ...candle, volume: candle.volume === null || candle.volume === 0 ? candle.volume : unit }));
    const made = (drawn: Drawn, near: number): PlainOrder => orderOf(drawn, near, half, unit);
    return {
      candles,
      script: script.slice(0, candles.length).map((given, t) =>
        given.map((one): Instruction => {
          const { close } = candles[t];
          if (one.do === 'place') return { do: 'place', order: made(one.order, close) };
          if (one.do === 'cancel') return one;
          return {
            do: 'replace', nth: one.nth,
            ...(one.away === undefined ? {} : { price: level(close, one.away, half) }),
            ...(one.share === undefined ? {} : { qty: one.share * unit }),
          };
        }),
      ),
      openingOrders: opening.map((drawn) => made(drawn, candles[0].open)),
      terms: { ...base.terms, limitFill, volumeCapFrac: cap / 100, volumeRest },
    };
  });

/** The scale of plain-case whose half-points the opens are. */
function halfPointOf(candles: readonly Candle[]): number {
  const isGrid = (scale: number): boolean => candles.every(({ open }) => Math.abs((open / scale) * 2 - Math.round((open / scale) * 2)) < 1e-9);
  const scale = [1, 1.0371, 0.00137, 641.3].find((one) => Math.abs(candles[0].open / one - 100) <= 40 && isGrid(one)) ?? 1;
  return scale / 2;
}

function level(near: number, halves: number, half: number): number {
  const scale = half * 2;
  return (Math.max(2, Math.round(near / half) + halves) / 2) * scale;
}

function orderOf({ type, side, share, away: first, beyond, trailFrac, bracket: children, oco, ...rest }: Drawn, near: number, half: number, unit: number): PlainOrder {
  return {
    ...rest,
    type,
    side,
    qtyBase: share * unit,
    ...(type === 'limit' ? { limitPrice: level(near, first, half) } : {}),
    ...(type === 'stop' ? { stopPrice: level(near, first, half) } : {}),
    ...(type === 'stop-limit' ? { stopPrice: level(near, first, half), limitPrice: level(near, beyond, half) } : {}),
    ...(type === 'trailing' ? { trailFrac } : {}),
    ...(oco === undefined ? {} : { oco }),
    ...(children === undefined ? {} : { bracket: children }),
  };
}
