import { requireInput } from '../core/index.ts';

/** A trade that is open, or was closed. */
export interface PyTrade {
  /** Signed whole units. */
  size: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  exitBar: number;
  exitPrice: number;
  /** Net of both commissions once closed. */
  pnl: number;
  commission: number;
  stopLoss: PyOrder | null;
  takeProfit: PyOrder | null;
  exit: 'order' | 'stop-loss' | 'take-profit';
}

/** An order in the queue; stays until it is filled or cancelled. */
export interface PyOrder {
  size: number;
  readonly limit: number | null;
  /** Null once it has been touched. */
  stop: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  /** The trade that this order closes; null for an order that opens one. */
  readonly parent: PyTrade | null;
}

/** What `buy` and `sell` take; sizes below 1 are a fraction of the margin available. */
export interface PyOrderRequest {
  readonly size?: number;
  readonly limit?: number;
  readonly stop?: number;
  readonly sl?: number;
  readonly tp?: number;
}

/** Just below 1: all the margin there is. */
const FULL_EQUITY = 1 - Number.EPSILON;

/**
 * An order as the caller asked for it.
 *
 * throws  InputError `peer-order-invalid` unless the size is a fraction or whole units, and stop-loss, price and target are in order
 */
export function orderOf(side: 1 | -1, request: PyOrderRequest, adjustedPrice: number): PyOrder {
  const size = request.size ?? FULL_EQUITY;
  requireInput((size > 0 && size < 1) || (size >= 1 && Number.isInteger(size)), 'peer-order-invalid', 'size', 'a fraction of equity or a whole number of units', size);
  const [limit, stop, sl, tp] = [request.limit, request.stop, request.sl, request.tp].map((price) => (price ? price : null));
  const price = limit ?? stop ?? adjustedPrice;
  const below = (side > 0 ? sl : tp) ?? Number.NEGATIVE_INFINITY;
  const above = (side > 0 ? tp : sl) ?? Number.POSITIVE_INFINITY;
  requireInput(below < price && price < above, 'peer-order-invalid', 'order price', `between its ${side > 0 ? 'sl and tp' : 'tp and sl'} (${below} and ${above})`, price);
  return { size: side * size, limit, stop, sl, tp, parent: null };
}

export function isContingent(order: PyOrder): boolean {
  return order.parent !== null && (order === order.parent.stopLoss || order === order.parent.takeProfit);
}

/** Where a bar fills an order; null where it does not. A stop that is touched stays touched. */
export function fillPriceOf(order: PyOrder, market: number, bar: { readonly open: number; readonly high: number; readonly low: number }): { price: number; stop: number | null } | null {
  const isLong = order.size > 0;
  const { stop, limit } = order;
  if (stop !== null) {
    if (isLong ? bar.high < stop : bar.low > stop) return null;
    order.stop = null;
  }
  if (limit === null) return { price: stop === null ? market : isLong ? Math.max(market, stop) : Math.min(market, stop), stop };
  const isHit = isLong ? bar.low <= limit : bar.high >= limit;
  // When both are met in one bar, the limit is taken to have come first, before it counted.
  const isTooEarly = stop !== null && (isLong ? limit <= stop : limit >= stop);
  if (!isHit || isTooEarly) return null;
  return { price: isLong ? Math.min(stop ?? bar.open, limit) : Math.max(stop ?? bar.open, limit), stop };
}

/** Rounds halves to even, as Python does. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
