import { bpsToFrac } from '../core/index.ts';
import type { AccountRules, Costs, ExecutionRules, ExposureCaps, InstrumentRules } from '../simulate/index.ts';
import { Ledger, type Rates } from '../simulate/account.ts';
import type { ProtectiveOrders } from '../simulate/protective-orders.ts';
import { liquidationPrice, truncateToLot } from '../simulate/sizing.ts';
import { growBracket } from './bracket.ts';
import type { Ending, Hit, Pricing } from './hit.ts';
import { LiveOrder } from './live-order.ts';
import type { OrderEnd } from './types.ts';

/** What of the configuration decides fills. */
export interface WorldRules {
  readonly costs: Costs;
  readonly account: AccountRules;
  readonly rules: InstrumentRules;
  readonly execution: ExecutionRules;
  readonly caps: ExposureCaps;
}

/** Rounding of quantities: what is a cut, what is nothing left, what closes a position whole. */
const ALMOST = 1 - 1e-9;
const NOTHING = 1e-9;

/**
 * The account and the orders of one instrument at one moment. The engine keeps one; each of a bar's two paths is walked on a copy of it.
 *
 * source  docs/execution.md
 */
export class World {
  readonly ledger: Ledger;
  orders: LiveOrder[] = [];
  hits: Hit[] = [];
  endings: Ending[] = [];
  /** What may still be filled in this bar; Infinity without a cap. */
  capLeft = Infinity;
  nextId = 1;
  bar = 0;
  /** The bar's open: the scale below which a liquidation price is none. */
  open = 0;
  /** Of the bar; what square-root impact is measured against. */
  volume = Number.NaN;
  /** Of the real account: books a hit with everything that follows it. */
  observer: ((hit: Hit) => void) | null = null;
  /** Value and gross value of the account's other instruments. */
  otherValue = 0;
  otherGross = 0;
  /** Whether the liquidation level is met inside bars; several instruments are tested together instead. */
  isAlone = true;
  /** Inside a bar; children and triggered orders are then live on the rest of its path. */
  isWalking = false;
  /** The protection of a target position, until something has closed it on this path. */
  isProtected = true;
  private readonly protection: ProtectiveOrders;
  private readonly with: WorldRules;
  private readonly isMargin: boolean;
  private readonly touchFills: boolean;
  private readonly perInstrument: number;
  private readonly gross: number;
  private readonly slippage: number;
  private readonly impact: number;

  constructor(rates: Rates, rules: WorldRules, protection: ProtectiveOrders, initialCash: number) {
    this.with = rules;
    this.protection = protection;
    this.ledger = new Ledger(rates, { ...rules.account, initialCash }, rules.rules);
    this.slippage = rates.slippage;
    this.impact = bpsToFrac(rules.costs.impactBps);
    this.isMargin = rules.account.kind === 'margin';
    this.touchFills = rules.execution.limitFill === 'touch';
    this.gross = Math.min(rules.account.maxLeverage, rules.caps.gross ?? Infinity);
    this.perInstrument = Math.min(this.gross, rules.caps.perInstrument ?? Infinity);
  }

  /** Takes over another world's state, to walk a path from there. */
  copyFrom(other: World): void {
    this.ledger.copyFrom(other.ledger);
    this.orders = other.orders.map((order) => order.copy());
    this.hits = [];
    this.endings = [];
    this.capLeft = other.capLeft;
    this.nextId = other.nextId;
    this.bar = other.bar;
    this.open = other.open;
    this.volume = other.volume;
    this.otherValue = other.otherValue;
    this.otherGross = other.otherGross;
    this.isAlone = other.isAlone;
    this.isProtected = other.isProtected;
  }

  get side(): number {
    return Math.sign(this.ledger.qty);
  }

  /** Level of the protective stop that is met first; NaN where nothing is held or protected. */
  get stopLevel(): number {
    return this.isProtected && this.ledger.qty !== 0 ? this.protection.nearestStop(this.side) : Number.NaN;
  }

  get targetLevel(): number {
    return this.isProtected && this.ledger.qty !== 0 ? this.protection.target : Number.NaN;
  }

  get liquidationLevel(): number {
    if (!this.isMargin || !this.isAlone || this.ledger.qty === 0) return Number.NaN;
    return liquidationPrice(this.ledger.cash, this.ledger.qty, this.with.account.maintenanceFrac, this.open);
  }

  /** Whether anything could fill between two prices. */
  isReached(low: number, high: number, markLow: number, markHigh: number): boolean {
    for (const order of this.orders) {
      const rises = (order.mode === 'limit') === (order.side < 0);
      if (rises ? high >= order.level || markHigh >= order.level : low <= order.level || markLow <= order.level) return true;
    }
    if (this.ledger.qty === 0) return false;
    const stop = this.stopLevel;
    const target = this.targetLevel;
    const liquidation = this.liquidationLevel;
    if (this.ledger.qty > 0) return Math.min(low, markLow) <= stop || high >= target || Math.min(low, markLow) <= liquidation;
    return Math.max(high, markHigh) >= stop || low <= target || Math.max(high, markHigh) >= liquidation;
  }

  /** Whether a move down or up to a price trades through a limit level. */
  limitIsMet(falls: boolean, to: number, level: number): boolean {
    const beyond = falls ? level - to : to - level;
    return this.touchFills ? beyond >= 0 : beyond > 0;
  }

  /** Whether a limit lies at a price where a touch is enough. */
  isTouchedAt(order: LiveOrder, price: number): boolean {
    return this.touchFills && order.mode === 'limit' && order.level === price;
  }

  /** Whether a resting order has been passed at a price. */
  isPassed(order: LiveOrder, price: number): boolean {
    return order.mode !== 'market' && order.isPassedAt(price, this.touchFills);
  }

  /** A passed or touched order at a price: fills it, rests it as a limit, delays it, or ends it. */
  meet(order: LiveOrder, price: number, isOpen: boolean, isSession: boolean): void {
    if (order.mode === 'stop') {
      this.meetStop(order, price);
      return;
    }
    if (order.mode === 'stop-limit') {
      order.mode = 'limit';
      order.level = order.limit;
      order.isNew = order.side * (price - order.limit) < 0;
      if (!order.isNew) return;
    }
    const isMarketable = order.isNew && order.side * (price - order.level) < 0;
    if (isMarketable && order.postOnly) this.end(order, 'rejected-post-only');
    else if (isMarketable) this.attempt(order, price, 'within', order.level);
    else this.attempt(order, isOpen && isSession ? price : order.level, 'maker', order.level);
  }

  /** A touched stop is a market order: here, or where it is delayed or the volume cap refuses it, at a later open. */
  private meetStop(order: LiveOrder, price: number): void {
    order.mode = 'market';
    order.level = Number.NaN;
    order.trailFrac = 0;
    order.notBefore = this.bar + this.with.execution.stopDelayBars;
    if (order.notBefore === this.bar) this.attempt(order, price, 'taker', Number.NaN);
  }

  /** Limits that a price has not passed strictly rest from now on. */
  rest(price: number): void {
    for (const order of this.orders) if (order.mode === 'limit' && order.side * (price - order.level) >= 0) order.isNew = false;
  }

  isUnderMarginAt(price: number): boolean {
    const { cash, qty } = this.ledger;
    return this.isMargin && this.isAlone && qty !== 0 && cash + qty * price <= this.with.account.maintenanceFrac * Math.abs(qty) * price;
  }

  /** Closes the whole position at its protective stop or target. */
  meetProtection(isStop: boolean, price: number): void {
    const d = -this.ledger.qty;
    const kind = isStop ? (this.protection.isTrailNearest(this.side) ? 'trailing-stop' : 'stop-loss') : 'take-profit';
    if (isStop && this.with.execution.stopDelayBars > 0) {
      this.isProtected = false;
      this.orders.push(Object.assign(new LiveOrder(), {
        id: 0, kind, side: Math.sign(d), size: Math.abs(d), remaining: Math.abs(d), reduceOnly: true, notBefore: this.bar + this.with.execution.stopDelayBars, isNew: false,
      }));
      return;
    }
    const size = Math.min(Math.abs(d), this.capLeft);
    this.reprice(size);
    this.record({ orderId: 0, kind, d: Math.sign(d) * size, reference: price, pricing: isStop ? 'taker' : 'maker', limit: price, tag: null, isCut: false });
  }

  liquidate(price: number): void {
    if (this.ledger.qty !== 0) {
      this.record({ orderId: 0, kind: 'liquidation', d: -this.ledger.qty, reference: price, pricing: 'liquidation', limit: price, tag: null, isCut: false });
    }
    for (const order of this.orders) this.endings.push({ order, reason: 'account-liquidated' });
    this.orders = [];
  }

  /**
   * Fills what leverage or cash, lots, the minimum notional and the volume cap let through, in this order; what the cap refuses is carried or
   * cancelled, what the others take away is gone. `share` is the part of a market buy that the account can pay beside others.
   */
  attempt(order: LiveOrder, reference: number, pricing: Pricing, limit: number, share = order.remaining): void {
    const { ledger } = this;
    const { side } = order;
    const opposite = Math.max(0, -side * ledger.qty);
    if (order.reduceOnly && opposite === 0) {
      this.end(order, 'nothing-to-reduce');
      return;
    }
    const asked = Math.min(share, order.remaining);
    const wanted = order.reduceOnly ? Math.min(asked, opposite) : asked;
    this.reprice(wanted);
    const price = this.priceOf(side, reference, pricing, limit);
    const room = this.room(side, reference, price, pricing === 'maker' ? ledger.rates.maker : ledger.rates.taker);
    const most = Math.min(wanted, room);
    const allowed = Math.abs(most - opposite) <= NOTHING * opposite ? opposite : most;
    const isCut = allowed < wanted * ALMOST || share < order.remaining * ALMOST;
    const d = this.toLots(allowed, opposite);
    const refusal = this.refusalOf(order, d, d * price, room, opposite);
    if (refusal !== null) {
      this.end(order, refusal);
      return;
    }
    const isRefused = this.capLeft < d * ALMOST;
    if (order.isAllOrNothing && (isRefused || allowed < order.remaining * ALMOST)) {
      this.end(order, 'cancelled');
      return;
    }
    const filled = isRefused ? this.toLots(this.capLeft, opposite) : d;
    if (filled > 0) {
      this.record({ orderId: order.id, kind: order.kind, d: side * filled, reference, pricing, limit, tag: order.tag, isCut });
      this.book(order, filled, this.ledger.lastPrice);
      order.remaining = d - filled;
    }
    if (!isRefused) this.remove(order);
    else if (this.with.execution.volumeCapRemainder === 'cancel') this.end(order, 'cancelled');
    else order.refusedAt = this.bar;
  }

  /** Only what opens is truncated. */
  private toLots(size: number, opposite: number): number {
    return size <= opposite ? size : opposite + truncateToLot(size - opposite, this.with.rules.lotStep);
  }

  private refusalOf(order: LiveOrder, d: number, notional: number, room: number, opposite: number): OrderEnd | null {
    if (room <= 0) return 'rejected-margin';
    if (d <= 0) return 'rejected-lot';
    const isFirst = order.filledQty === 0;
    return isFirst && d > opposite && notional < this.with.rules.minNotionalQuote ? 'rejected-min-notional' : null;
  }

  /** An order after a fill of it: its group, its bracket. */
  private book(order: LiveOrder, d: number, price: number): void {
    order.filledQty += d;
    order.filledNotional += d * price;
    if (order.oco !== null) this.shrinkGroup(order, d);
    if (order.bracket !== null) growBracket(this, order, d);
  }

  private shrinkGroup(order: LiveOrder, d: number): void {
    for (const other of this.orders.filter(({ oco }) => oco === order.oco)) {
      if (other === order) continue;
      other.remaining -= d;
      if (other.remaining <= NOTHING * other.size) this.end(other, 'cancelled');
    }
  }

  end(order: LiveOrder, reason: OrderEnd): void {
    this.remove(order);
    this.endings.push({ order, reason });
  }

  private remove(order: LiveOrder): void {
    const at = this.orders.findIndex((one) => one === order);
    if (at >= 0) this.orders.splice(at, 1);
  }

  private priceOf(side: number, reference: number, pricing: Pricing, limit: number): number {
    if (pricing === 'maker') return reference;
    return pricing === 'within' ? this.ledger.takerPriceWithin(side, reference, limit) : this.ledger.takerPrice(side, reference);
  }

  /** Largest quantity that leverage, or cash on spot, allows: |q′|·P ≤ Λ·E′ after costs; what closes is always allowed. */
  room(side: number, reference: number, price: number, feeRate: number): number {
    const { cash, qty } = this.ledger;
    const held = side * qty;
    if (!this.isMargin && side < 0) return Math.max(0, qty);
    const equity = cash + qty * reference + this.otherValue;
    const unit = side * (price / reference - 1) + (feeRate * price) / reference;
    const alone = (this.perInstrument * equity - held * reference) / (reference * (1 + this.perInstrument * unit));
    const together = (this.gross * equity - this.otherGross - held * reference) / (reference * (1 + this.gross * unit));
    return Math.max(-held, 0, Math.min(alone, together));
  }

  /** Books a hit: on this world's own account, or by the engine, which follows the real one. */
  record(hit: Hit): void {
    if (this.observer !== null) {
      this.observer(hit);
      return;
    }
    this.apply(hit);
    this.hits.push(hit);
  }

  /** Square-root impact: slippage grows with the share of the bar's volume that an order asks for. */
  reprice(size: number): void {
    const { ledger, impact } = this;
    if (impact === 0) return;
    const slippage = this.slippage + (this.volume > 0 ? impact * Math.sqrt(size / this.volume) : 0);
    ledger.rates = { ...ledger.rates, slippage, impact: ledger.rates.halfSpread + slippage };
  }

  apply({ d, reference, pricing, limit }: Hit): void {
    const { ledger } = this;
    const before = ledger.qty;
    if (pricing === 'maker') ledger.fillMaker(d, reference);
    else if (pricing === 'within') ledger.fillTakerWithin(d, reference, limit);
    else if (pricing === 'taker') ledger.fillTaker(d, reference);
    else {
      ledger.fillLiquidation(reference);
      if (this.isAlone) ledger.absorbShortfall();
    }
    this.capLeft -= Math.abs(d);
    if (this.capLeft < NOTHING * Math.abs(d)) this.capLeft = 0;
    if (before * ledger.qty <= 0) this.isProtected = before === 0;
  }
}
