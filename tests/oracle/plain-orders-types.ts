import type { Terms } from './plain-books.ts';

export interface PlainBracket {
  readonly stopLossFrac?: number;
  readonly takeProfitFrac?: number;
  readonly trailFrac?: number;
}

export interface PlainOrder {
  readonly type: 'market' | 'limit' | 'stop' | 'stop-limit' | 'trailing';
  readonly side: 'buy' | 'sell';
  readonly qtyBase: number;
  readonly limitPrice?: number;
  readonly stopPrice?: number;
  readonly trailFrac?: number;
  readonly postOnly?: boolean;
  readonly reduceOnly?: boolean;
  readonly oco?: string;
  readonly timeInForce?: 'gtc' | 'ioc' | 'fok' | { readonly bars: number };
  readonly bracket?: PlainBracket;
}

/** Given at a close. `nth` counts the orders of the run from 0, opening orders first, whatever became of them. */
export type Instruction =
  | { readonly do: 'place'; readonly order: PlainOrder }
  | { readonly do: 'cancel'; readonly nth: number }
  | { readonly do: 'replace'; readonly nth: number; readonly price?: number; readonly qty?: number };

/** `firstDecisionBar` and `flattenAtEnd` say nothing here. */
export interface OrderTerms extends Terms {
  readonly limitFill: 'through' | 'touch';
  /** 0 for no cap. */
  readonly volumeCapFrac: number;
  readonly volumeRest: 'carry' | 'cancel';
}

export type FillKind = 'market' | 'limit' | 'stop' | 'trailing' | 'bracket-stop' | 'bracket-target' | 'bracket-trail' | 'liquidation';

export interface PlainFill {
  readonly bar: number;
  /** The order, or the entry that a bracket's order protects; null for a liquidation. */
  readonly nth: number | null;
  readonly kind: FillKind;
  readonly d: number;
  readonly reference: number;
  readonly price: number;
  readonly fee: number;
}

export type EndReason = 'cancelled' | 'expired' | 'ioc' | 'fok' | 'post-only' | 'reduce-only' | 'oco' | 'lot' | 'min-notional' | 'no-money' | 'volume' | 'liquidation';

/** An order that ended before all of it was filled; one that was cut and then filled is not among them. */
export interface Ended {
  readonly bar: number;
  readonly nth: number;
  readonly kind: FillKind;
  readonly why: EndReason;
}

export interface PlainOrdersResult {
  readonly fills: readonly PlainFill[];
  readonly ended: readonly Ended[];
  readonly equity: readonly number[];
  readonly qty: readonly number[];
  readonly ambiguousBars: number;
  /** Fills cut to what leverage, cash or holdings allow. */
  readonly cuts: number;
  /** Rounding alone decides something here. */
  readonly isDust: boolean;
}

/** An order on its way. Copied with its world, never shared. */
export interface LiveOrder {
  readonly nth: number;
  /** The order of placing, a bracket's orders included. */
  readonly place: number;
  readonly kind: FillKind;
  readonly type: PlainOrder['type'];
  readonly sign: 1 | -1;
  readonly qtyBase: number;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly oco: string | null;
  readonly timeInForce: 'gtc' | 'ioc' | 'fok' | { readonly bars: number };
  readonly bracket: PlainBracket | null;
  readonly trailFrac: number;
  /** What is still to be filled. */
  left: number;
  limit: number;
  stop: number;
  watermark: number;
  /** A limit that may still turn out to be marketable. */
  isNew: boolean;
  hasSeenOpen: boolean;
  /** A stop that was touched: market from then on, or a limit where it is a stop-limit. */
  isTriggered: boolean;
  /** The bar in the middle of which it went live, else -1. */
  bornInside: number;
  /** The first bar it can be filled in. */
  activeFrom: number;
  /** The last bar whose volume the cap refused it. */
  refusedAt: number;
  lived: number;
  filled: number;
  paid: number;
}

export interface World {
  cash: number;
  qty: number;
  orders: LiveOrder[];
  fills: PlainFill[];
  ended: Ended[];
  /** How many more units this bar's volume allows. */
  room: number;
  places: number;
  cuts: number;
  isDust: boolean;
}

export function copyOf(world: World): World {
  return { ...world, orders: world.orders.map((order) => ({ ...order })), fills: [...world.fills], ended: [...world.ended] };
}
