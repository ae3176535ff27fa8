import type { EndReason, FillKind, LiveOrder, OrderTerms, World } from './plain-orders-types.ts';

/** accounting §2: P′ of a taker, rounded to a tick against the trader. */
export function takerPrice(reference: number, sign: number, terms: OrderTerms): number {
  const price = reference * (1 + sign * (terms.halfSpread + terms.slippage));
  if (terms.tick === 0) return price;
  const whole = Math.round(price / terms.tick);
  if (Math.abs(price / terms.tick - whole) < 1e-9) return whole * terms.tick;
  return (sign > 0 ? Math.ceil(price / terms.tick) : Math.floor(price / terms.tick)) * terms.tick;
}

/** accounting §6: E(P) ≤ m|q|P */
export function isUnderMargin(world: World, price: number, terms: OrderTerms): boolean {
  return terms.isMargin && world.qty !== 0 && world.cash + world.qty * price <= terms.maintenance * Math.abs(world.qty) * price;
}

export function end(world: World, t: number, order: LiveOrder, why: EndReason): void {
  world.orders = world.orders.filter((other) => other !== order);
  world.ended.push({ bar: t, nth: order.nth, kind: order.kind, why });
}

export function liquidate(world: World, t: number, price: number, terms: OrderTerms): void {
  pay(world, t, null, 'liquidation', -world.qty, price, price, terms.liquidationFee, terms);
  // Where the liquidation fee eats the whole maintenance margin, rounding alone decides between nothing left and nothing owed.
  if (Math.abs(world.cash) < 1e-9 * terms.initialCash) world.isDust = true;
  if (world.cash < 0) world.cash = 0;
  for (const order of world.orders) world.ended.push({ bar: t, nth: order.nth, kind: order.kind, why: 'liquidation' });
  world.orders = [];
}

function pay(world: World, t: number, nth: number | null, kind: FillKind, d: number, reference: number, price: number, rate: number, terms: OrderTerms): void {
  const fee = rate * Math.abs(d) * price;
  world.cash = world.cash - d * price - fee;
  world.qty += d;
  if (world.qty !== 0 && Math.abs(world.qty) * price < 1e-9 * terms.initialCash) world.isDust = true;
  world.fills.push({ bar: t, nth, kind, d, reference, price, fee });
}

/** The most that may be bought (sold) at P′ where the price is P, so that |q′|·P ≤ Λ·E′ after costs; what closes a position always may. */
export function allowed(world: World, sign: number, reference: number, price: number, rate: number, terms: OrderTerms): number {
  if (!terms.isMargin && sign < 0) return Math.max(0, world.qty);
  const leverage = terms.isMargin ? terms.maxLeverage : 1;
  const costOfAUnit = sign * (price - reference) + rate * price;
  const worth = world.cash + world.qty * reference;
  const most = (leverage * worth - sign * world.qty * reference) / (reference + leverage * costOfAUnit);
  if (Math.abs(most) * reference < 1e-9 * terms.initialCash) world.isDust = true;
  return Math.max(closable(world, sign), most, 0);
}

export function closable(world: World, sign: number): number {
  return Math.max(0, -sign * world.qty);
}

/** Only what opens is truncated. */
function toLots(world: World, size: number, sign: number, terms: OrderTerms): number {
  const closing = Math.min(size, closable(world, sign));
  const opening = size - closing;
  if (terms.lot === 0 || opening <= 0) return size;
  const whole = Math.round(opening / terms.lot);
  return closing + (Math.abs(opening / terms.lot - whole) < 1e-9 ? whole : Math.floor(opening / terms.lot)) * terms.lot;
}

/** One order at a reference price: cut, fill, shrink what shares its name, bring its bracket, carry or drop the rest. */
export function fill(world: World, t: number, order: LiveOrder, reference: number, isTaker: boolean, isInside: boolean, terms: OrderTerms, share = order.left): void {
  const { sign } = order;
  const isLimit = order.type === 'limit' || order.type === 'stop-limit';
  const raw = isTaker ? takerPrice(reference, sign, terms) : reference;
  const price = isTaker && isLimit ? (sign > 0 ? Math.min(raw, order.limit) : Math.max(raw, order.limit)) : raw;
  const rate = isTaker ? terms.taker : terms.maker;

  let size = Math.min(share, order.left);
  if (order.reduceOnly) size = Math.min(size, closable(world, sign));
  if (size === 0) return end(world, t, order, share > 0 ? 'reduce-only' : 'no-money');
  const most = allowed(world, sign, reference, price, rate, terms);
  const isCut = share < order.left * (1 - 1e-9) || most < size * (1 - 1e-9);
  if (most < size) size = most;
  // What is within rounding of the position closes it whole.
  if (Math.abs(size - closable(world, sign)) <= 1e-9 * closable(world, sign)) size = closable(world, sign);
  if (size === 0) return end(world, t, order, 'no-money');
  const isWhole = size >= order.left * (1 - 1e-9);

  const lots = toLots(world, size, sign, terms);
  if (lots === 0) return end(world, t, order, 'lot');
  if (order.filled === 0 && lots > closable(world, sign)) {
    if (terms.minNotional > 0 && Math.abs(lots * price - terms.minNotional) < 1e-9 * terms.minNotional) world.isDust = true;
    if (lots * price < terms.minNotional) return end(world, t, order, 'min-notional');
  }
  const isRefused = world.room < lots * (1 - 1e-9);
  if (order.timeInForce === 'fok' && (isRefused || !isWhole)) return end(world, t, order, 'fok');
  const filled = isRefused ? toLots(world, world.room, sign, terms) : lots;
  if (isRefused && Math.abs(lots - world.room) < 1e-9 * lots) world.isDust = true;
  if (filled > 0) {
    if (isCut) world.cuts++;
    pay(world, t, order.nth, order.kind, sign * filled, reference, price, rate, terms);
    world.room -= filled;
    if (world.room < 1e-9 * filled) world.room = 0;
    order.filled += filled;
    order.paid += filled * price;
    shrinkOthers(world, t, order, filled);
    if (order.bracket !== null) protect(world, t, order, filled, isInside);
  }
  if (filled > 0) order.left = lots - filled;
  if (!isRefused) world.orders = world.orders.filter((other) => other !== order);
  else if (terms.volumeRest === 'cancel') end(world, t, order, 'volume');
  else order.refusedAt = t;
}

function shrinkOthers(world: World, t: number, order: LiveOrder, filled: number): void {
  if (order.oco === null) return;
  for (const other of world.orders.filter(({ oco }) => oco === order.oco)) {
    if (other === order) continue;
    other.left -= filled;
    if (other.left <= 1e-9 * other.qtyBase) end(world, t, other, 'oco');
  }
}

/** A bracket under what was filled; where one lives already it grows, and its stop and target follow the average price. */
function protect(world: World, t: number, entry: LiveOrder, filled: number, isInside: boolean): void {
  const name = `bracket of ${entry.nth}`;
  const average = entry.paid / entry.filled;
  const { stopLossFrac = 0, takeProfitFrac = 0, trailFrac = 0 } = entry.bracket ?? {};
  const stop = average * (1 - entry.sign * stopLossFrac);
  const limit = average * (1 + entry.sign * takeProfitFrac);
  const living = world.orders.filter(({ oco, kind }) => oco === name && kind.startsWith('bracket'));
  for (const child of living) {
    child.left += filled;
    if (child.kind === 'bracket-stop') child.stop = stop;
    if (child.kind === 'bracket-target') child.limit = limit;
  }
  if (living.length > 0) return;
  const put = (kind: FillKind, type: LiveOrder['type']): void => {
    world.orders.push({
      nth: entry.nth, place: world.places++, kind, type, sign: entry.sign > 0 ? -1 : 1, qtyBase: filled, postOnly: false, reduceOnly: true, oco: name,
      timeInForce: 'gtc', bracket: null, trailFrac, left: filled, limit, stop, watermark: average, isNew: true, hasSeenOpen: true, isTriggered: false,
      bornInside: isInside ? t : -1, activeFrom: kind === 'bracket-trail' ? t + 1 : t, refusedAt: -1, lived: 0, filled: 0, paid: 0,
    });
  };
  if (stopLossFrac > 0) put('bracket-stop', 'stop');
  if (takeProfitFrac > 0) put('bracket-target', 'limit');
  if (trailFrac > 0) put('bracket-trail', 'trailing');
}
