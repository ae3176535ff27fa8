import type { Candle } from './plain-books.ts';
import { allowed, closable, end, fill, isUnderMargin, liquidate, takerPrice } from './plain-orders-fill.ts';
import { isLimitNow, isMarketNow, isStopNow, isStopPassed, isStrictlyPassed, levelOf, meet, settle } from './plain-orders-meet.ts';
import { copyOf, type Instruction, type LiveOrder, type OrderTerms, type PlainOrder, type PlainOrdersResult, type World } from './plain-orders-types.ts';
import { walk } from './plain-orders-walk.ts';

/**
 * The orders of one instrument told slowly, written from execution.md and accounting.md and not from the engine: one bar and one order at a
 * time; both paths of every bar are walked in full on a deep copy of everything, and one of the two copies is kept.
 *
 * Where the text leaves room it reads:
 *
 * Going live
 * - opening orders count first in `nth` and are placed at the open of bar 0: that open starts their trailing watermark and stands for the last close
 * - a bar of volume 0 is no open: orders wait, and the next open that trades is their first; `{ bars: n }` counts it all the same
 * - a limit that was marketable and found no volume under the cap is still marketable at the next open, if that has passed it strictly
 * - a replaced order goes live anew at the next open (marketable, post-only, ioc and fok are judged again); its place among the orders and the
 *   bars it has lived go on; `qty` is what is still to be filled; `price` is the limit of a limit or stop-limit, the stop of a stop, else ignored
 * - a replaced stop that was already touched stays a market order, a triggered stop-limit stays a limit
 * - the trigger of a stop-limit and its first look as a limit are one event
 *
 * At the open
 * - several market orders: sells in order of placing, each cut by itself; then one factor for all buys, from what the sells left
 * - a stop-limit lies at its stop until triggered, for the distance from the last close
 * - passed at first open under `touch` but not strictly: resting, maker at its level
 * - ioc and fok that live on after step 2 of their first open end there, an untouched stop among them
 * - fok: a cut of any kind (volume, leverage, holdings, reduce-only, the factor of the buys) is not all; truncation to lots is no cut
 * - several orders passed: distance and order of placing alone, protection has no precedence there; a bracket's orders are placed at the fill of
 *   their entry, stop, target, trailing stop
 * - the margin is looked at again after all market orders together, then after each order the open passed
 * - a level of liquidation that fills at the open, or a fill inside, have themselves put behind the price is met at once at that price
 *
 * Inside
 * - the stop and the trailing stop of a bracket are the protection of the ties, in this order, then liquidation; its target is an order like others
 * - the same fills in another order are no other fills
 * - a fill within 1e-9 of the position closes it whole
 * - where the fills are the same, the copy of the tie rule is kept (orders left may differ)
 * - q of the tie rule is the quantity after step 2
 *
 * Size
 * - cuts first (reduce-only, then money at the fill's own reference price), then lots, then the minimum notional, then the volume cap
 * - what a cut or the lots take away is gone; only what the volume cap refuses is carried or cancelled
 * - an order that the cap leaves without any fill in a bar keeps its whole size, what money would have cut included
 * - the minimum notional is asked at an order's first fill, and only where it opens something; a fill that only closes is never rejected
 * - lots truncate what opens, the closing part of a reversal never; a whole number of lots survives rounding noise of 1e-9
 * - the cap counts every fill of the bar but liquidations; an order that it has cut waits for the next bar, even if a lot would not fit into the room
 * - the rest of a touched stop is a market order at the next open, among the others, and keeps its kind; the rest of a limit rests
 * - no tick rounding of levels; P′ of a marketable limit is rounded, then held to its limit
 *
 * Brackets and OCO
 * - a bracket stands under every quantity its entry filled, even where the entry only closed something
 * - a further partial fill of the entry adds to its living bracket, moves stop and target to the average price, and leaves the watermark alone;
 *   where the bracket is gone it brings a new one under that part
 * - reduce-only orders, a bracket's too, live on while there is no position and are cancelled when they would fill
 * - only fills shrink; a cancel, an expiry or a rejection leaves the other orders of the name alone; a cancelled entry leaves its bracket
 * - a fill shrinks the living orders of its name, whatever their side; one placed later is not shrunk; nothing left is 1e-9 of the order or less
 * - a child cut to the position is done; the others keep what that leaves them
 * - a liquidation ends every order
 *
 * Money as in the plain account: borrow while something is held, over the bar's length. Not told: funding inside the bar, sizes in
 * quote or equity, absolute levels of a bracket, targets of exposure, finer bars, several instruments.
 */
export function plainOrders(candles: readonly Candle[], script: readonly (readonly Instruction[])[], terms: OrderTerms, openingOrders: readonly PlainOrder[] = []): PlainOrdersResult {
  const equity: number[] = [];
  const qty: number[] = [];
  let ambiguousBars = 0;
  let orders = 0;
  let world: World = { cash: terms.initialCash, qty: 0, orders: [], fills: [], ended: [], room: 0, places: 0, cuts: 0, isDust: false };
  for (const order of openingOrders) place(world, orders++, order, 0, candles[0].open);

  candles.forEach((candle, t) => {
    payFunding(world, t, candle, terms);
    world.room = terms.volumeCapFrac > 0 && candle.volume !== null ? terms.volumeCapFrac * candle.volume : Number.POSITIVE_INFINITY;
    if (isUnderMargin(world, candle.open, terms)) liquidate(world, t, candle.open, terms);
    else if (candle.volume !== 0) atTheOpen(world, t, candle.open, t === 0 ? candle.open : candles[t - 1].close, terms);

    const { open, low, high, close } = candle;
    const lowFirst = walk(copyOf(world), t, [open, low, high, close], candle.volume !== 0, terms);
    const highFirst = walk(copyOf(world), t, [open, high, low, close], candle.volume !== 0, terms);
    const differ = sequence(lowFirst) !== sequence(highFirst);
    if (differ) ambiguousBars++;
    world = believed(lowFirst, highFirst, differ, world.qty < 0, candle, terms);

    payBorrow(world, close, terms);
    equity.push(world.cash + world.qty * close);
    qty.push(world.qty);
    atTheClose(world, t, candle);
    for (const instruction of script[t] ?? []) {
      if (instruction.do === 'place') place(world, orders++, instruction.order, t + 1, close);
      else change(world, t, instruction);
    }
  });
  return { fills: world.fills, ended: world.ended, equity, qty, ambiguousBars, cuts: world.cuts, isDust: world.isDust };
}

function place(world: World, nth: number, order: PlainOrder, activeFrom: number, price: number): void {
  world.orders.push({
    nth, place: world.places++, kind: order.type === 'stop-limit' ? 'limit' : order.type, type: order.type, sign: order.side === 'buy' ? 1 : -1,
    qtyBase: order.qtyBase, postOnly: order.postOnly ?? false, reduceOnly: order.reduceOnly ?? false, oco: order.oco ?? null,
    timeInForce: order.timeInForce ?? 'gtc', bracket: order.bracket ?? null, trailFrac: order.trailFrac ?? 0, left: order.qtyBase,
    limit: order.limitPrice ?? Number.NaN, stop: order.stopPrice ?? Number.NaN, watermark: price, isNew: true, hasSeenOpen: false,
    isTriggered: false, bornInside: -1, activeFrom, refusedAt: -1, lived: 0, filled: 0, paid: 0,
  });
}

function change(world: World, t: number, instruction: Exclude<Instruction, { do: 'place' }>): void {
  const order = world.orders.find(({ nth, kind }) => nth === instruction.nth && !kind.startsWith('bracket'));
  if (order === undefined) return;
  if (instruction.do === 'cancel') {
    end(world, t, order, 'cancelled');
    return;
  }
  const { price, qty } = instruction;
  if (price !== undefined && (order.type === 'limit' || order.type === 'stop-limit')) order.limit = price;
  if (price !== undefined && order.type === 'stop') order.stop = price;
  if (qty !== undefined) order.left = qty;
  order.isNew = true;
  order.hasSeenOpen = false;
}

/** Funding due at the open, on the quantity carried in. */
function payFunding(world: World, t: number, candle: Candle, terms: OrderTerms): void {
  for (const { bar, rate, mark } of terms.funding) if (bar === t) world.cash -= world.qty * (mark ?? candle.open) * rate;
}

function payBorrow(world: World, close: number, terms: OrderTerms): void {
  if (world.qty === 0) return;
  const owed = Math.max(0, -world.qty * close) + Math.max(0, -world.cash);
  world.cash -= terms.borrow * owed * (terms.barMs / (365 * 24 * 3600 * 1000));
}

function atTheOpen(world: World, t: number, open: number, lastClose: number, terms: OrderTerms): void {
  const waiting = world.orders.filter((order) => order.activeFrom <= t && isMarketNow(order));
  const still = (order: LiveOrder): boolean => world.orders.includes(order);
  for (const order of waiting) if (order.sign < 0 && still(order)) fill(world, t, order, open, true, false, terms);
  const buys = waiting.filter((order) => order.sign > 0 && still(order));
  const factor = shareOfTheBuys(world, buys, open, terms);
  const wanted = buys.map(({ left }) => left * factor);
  buys.forEach((order, i) => {
    if (still(order)) fill(world, t, order, open, true, false, terms, factor < 1 ? wanted[i] : order.left);
  });
  if (isUnderMargin(world, open, terms)) liquidate(world, t, open, terms);

  for (let order = nextPassed(world, t, open, lastClose, terms); order !== null; order = nextPassed(world, t, open, lastClose, terms)) {
    meet(world, t, order, open, false, terms);
    if (isUnderMargin(world, open, terms)) liquidate(world, t, open, terms);
  }
  settle(world, open);
  for (const order of world.orders.filter(({ activeFrom }) => activeFrom <= t)) {
    if (!order.hasSeenOpen && (order.timeInForce === 'ioc' || order.timeInForce === 'fok')) end(world, t, order, order.timeInForce);
    order.hasSeenOpen = true;
  }
}

function shareOfTheBuys(world: World, buys: readonly LiveOrder[], open: number, terms: OrderTerms): number {
  if (buys.length < 2) return 1;
  let total = 0;
  for (const { left, reduceOnly } of buys) total += reduceOnly ? Math.min(left, Math.max(0, closable(world, 1) - total)) : left;
  const most = allowed(world, 1, open, takerPrice(open, 1, terms), terms.taker, terms);
  return total > most ? most / total : 1;
}

function nextPassed(world: World, t: number, open: number, lastClose: number, terms: OrderTerms): LiveOrder | null {
  const passed = world.orders.filter((order) => {
    if (order.activeFrom > t || order.refusedAt === t) return false;
    if (isStopNow(order)) return isStopPassed(order, open);
    if (!isLimitNow(order)) return false;
    return isStrictlyPassed(order, open) || (terms.limitFill === 'touch' && order.limit === open);
  });
  const distance = (order: LiveOrder): number => Math.abs(levelOf(order) - lastClose);
  return passed.toSorted((a, b) => distance(a) - distance(b) || a.place - b.place)[0] ?? null;
}

/** The fills in any order: the same fills on another way are no difference. */
function sequence(world: World): string {
  return world.fills.map(({ bar, nth, kind, d, reference, price }) => `${bar} ${nth} ${kind} ${d.toPrecision(10)} at ${reference} for ${price}`).toSorted().join('\n');
}

function believed(lowFirst: World, highFirst: World, differ: boolean, isShort: boolean, { open, high, low, close }: Candle, terms: OrderTerms): World {
  const againstFirst = isShort ? highFirst : lowFirst;
  if (terms.policy === 'path') return open - low === high - open ? againstFirst : open - low < high - open ? lowFirst : highFirst;
  const [a, b] = [lowFirst, highFirst].map((world) => world.cash + world.qty * close);
  // Equal sums of other fills are equal to the last bit only by chance of their order.
  if (differ && Math.abs(a - b) < 1e-9 * terms.initialCash) againstFirst.isDust = lowFirst.isDust = highFirst.isDust = true;
  if (!differ || a === b) return againstFirst;
  return a < b === (terms.policy === 'pessimistic') ? lowFirst : highFirst;
}

/** Trailing levels for the next bar, then what has lived its bars. */
function atTheClose(world: World, t: number, { high, low, close }: Candle): void {
  for (const order of world.orders) {
    if (order.type !== 'trailing' || (order.activeFrom > t && order.kind !== 'bracket-trail')) continue;
    const extreme = order.sign < 0 ? high : low;
    const seen = order.bornInside === t ? close : extreme;
    order.watermark = order.sign < 0 ? Math.max(order.watermark, seen) : Math.min(order.watermark, seen);
  }
  for (const order of world.orders.filter(({ activeFrom }) => activeFrom <= t)) {
    order.lived++;
    if (typeof order.timeInForce === 'object' && order.lived >= order.timeInForce.bars) end(world, t, order, 'expired');
  }
}
