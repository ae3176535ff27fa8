import { InputError, requireInput } from '../core/index.ts';
import type { Bracket, FillKind, OrderChange, OrderRequest } from './types.ts';

/** How an order waits now; a stop-limit becomes a limit when it is triggered. */
export type OrderMode = 'market' | 'limit' | 'stop' | 'stop-limit';

/** An order in the book of one instrument: what it asks for, and how much of it is done. */
export class LiveOrder {
  id = 0;
  kind: FillKind = 'market';
  mode: OrderMode = 'market';
  /** +1 buys, −1 sells. */
  side = 1;
  /** Quantity still wanted, positive. */
  remaining = 0;
  /** Level of a limit, trigger of a stop; NaN for a market order. */
  level = Number.NaN;
  /** Limit of a stop-limit. */
  limit = Number.NaN;
  trailFrac = 0;
  watermark = Number.NaN;
  filledQty = 0;
  filledNotional = 0;
  postOnly = false;
  reduceOnly = false;
  oco: string | null = null;
  bracket: Bracket | null = null;
  /** Entry whose bracket this is; 0 for none. */
  parentId = 0;
  tag: string | null = null;
  isImmediate = false;
  isAllOrNothing = false;
  /** Last bar that it lives. */
  lastBar = Infinity;
  /** A market order that a delayed stop has become waits until this bar. */
  notBefore = 0;
  /** It has seen no price yet. */
  isNew = true;
  /** It became live inside the present bar. */
  isInside = false;
  request: OrderRequest | null = null;

  copy(): LiveOrder {
    return Object.assign(new LiveOrder(), this);
  }

  /** Whether a price has passed the level: strictly for a limit unless touching is enough, on touch for a stop. */
  isPassedAt(price: number, touchFills: boolean): boolean {
    const beyond = this.side * (price - this.level);
    if (this.mode === 'limit') return touchFills ? beyond <= 0 : beyond < 0;
    return beyond >= 0;
  }

  /** Follows the best price for the trader at a close; the level acts from the next bar. */
  trail(best: number): void {
    if (this.trailFrac === 0) return;
    if (Number.isNaN(this.watermark)) this.watermark = best;
    else this.watermark = this.side < 0 ? Math.max(this.watermark, best) : Math.min(this.watermark, best);
    this.level = this.watermark * (1 + this.side * this.trailFrac);
  }
}

/**
 * An order from a request of known quantity (NaN: a market order that is sized at its open).
 *
 * throws  InputError `order-invalid`
 */
export function liveOrder(id: number, request: OrderRequest, qty: number, bar: number): LiveOrder {
  checkRequest(request);
  const order = new LiveOrder();
  const { type, side, timeInForce = 'gtc' } = request;
  Object.assign(order, { id, request, side: side === 'buy' ? 1 : -1, remaining: qty, reduceOnly: request.reduceOnly ?? false });
  Object.assign(order, { oco: request.oco ?? null, bracket: request.bracket ?? null, tag: request.tag ?? null });
  order.mode = type === 'trailing' ? 'stop' : type;
  order.kind = type === 'stop-limit' ? 'limit' : type;
  if (type === 'limit') order.postOnly = request.postOnly ?? false;
  if (type === 'trailing') order.trailFrac = request.trailFrac;
  applyPrices(order, request as { readonly limitPrice?: number; readonly stopPrice?: number });
  order.isImmediate = timeInForce === 'ioc' || timeInForce === 'fok';
  order.isAllOrNothing = timeInForce === 'fok';
  if (typeof timeInForce === 'object') order.lastBar = bar + timeInForce.bars;
  return order;
}

/** Puts changed prices and quantities into an order. throws InputError `order-invalid` */
export function changeOrder(order: LiveOrder, change: OrderChange): void {
  for (const [name, value] of Object.entries(change)) requireInput(value > 0 && Number.isFinite(value), 'order-invalid', name, 'above 0', value);
  if (change.qtyBase !== undefined) order.remaining = change.qtyBase;
  if (change.trailFrac !== undefined) order.trailFrac = change.trailFrac;
  applyPrices(order, change);
  order.isNew = true;
}

function applyPrices(order: LiveOrder, prices: { readonly limitPrice?: number; readonly stopPrice?: number }): void {
  const { limitPrice, stopPrice } = prices;
  if (order.mode === 'stop-limit') {
    order.limit = limitPrice ?? order.limit;
    order.level = stopPrice ?? order.level;
  } else if (order.mode === 'limit') order.level = limitPrice ?? order.level;
  else if (order.mode === 'stop') order.level = stopPrice ?? order.level;
}

function checkRequest(request: OrderRequest): void {
  const code = 'order-invalid';
  const { qtyBase, notionalQuote, equityFrac, bracket = {}, timeInForce } = request;
  const sizes = Object.entries({ qtyBase, notionalQuote, equityFrac }).filter(([, value]) => value !== undefined);
  if (sizes.length !== 1) throw new InputError(code, `an order must have exactly one of qtyBase, notionalQuote and equityFrac, has ${sizes.length}`);
  const { limitPrice, stopPrice, trailFrac } = request as { limitPrice?: number; stopPrice?: number; trailFrac?: number };
  for (const [name, value] of [...sizes, ...Object.entries({ limitPrice, stopPrice, trailFrac, ...bracket })]) {
    if (value !== undefined) requireInput(Number.isFinite(value) && value > 0, code, `${name} of a ${request.type} order`, 'finite and above 0', value);
  }
  if (trailFrac !== undefined) requireInput(trailFrac < 1, code, 'trailFrac', 'below 1', trailFrac);
  if (typeof timeInForce === 'object') requireInput(Number.isInteger(timeInForce.bars) && timeInForce.bars > 0, code, 'timeInForce.bars', 'a whole number above 0', timeInForce.bars);
}
