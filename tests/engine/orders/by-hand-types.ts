import { DAY_MS } from '../../../engine/index.ts';
import type { Candle } from '../../oracle/plain-books.ts';
import type { EndReason, FillKind, Instruction, OrderTerms, PlainOrder } from '../../oracle/plain-orders-types.ts';

/** Open, high, low, close, and volume where it matters. */
export type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

export type ExpectedFill = readonly [bar: number, kind: FillKind, d: number, reference: number, price: number, fee: number];

/** One sentence of the rules on a few bars, with the fills worked out by hand. */
export interface ByHand {
  readonly name: string;
  readonly bars: readonly Row[];
  readonly opening?: readonly PlainOrder[];
  /** What is given at the close of a bar. */
  readonly script?: Readonly<Record<number, readonly Instruction[]>>;
  readonly terms?: Partial<OrderTerms>;
  readonly fills: readonly ExpectedFill[];
  /** Orders that ended without being filled to the last unit; none checked where absent. */
  readonly ended?: readonly (readonly [bar: number, nth: number, why: EndReason])[];
  /** 0 where absent. */
  readonly ambiguousBars?: number;
  readonly finalEquity?: number;
}

/** c = 10 bps, f = 10 bps, g = 5 bps, ten thousand in cash: a buy of 10 at 100 costs 100.1 each and a fee of 1.001. */
export const BY_HAND_TERMS: OrderTerms = {
  isMargin: true, initialCash: 10_000, maxLeverage: 5, maintenance: 0.01, liquidationFee: 0.005, borrow: 0,
  taker: 0.001, maker: 0.0005, halfSpread: 0.0005, slippage: 0.0005, lot: 0, tick: 0, minNotional: 0,
  policy: 'pessimistic', isAuction: false, barMs: DAY_MS, firstDecisionBar: 0, flattenAtEnd: false, funding: [],
  limitFill: 'through', volumeCapFrac: 0, volumeRest: 'carry',
};

export function termsOfByHand({ terms }: ByHand): OrderTerms {
  return { ...BY_HAND_TERMS, ...terms };
}

export function candlesOfByHand({ bars }: ByHand): Candle[] {
  return bars.map(([open, high, low, close, volume], t) => ({ timeMs: t * DAY_MS, open, high, low, close, volume: volume ?? null }));
}

export function scriptOfByHand({ bars, script = {} }: ByHand): (readonly Instruction[])[] {
  return bars.map((_, t) => script[t] ?? []);
}

type Rest = Partial<Omit<PlainOrder, 'type' | 'side' | 'qtyBase'>>;

export const buy = (type: PlainOrder['type'], qtyBase: number, rest: Rest = {}): Instruction => ({ do: 'place', order: { type, side: 'buy', qtyBase, ...rest } });
export const sell = (type: PlainOrder['type'], qtyBase: number, rest: Rest = {}): Instruction => ({ do: 'place', order: { type, side: 'sell', qtyBase, ...rest } });

/** The bar of the decision. */
export const STILL: Row = [100, 100, 100, 100];
