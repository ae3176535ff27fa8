import fc from 'fast-check';
import type { BarContext, OrderRequest } from '../../engine/index.ts';
import type { SimulationConfig } from '../../engine/simulate/index.ts';
import { plainCase } from '../oracle/plain-case.ts';
import type { Candle, Terms } from '../oracle/plain-books.ts';

/** What a strategy does at one close; levels are relative to it, so that a script means the same at any scale. */
export interface Step {
  readonly requests: readonly OrderRequest[];
  /** Cancel the n-th open order, move it by a factor, or neither. */
  readonly cancel: number | null;
  readonly move: { readonly index: number; readonly factor: number } | null;
  readonly target: { readonly x: number; readonly stopLossFrac: number; readonly takeProfitFrac: number; readonly trailFrac: number } | null;
}

/** A random market, random terms, and a random script of orders; no funding and no borrowing, so that fills explain all of the cash. */
export interface OrderCase {
  readonly candles: readonly Candle[];
  readonly terms: Terms;
  readonly script: readonly Step[];
  readonly more: Pick<SimulationConfig, 'execution' | 'caps'>;
}

const rarely = <T>(arbitrary: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<T | undefined> => fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Price as a multiple of the close; multiples of 1/64 tie with one another exactly. */
const level = fc.oneof(fc.integer({ min: 54, max: 74 }).map((n) => n / 64), fc.double({ min: 0.85, max: 1.15, noNaN: true }));
const frac = fc.constantFrom(0.01, 0.02, 0.05, 0.1);

const size = fc.oneof(
  fc.constantFrom(0.1, 0.2, 1, 3, 7, 40).map((qtyBase) => ({ qtyBase })),
  fc.constantFrom(0.1, 0.25, 0.5, 1, 3).map((equityFrac) => ({ equityFrac })),
);

const bracket = fc.record({ stopLossFrac: rarely(frac, 1), takeProfitFrac: rarely(frac, 1), trailFrac: rarely(frac, 2) });

const request: fc.Arbitrary<OrderRequest> = fc
  .record({
    type: fc.constantFrom('market' as const, 'limit' as const, 'limit' as const, 'stop' as const, 'stop-limit' as const, 'trailing' as const),
    side: fc.constantFrom('buy' as const, 'buy' as const, 'sell' as const),
    limitPrice: level,
    stopPrice: level,
    trailFrac: frac,
    size,
    postOnly: rarely(fc.constant(true), 6),
    reduceOnly: rarely(fc.constant(true), 6),
    oco: rarely(fc.constantFrom('a', 'b')),
    bracket: rarely(bracket, 2),
    timeInForce: rarely(fc.oneof(fc.constantFrom('ioc' as const, 'fok' as const), fc.integer({ min: 1, max: 4 }).map((bars) => ({ bars })))),
  })
  .map(({ size: own, ...rest }) => ({ ...rest, ...own }));

const step: fc.Arbitrary<Step> = fc.record({
  requests: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(request, { maxLength: 3 }) }),
  cancel: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(5) }),
  move: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.record({ index: fc.nat(5), factor: level }) }),
  target: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ x: fc.constantFrom(0, 1, -1, 0.5, 3), stopLossFrac: fc.constantFrom(0, 0.02), takeProfitFrac: fc.constantFrom(0, 0.03), trailFrac: fc.constantFrom(0, 0.04) }) },
  ),
});

export const orderCase: fc.Arbitrary<OrderCase> = fc
  .record({
    plain: plainCase,
    script: fc.array(step, { minLength: 30, maxLength: 30 }),
    limitFill: fc.constantFrom('through' as const, 'through' as const, 'touch' as const),
    stopDelayBars: fc.constantFrom(0, 0, 0, 1),
    volumeCapFrac: fc.constantFrom(0, 0, 0.1, 1),
    volumeCapRemainder: fc.constantFrom('carry' as const, 'cancel' as const),
  })
  .map(({ plain: { candles, terms }, script, limitFill, stopDelayBars, volumeCapFrac, volumeCapRemainder }) => ({
    candles,
    terms: { ...terms, taker: normal(terms.taker), maker: normal(terms.maker), halfSpread: normal(terms.halfSpread), slippage: normal(terms.slippage), borrow: 0, funding: [] },
    script,
    more: {
      execution: {
        fill: 'next-open', limitFill, triggerOn: 'last', liquidateOn: 'last', latencyBars: 0, stopDelayBars, dropBarsAfterGap: 0, delistingHaircutFrac: 0, volumeCapRemainder,
        volumeCapFrac: candles.some(({ volume }) => volume === null) ? 0 : volumeCapFrac,
      },
      caps: { perInstrument: null, gross: null },
    },
  }));

/** A rate so small that its fees have fewer digits than other numbers is none. */
function normal(rate: number): number {
  return rate < 1e-12 ? 0 : rate;
}

/** Plays one step of a script. */
export function actOn(context: BarContext, { requests, cancel, move, target }: Step, onPlaced: (id: number) => void): void {
  const close = context.close();
  const open = context.openOrders;
  if (cancel !== null && open.length > 0) context.cancel(open[cancel % open.length].id);
  if (move !== null && open.length > 0) context.replace(open[move.index % open.length].id, { limitPrice: close * move.factor, stopPrice: close * move.factor });
  for (const request of requests) onPlaced(context.place(atPrices(request, close)));
  if (target !== null) context.target(target.x, target);
}

function atPrices(request: OrderRequest, close: number): OrderRequest {
  if (request.type === 'limit') return { ...request, limitPrice: request.limitPrice * close };
  if (request.type === 'stop') return { ...request, stopPrice: request.stopPrice * close };
  if (request.type === 'stop-limit') return { ...request, stopPrice: request.stopPrice * close, limitPrice: request.limitPrice * close };
  return request;
}
