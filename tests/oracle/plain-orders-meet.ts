import { end, fill } from './plain-orders-fill.ts';
import type { LiveOrder, OrderTerms, World } from './plain-orders-types.ts';

/** Where an order waits: its stop until triggered, else its limit. */
export function levelOf(order: LiveOrder): number {
  if (order.type === 'trailing') return order.watermark * (1 + order.sign * order.trailFrac);
  return order.type === 'limit' || order.isTriggered ? order.limit : order.stop;
}

export const isMarketNow = ({ type, isTriggered }: LiveOrder): boolean => type === 'market' || (isTriggered && type !== 'stop-limit');

export const isStopNow = ({ type, isTriggered }: LiveOrder): boolean => type !== 'market' && type !== 'limit' && !isTriggered;

export const isLimitNow = ({ type, isTriggered }: LiveOrder): boolean => type === 'limit' || (type === 'stop-limit' && isTriggered);

/** A limit that the price is strictly beyond: below for a buy. */
export const isStrictlyPassed = (order: LiveOrder, price: number): boolean => order.sign * (order.limit - price) > 0;

/** A stop is passed on touch: by a price above for a buy. */
export const isStopPassed = (order: LiveOrder, price: number): boolean => order.sign * (price - levelOf(order)) >= 0;

/** An order that the price has reached or passed. */
export function meet(world: World, t: number, order: LiveOrder, price: number, isInside: boolean, terms: OrderTerms): void {
  if (isStopNow(order)) {
    order.isTriggered = true;
    if (order.type !== 'stop-limit') return fill(world, t, order, price, true, isInside, terms);
    order.isNew = true;
    if (!isStrictlyPassed(order, price)) {
      order.isNew = false;
      return;
    }
  }
  if (!order.isNew || !isStrictlyPassed(order, price)) {
    fill(world, t, order, isInside || !terms.isAuction ? order.limit : price, false, isInside, terms);
  } else if (order.postOnly) end(world, t, order, 'post-only');
  else fill(world, t, order, price, true, isInside, terms);
}

/** A limit that the price has not passed strictly rests from now on. */
export function settle(world: World, price: number): void {
  for (const order of world.orders) if (isLimitNow(order) && !isStrictlyPassed(order, price)) order.isNew = false;
}
