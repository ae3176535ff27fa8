import { isUnderMargin, liquidate } from './plain-orders-fill.ts';
import { isLimitNow, isStopNow, isStopPassed, isStrictlyPassed, levelOf, meet, settle } from './plain-orders-meet.ts';
import type { LiveOrder, OrderTerms, World } from './plain-orders-types.ts';

/** What a straight move meets next; no order where it is the liquidation. */
interface Met {
  readonly price: number;
  readonly order: LiveOrder | null;
  readonly rank: number;
}

/** Straight moves from price to price; on each, what lies in between is met in the order of the move. */
export function walk(world: World, t: number, prices: readonly number[], trades: boolean, terms: OrderTerms): World {
  for (let leg = 1; leg < prices.length; leg++) {
    let at = prices[leg - 1];
    let hasFilled = false;
    for (let met = next(world, t, at, prices[leg], prices[0], trades, hasFilled, terms); met !== null; met = next(world, t, at, prices[leg], prices[0], trades, hasFilled, terms)) {
      at = met.price;
      if (met.order === null) liquidate(world, t, at, terms);
      else meet(world, t, met.order, at, true, terms);
      settle(world, at);
      hasFilled = true;
    }
  }
  return world;
}

function next(world: World, t: number, at: number, to: number, open: number, trades: boolean, hasFilled: boolean, terms: OrderTerms): Met | null {
  const met: Met[] = [];
  const lies = (level: number): boolean => Math.min(at, to) <= level && level <= Math.max(at, to);
  if (hasFilled && isUnderMargin(world, at, terms)) met.push({ price: at, order: null, rank: 2 });
  else if (terms.isMargin && world.qty !== 0) {
    const price = -world.cash / (world.qty - terms.maintenance * Math.abs(world.qty));
    if (price > 1e-9 * open && lies(price)) met.push({ price, order: null, rank: 2 });
  }
  for (const order of trades ? world.orders : []) {
    if (order.activeFrom > t || order.refusedAt === t) continue;
    const rank = order.kind === 'bracket-stop' ? 0 : order.kind === 'bracket-trail' ? 1 : 3 + order.place;
    const level = levelOf(order);
    if (isStopNow(order)) {
      if (isStopPassed(order, at)) met.push({ price: at, order, rank });
      else if (lies(level)) met.push({ price: level, order, rank });
    } else if (isLimitNow(order)) {
      if (order.isNew && isStrictlyPassed(order, at)) met.push({ price: at, order, rank });
      else if (lies(level) && (terms.limitFill === 'touch' || isStrictlyPassed(order, to))) met.push({ price: level, order, rank });
    }
  }
  return met.toSorted((a, b) => Math.abs(a.price - at) - Math.abs(b.price - at) || a.rank - b.rank)[0] ?? null;
}
