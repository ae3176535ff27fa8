import type { SimulationConfig } from '../simulate/index.ts';
import { isAfterGap } from '../simulate/pending-order.ts';
import { acceptedByVenue, orderForExposure, truncateToLot } from '../simulate/sizing.ts';
import type { Tally } from '../simulate/totals.ts';
import type { SharedAccount } from './account.ts';
import type { LiveOrder } from './live-order.ts';
import type { Seat } from './seat.ts';
import { quantityToPosition } from './sizing.ts';
import type { OrderRequest } from './types.ts';

/** A market order, or the target order where there is none, of signed quantity d. */
interface Intent {
  readonly seat: Seat;
  readonly order: LiveOrder | null;
  readonly d: number;
}

/**
 * Market orders and targets of all instruments at one price each: an open, or the close that decided.
 *
 * source  accounting.md §3; docs/execution.md (a bar, in order, 2)
 */
export class MarketOrders {
  private readonly account: SharedAccount;
  private readonly config: SimulationConfig;
  private readonly tally: Tally;

  constructor(account: SharedAccount, config: SimulationConfig, tally: Tally) {
    this.account = account;
    this.config = config;
    this.tally = tally;
  }

  /** Market orders at a price: all sized first, then sells, then buys. */
  settle(price: (seat: Seat) => number): void {
    if (!this.hasMarketOrders()) return;
    const equity = this.account.equity(price);
    const intents: Intent[] = [];
    for (const seat of this.account.seats) if (seat.isHere) intents.push(...this.intentsOf(seat, equity, price(seat)));
    for (const { seat, order, d } of intents) if (d < 0) this.fillIntent(seat, order, d, price(seat), 1);
    const scale = this.buyScale(intents, price);
    const shares = intents.map(({ order, d }) => (order === null ? d : order.remaining) * (this.account.seats.length > 1 && order?.isAllOrNothing ? 1 : scale));
    intents.forEach(({ seat, order, d }, i) => {
      if (d > 0) this.fillIntent(seat, order, order === null ? d : shares[i], price(seat), scale);
    });
  }

  private hasMarketOrders(): boolean {
    for (const { target, world } of this.account.seats) {
      if (!Number.isNaN(target.x)) return true;
      for (const { mode } of world.orders) if (mode === 'market') return true;
    }
    return false;
  }

  private intentsOf(seat: Seat, equity: number, price: number): Intent[] {
    const { world, target } = seat;
    const waiting = world.orders.filter(({ mode, notBefore }) => mode === 'market' && notBefore <= seat.row);
    if (!seat.canTrade) {
      this.tally.waitedForVolume += (Number.isNaN(target.x) ? 0 : 1) + waiting.length;
      return [];
    }
    const orders = waiting.map((order) => {
      if (Number.isNaN(order.size)) order.size = order.remaining = sizeAt(order.request as OrderRequest, equity, price, world.ledger.costPerNotional(order.side, price));
      return { seat, order, d: order.side * order.remaining };
    });
    if (Number.isNaN(target.x)) return orders;
    return [{ seat, order: null, d: this.targetQuantity(seat, equity, price) }, ...orders];
  }

  private targetQuantity(seat: Seat, equity: number, price: number): number {
    const { world, target, sizer } = seat;
    const { x, frozen } = target;
    const { rules, account } = this.config;
    world.reprice(Math.abs((x * equity) / price - world.ledger.qty));
    target.x = Number.NaN;
    const position = sizer.positionAt(x, frozen, equity, price);
    if (Number.isNaN(position) || x === 0) return orderForExposure(x, equity, price, world.ledger, rules, this.tally);
    const wanted = quantityToPosition(position, equity, price, world.ledger, account.maxLeverage);
    if (wanted === 0) return 0;
    const reverses = world.ledger.qty * (world.ledger.qty + wanted) < 0;
    const d = reverses ? truncateToLot(world.ledger.qty + wanted, rules.lotStep) - world.ledger.qty : truncateToLot(wanted, rules.lotStep);
    return acceptedByVenue(d, price, world.ledger, rules, this.tally);
  }

  private fillIntent(seat: Seat, order: LiveOrder | null, d: number, price: number, scale: number): void {
    const { world, target } = seat;
    this.account.seeOthers(seat);
    if (order !== null) {
      if (world.orders.includes(order)) world.attempt(order, price, 'taker', Number.NaN, Math.abs(d));
      return;
    }
    const before = world.ledger.qty;
    const { rules } = this.config;
    const scaled = scale < 1 && d > 0 ? acceptedByVenue(truncateToLot(d * scale, rules.lotStep), price, world.ledger, rules, this.tally) : d;
    const size = Math.min(Math.abs(scaled), world.capLeft);
    if (size === 0) return;
    if (size < Math.abs(scaled)) this.carryTarget(seat);
    world.record({ orderId: 0, kind: 'market', d: Math.sign(scaled) * size, reference: price, pricing: 'taker', limit: price, tag: null, isCut: false });
    this.tally.filled++;
    if (isAfterGap(seat.bars, target.bar, seat.row)) this.tally.afterGap++;
    seat.protect(before);
  }

  /** What the volume cap has cut off a target order goes on at the next open. */
  private carryTarget({ target, lastSent }: Seat): void {
    if (this.config.execution.volumeCapRemainder === 'carry') target.x = lastSent;
  }

  /** Share of all buys of several instruments that the cash left by the sells can pay. */
  private buyScale(intents: readonly Intent[], price: (seat: Seat) => number): number {
    if (this.account.seats.length === 1) return this.shareOfTheBuys(intents, price(this.account.seats[0]));
    if (this.account.isMargin) return 1;
    let cash = this.account.equity(() => 0);
    let cost = 0;
    for (const { seat, order, d } of intents) {
      const at = price(seat);
      const { ledger } = seat.world;
      if (d > 0 && order?.isAllOrNothing !== true) cost += d * at * (1 + ledger.costPerNotional(1, at));
    }
    return cost > cash ? Math.max(0, cash) / cost : 1;
  }

  /** Of several market buys of one instrument: the part that leverage or cash allows after the sells. */
  private shareOfTheBuys(intents: readonly Intent[], price: number): number {
    const buys = intents.filter(({ seat, order, d }) => order !== null && d > 0 && seat.world.orders.includes(order));
    if (buys.length < 2) return 1;
    const [{ seat: { world } }] = buys;
    const opposite = Math.max(0, -world.ledger.qty);
    let total = 0;
    for (const { order } of buys) {
      const { remaining = 0, reduceOnly = false } = order ?? {};
      total += reduceOnly ? Math.min(remaining, Math.max(0, opposite - total)) : remaining;
    }
    const most = world.room(1, price, world.ledger.takerPrice(1, price), world.ledger.rates.taker);
    return total > most ? most / total : 1;
  }
}

/** Quantity of an order at a price: as given, by notional, or as a share of equity with the cost of a unit. source  accounting.md §3 */
export function sizeAt({ qtyBase, notionalQuote, equityFrac = 0 }: OrderRequest, equity: number, price: number, unit: number): number {
  if (qtyBase !== undefined) return qtyBase;
  if (notionalQuote !== undefined) return notionalQuote / price;
  return (equityFrac * Math.max(0, equity)) / (price * (1 + equityFrac * unit));
}
