import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { FeeMeter } from '../simulate/fee-meter.ts';
import type { Decisions, SimulationBuffers, SimulationConfig, SimulationTotals } from '../simulate/index.ts';
import { Paid } from '../simulate/account.ts';
import { fractionAt } from '../simulate/decisions.ts';
import { isAfterGap } from '../simulate/pending-order.ts';
import { acceptedByVenue, orderForExposure, truncateToLot } from '../simulate/sizing.ts';
import { Tally, totalsOf } from '../simulate/totals.ts';
import { type Clock, clockOf, endsForGood } from './clock.ts';
import { BarContext, type Desk } from './context.ts';
import { changeOrder, liveOrder, type LiveOrder } from './live-order.ts';
import { Seat } from './seat.ts';
import { settlePassed } from './settle-passed.ts';
import { quantityToPosition } from './sizing.ts';
import { type TargetProtection, Targets } from './targets.ts';
import type { Fill, OrderChange, OrderEvent, OrderRequest } from './types.ts';
import { chooseAndWalk } from './two-paths.ts';

/** What drives an account: a strategy's own code at every close, or target exposures known beforehand, one series an instrument. */
export type Driver =
  | { readonly onBar: (context: BarContext) => void; readonly features?: readonly Readonly<Record<string, Float64Array>>[] }
  | { readonly decisions: readonly Decisions[] };

export interface OrderRun {
  /** Instruments of one account; each has its own bars, listing and gaps. */
  readonly markets: readonly Bars[];
  readonly config: SimulationConfig;
  readonly driver: Driver;
  /** Orders that are live from the first open. */
  readonly openingOrders?: readonly OrderRequest[];
  readonly onFill?: (fill: Fill) => void;
  /** Of these markets, where the caller has it already. */
  readonly clock?: Clock;
}

/**
 * The event engine: every rule of execution, one bar and one order at a time, for one instrument or many on one account.
 *
 * shape   one value a moment of the clock (the bars of a single instrument) → out.equity, out.qty (of several: gross exposure)
 * causal  a decision reads bars ≤ t; its orders are live from the next open
 * throws  InputError `order-invalid`, `volume-cap-without-volume`, `timeframes-differ`, `bars-overlap`
 * source  docs/execution.md, accounting.md
 */
export function simulateOrders(run: OrderRun, out: SimulationBuffers): SimulationTotals {
  const clock = run.clock ?? clockOf(run.markets);
  out.prepare(clock.openTimeMs.length);
  return new OrderSimulation(run, clock, out).run();
}

const AT_OPEN = (seat: Seat): number => seat.open;
const AT_CLOSE = (seat: Seat): number => seat.close;
const AT_MARGIN_OPEN = (seat: Seat): number => seat.marginOpen;

/** A market order, or the target order where there is none, of signed quantity d. */
interface Intent {
  readonly seat: Seat;
  readonly order: LiveOrder | null;
  readonly d: number;
}

class OrderSimulation implements Desk {
  readonly seats: readonly Seat[];
  readonly events: OrderEvent[] = [];
  private readonly spec: OrderRun;
  /** One of the two drives. */
  private readonly onBar: ((context: BarContext) => void) | null;
  private readonly decisions: readonly Decisions[] | null;
  private readonly config: SimulationConfig;
  private readonly clock: Clock;
  private readonly out: SimulationBuffers;
  private readonly tally = new Tally();
  private readonly targets: Targets;
  private readonly context: BarContext;
  private readonly protections: TargetProtection[];
  private readonly isMargin: boolean;
  private readonly meter: FeeMeter | null;
  private moment = 0;
  private nextId = 1;
  private isRunning = false;

  constructor(spec: OrderRun, clock: Clock, out: SimulationBuffers) {
    const { config } = spec;
    this.spec = spec;
    this.onBar = 'onBar' in spec.driver ? spec.driver.onBar : null;
    this.decisions = 'decisions' in spec.driver ? spec.driver.decisions : null;
    this.config = config;
    this.clock = clock;
    this.out = out;
    this.isMargin = config.account.kind === 'margin';
    this.meter = config.fees === null ? null : new FeeMeter(config.fees);
    this.seats = spec.markets.map((bars, m) => new Seat(m, bars, config, out.trades, m === 0 ? config.account.initialCash : 0));
    this.targets = new Targets(config, this.tally, out.trades, this.seats.length);
    this.protections = this.seats.map(() => ({}));
    this.context = new BarContext(this);
    if ('onBar' in spec.driver) spec.driver.features?.forEach((features, m) => (this.context.markets[m].features = features));
    for (const seat of this.seats) {
      seat.world.isAlone = this.seats.length === 1;
      seat.world.observer = (hit) => this.report(seat.book(hit, this.moment, this.tally), seat);
      if (config.execution.volumeCapFrac > 0) requireVolume(seat.bars);
    }
  }

  run(): SimulationTotals {
    const { equity, qty } = this.out;
    const first = Math.max(0, this.config.firstDecisionBar);
    for (const request of this.spec.openingOrders ?? []) this.place(request);
    this.isRunning = true;
    for (let t = 0; t < equity.length; t++) {
      this.moment = t;
      for (const seat of this.seats) this.arrive(seat, t);
      this.walkBar();
      equity[t] = this.equityAtClose();
      qty[t] = this.held(equity[t]);
      if (equity[t] <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = t;
      if (t >= first) this.decide(t);
    }
    this.finish();
    return totalsOf({ paid: this.paid() }, this.tally, this.config.account.initialCash, equity);
  }

  private arrive(seat: Seat, t: number): void {
    if (this.clock.rows === null) {
      seat.arrive(t, true);
      return;
    }
    const row = this.clock.rows[seat.market][t];
    seat.arrive(row, row >= 0);
    if (row < 0 && seat.row === seat.bars.length - 1 && !seat.isDelisted && endsForGood(seat.bars)) this.delist(seat);
  }

  /** Bars have ended while others go on: a long is closed at its last price less the haircut, a short at its last price. */
  private delist(seat: Seat): void {
    seat.isDelisted = true;
    seat.target.x = Number.NaN;
    for (const order of seat.world.orders.slice()) seat.world.end(order, 'cancelled');
    const { qty } = seat.world.ledger;
    if (qty === 0) return;
    const price = seat.close * (qty > 0 ? 1 - this.config.execution.delistingHaircutFrac : 1);
    seat.world.record({ orderId: 0, kind: 'delisted', d: -qty, reference: price, pricing: 'taker', limit: price, tag: null, isCut: false });
  }

  /** Fees by date and by what was traded before; they change from bar to bar. */
  private setFees(meter: FeeMeter): void {
    const { takerFrac, makerFrac } = meter.ratesAt(this.clock.openTimeMs[this.moment]);
    for (const seat of this.seats) seat.feesNow(takerFrac, makerFrac);
  }

  private walkBar(): void {
    const { seats } = this;
    if (this.meter !== null) this.setFees(this.meter);
    for (const seat of seats) {
      if (!seat.isHere) continue;
      if (seat.world.ledger.qty !== 0 || seat.funding !== null) seat.payFundingAtOpen();
      seat.heldSinceOpen = seat.world.ledger.qty !== 0;
    }
    this.settleOpen();
    for (const seat of seats) if (seat.isHere) this.settleInside(seat);
    if (seats.length > 1) this.testMarginInside();
    this.payBorrow();
    for (const seat of seats) {
      if (seat.isHere) {
        if (seat.world.ledger.qty !== 0 || seat.world.orders.length > 0) seat.mark();
        this.expire(seat);
      }
      if (seat.world.endings.length > 0) this.tell(seat);
    }
  }

  private settleOpen(): void {
    if (this.isUnderMargin(AT_MARGIN_OPEN)) this.liquidateAll(AT_OPEN);
    this.settleMarketOrders(AT_OPEN);
    if (this.isUnderMargin(AT_MARGIN_OPEN)) this.liquidateAll(AT_OPEN);
    for (const seat of this.seats) {
      if (!seat.isHere) continue;
      const { orders, ledger } = seat.world;
      if (seat.canTrade && (orders.length > 0 || ledger.qty !== 0)) {
        this.seeOthers(seat);
        settlePassed(seat.world, seat.open, seat.lastClose, seat.bars.instrument.market === 'session');
      }
      if (orders.length === 0) continue;
      if (!seat.canTrade) continue;
      seat.world.rest(seat.open);
      for (const order of orders.filter(({ isImmediate }) => isImmediate)) seat.world.end(order, 'cancelled');
    }
  }

  /** Market orders at a price: all sized first, then sells, then buys. */
  private settleMarketOrders(price: (seat: Seat) => number): void {
    if (!this.hasMarketOrders()) return;
    const equity = this.equity(price);
    const intents: Intent[] = [];
    for (const seat of this.seats) if (seat.isHere) intents.push(...this.intentsOf(seat, equity, price(seat)));
    for (const { seat, order, d } of intents) if (d < 0) this.fillIntent(seat, order, d, price(seat), 1);
    const scale = this.buyScale(intents, price);
    const shares = intents.map(({ order, d }) => (order === null ? d : order.remaining) * (this.seats.length > 1 && order?.isAllOrNothing ? 1 : scale));
    intents.forEach(({ seat, order, d }, i) => {
      if (d > 0) this.fillIntent(seat, order, order === null ? d : shares[i], price(seat), scale);
    });
  }

  private hasMarketOrders(): boolean {
    for (const { target, world } of this.seats) {
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
    this.seeOthers(seat);
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
    if (this.seats.length === 1) return this.shareOfTheBuys(intents, price(this.seats[0]));
    if (this.isMargin) return 1;
    let cash = this.equity(() => 0);
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

  private settleInside(seat: Seat): void {
    const { world } = seat;
    const due = seat.funding === null ? null : seat.interiorFunding();
    const hasDue = due !== null && (due.receipts !== 0 || due.payments !== 0);
    const { intrabar } = this.config;
    if (hasDue && intrabar !== 'optimistic') seat.carry(due.payments, 'funding');
    if (hasDue && intrabar !== 'pessimistic') seat.carry(due.receipts, 'funding');
    if (world.orders.length === 0 && world.ledger.qty === 0) return;
    if (!seat.isReached()) {
      if (hasDue) this.payHeldBack(seat, due, intrabar);
      return;
    }
    this.seeOthers(seat);
    const walked = chooseAndWalk(seat, intrabar);
    for (const hit of walked.hits) world.observer?.(hit);
    this.adopt(seat, walked.world);
    const isMoved = walked.hits.length > 0;
    if (walked.isAmbiguous || (hasDue && isMoved)) this.tally.ambiguousBars++;
    if (hasDue && !isMoved) this.payHeldBack(seat, due, intrabar);
  }

  /** What the policy held back until it was sure that no fill inside the bar changed the quantity. */
  private payHeldBack(seat: Seat, due: { readonly receipts: number; readonly payments: number }, intrabar: SimulationConfig['intrabar']): void {
    if (intrabar === 'optimistic') seat.carry(due.payments, 'funding');
    if (intrabar === 'pessimistic') seat.carry(due.receipts, 'funding');
  }

  private adopt(seat: Seat, walked: Seat['world']): void {
    const { world } = seat;
    world.orders = walked.orders;
    world.nextId = walked.nextId;
    world.isProtected = walked.isProtected;
    world.endings.push(...walked.endings);
  }

  private isUnderMargin(price: (seat: Seat) => number): boolean {
    if (!this.isMargin) return false;
    let gross = 0;
    let equity = 0;
    for (const seat of this.seats) {
      const { cash, qty } = seat.world.ledger;
      equity += cash;
      if (qty === 0) continue;
      const at = price(seat);
      equity += qty * at;
      gross += Math.abs(qty) * at;
    }
    return gross > 0 && equity <= this.config.account.maintenanceFrac * gross;
  }

  private testMarginInside(): void {
    const adverse = (seat: Seat): number => {
      if (!seat.isHere) return seat.close;
      const { marginLow, marginHigh } = seat.prices();
      return seat.world.ledger.qty >= 0 ? marginLow : marginHigh;
    };
    if (this.isUnderMargin(adverse)) this.liquidateAll(adverse);
  }

  private liquidateAll(price: (seat: Seat) => number): void {
    for (const seat of this.seats) {
      seat.world.liquidate(price(seat));
      seat.target.x = Number.NaN;
    }
    if (this.seats.length === 1) return;
    this.tally.liquidations++;
    const cash = this.equity(() => 0);
    if (cash >= 0) return;
    const { ledger } = this.seats[0].world;
    ledger.cash -= cash;
    ledger.paid.shortfall -= cash;
  }

  /** Borrow on shorts, and on negative cash: carried by the instruments held long, in proportion to their value. */
  private payBorrow(): void {
    const rate = this.config.account.borrowAnnFrac;
    if (rate === 0) return;
    const long = this.seats.reduce((sum, seat) => sum + Math.max(0, seat.world.ledger.qty) * seat.close, 0);
    const owed = Math.max(0, -this.equity(() => 0));
    for (const seat of this.seats) {
      const { qty } = seat.world.ledger;
      if (qty === 0 || !seat.isHere) continue;
      const value = qty * seat.close;
      const borrowed = value < 0 ? -value + (long === 0 && this.seats.length === 1 ? owed : 0) : owed * (value / long);
      seat.carry((-rate * borrowed * seat.bars.timeframeMs) / (365 * 86_400_000), 'borrow');
    }
  }

  private expire({ world, row }: Seat): void {
    if (world.orders.length > 0) for (const order of world.orders.filter(({ lastBar }) => lastBar <= row)) world.end(order, 'expired');
  }

  /** Endings as events, of instruments without a bar too: an order of a delisted one has ended. */
  private tell({ world }: Seat): void {
    for (const { order, reason } of world.endings) {
      if (reason === 'rejected-lot') this.tally.rejectedLot++;
      if (reason === 'rejected-min-notional') this.tally.rejectedMinNotional++;
      this.events.push({ type: 'ended', orderId: order.id, reason, tag: order.tag });
    }
    world.endings = [];
  }

  private decide(t: number): void {
    const { decisions, onBar } = this;
    if (decisions !== null) for (const seat of this.seats) if (seat.isHere) this.follow(seat, decisions[seat.market]);
    if (onBar !== null) {
      this.context.at(t);
      onBar(this.context);
      if (this.events.length > 0) this.events.length = 0;
    }
    this.targets.send(this.seats, this.protections, this.closeTimeMs, this.out.equity[t]);
    if (this.config.execution.fill === 'close') this.fillAtClose(t);
  }

  private follow(seat: Seat, { exposure, stopLossFrac, takeProfitFrac, trailFrac }: Decisions): void {
    const x = exposure[seat.row];
    seat.wanted = Number.isNaN(x) ? 0 : x;
    if (seat.wanted === seat.lastWanted && this.config.rebalance.kind === 'on-change') return;
    this.protections[seat.market] = {
      stopLossFrac: fractionAt(stopLossFrac, seat.row), takeProfitFrac: fractionAt(takeProfitFrac, seat.row), trailFrac: fractionAt(trailFrac, seat.row),
    };
  }

  private fillAtClose(t: number): void {
    this.settleMarketOrders(AT_CLOSE);
    for (const seat of this.seats) seat.heldSinceOpen = false;
    this.out.equity[t] = this.equityAtClose();
    this.out.qty[t] = this.held(this.out.equity[t]);
  }

  get closeTimeMs(): number {
    return this.clock.openTimeMs[this.moment] + this.clock.timeframeMs;
  }

  target(market: number, x: number, protection: TargetProtection): void {
    const seat = this.seats[market];
    if (!Number.isFinite(x)) throw new InputError('order-invalid', `target of ${seat.bars.instrument.symbol} must be a finite exposure, was ${x}`);
    seat.wanted = x;
    this.protections[market] = protection;
  }

  place(request: OrderRequest): number {
    const seat = this.seats[request.market ?? 0];
    if (seat === undefined) throw new InputError('order-invalid', `market of an order must be in 0 … ${this.seats.length - 1}, was ${request.market}`);
    const { world } = seat;
    const id = this.nextId;
    this.nextId = id + 1;
    if (this.isRunning && (seat.row < 0 || seat.isDelisted)) {
      world.end(liveOrder(id, request, Number.NaN, seat.row), 'rejected-not-listed');
      this.tally.sent++;
      return id;
    }
    const order = liveOrder(id, request, this.sizeNow(seat, request), seat.row);
    world.nextId = Math.max(world.nextId, 1_000_000_000 * (seat.market + 1));
    if (order.trailFrac > 0) order.trail(seat.row < 0 ? seat.bars.open[0] : seat.close);
    world.orders.push(order);
    this.tally.sent++;
    return id;
  }

  /** Quantity of a resting order, frozen now; NaN for a market order sized at its open. */
  private sizeNow(seat: Seat, request: OrderRequest): number {
    if (request.qtyBase !== undefined) return request.qtyBase;
    if (request.type === 'market') return Number.NaN;
    const price = request.type === 'limit' ? request.limitPrice : request.type === 'trailing' ? seat.close : request.stopPrice;
    const side = request.side === 'buy' ? 1 : -1;
    const { ledger } = seat.world;
    const unit = request.type === 'limit' ? ledger.rates.maker : ledger.costPerNotional(side, price);
    return sizeAt(request, this.equityAtClose(), price, unit);
  }

  cancel(id: number): boolean {
    for (const { world } of this.seats) {
      const order = world.orders.find((one) => one.id === id);
      if (order === undefined) continue;
      world.end(order, 'cancelled');
      return true;
    }
    return false;
  }

  replace(id: number, change: OrderChange): boolean {
    for (const { world } of this.seats) {
      const order = world.orders.find((one) => one.id === id);
      if (order === undefined) continue;
      changeOrder(order, change);
      return true;
    }
    return false;
  }

  get cash(): number {
    return this.equity(() => 0);
  }

  equityAtClose(): number {
    let sum = 0;
    for (const { world, close } of this.seats) sum += world.ledger.cash + world.ledger.qty * close;
    return sum;
  }

  private equity(price: (seat: Seat) => number): number {
    let sum = 0;
    for (const seat of this.seats) sum += seat.world.ledger.equityAt(price(seat));
    return sum;
  }

  /** Of one instrument its quantity; of several the gross exposure. */
  private held(equity: number): number {
    if (this.seats.length === 1) return this.seats[0].world.ledger.qty;
    const gross = this.seats.reduce((sum, seat) => sum + Math.abs(seat.world.ledger.qty) * seat.close, 0);
    return gross === 0 ? 0 : gross / equity;
  }

  private seeOthers(seat: Seat): void {
    if (this.seats.length === 1) return;
    let value = 0;
    let gross = 0;
    for (const other of this.seats) {
      if (other === seat) continue;
      const { cash, qty } = other.world.ledger;
      const at = other.open;
      value += cash + qty * at;
      gross += Math.abs(qty) * at;
    }
    seat.world.otherValue = value;
    seat.world.otherGross = gross;
  }

  private report(fill: Fill, seat: Seat): void {
    const told = this.seats.length === 1 ? fill : { ...fill, cashAfter: this.cash };
    this.spec.onFill?.(told);
    this.meter?.onFill(this.clock.openTimeMs[this.moment], Math.abs(fill.qtyBase) * fill.price);
    if (fill.orderId > 0 && !fill.kind.startsWith('bracket')) this.tally.filled++;
    if (fill.kind === 'liquidation') {
      if (this.seats.length === 1) this.tally.liquidations++;
      seat.target.x = Number.NaN;
    }
    if (this.onBar !== null) this.events.push({ type: 'fill', fill: told });
  }

  private finish(): void {
    const { equity } = this.out;
    const last = equity.length - 1;
    for (const seat of this.seats) {
      const { ledger } = seat.world;
      if (ledger.qty === 0) continue;
      if (this.config.flattenAtEnd) {
        seat.world.record({ orderId: 0, kind: 'window-end', d: -ledger.qty, reference: seat.close, pricing: 'taker', limit: seat.close, tag: null, isCut: false });
      } else {
        seat.trip.markOpen(last, ledger, seat.close, this.out.openTrades);
      }
    }
    if (!this.config.flattenAtEnd || last < 0) return;
    equity[last] = this.equityAtClose();
    if (equity[last] <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = last;
  }

  private paid(): Paid {
    if (this.seats.length === 1) return this.seats[0].world.ledger.paid;
    const total = new Paid();
    for (const { world } of this.seats) for (const key of Object.keys(total) as (keyof Paid)[]) total[key] += world.ledger.paid[key];
    return total;
  }
}

/** Quantity of an order at a price: as given, by notional, or as a share of equity with the cost of a unit. source  accounting.md §3 */
function sizeAt({ qtyBase, notionalQuote, equityFrac = 0 }: OrderRequest, equity: number, price: number, unit: number): number {
  if (qtyBase !== undefined) return qtyBase;
  if (notionalQuote !== undefined) return notionalQuote / price;
  return (equityFrac * Math.max(0, equity)) / (price * (1 + equityFrac * unit));
}

function requireVolume({ volume, instrument }: Bars): void {
  const absent = volume.findIndex((v) => Number.isNaN(v));
  if (absent >= 0) throw new InputError('volume-cap-without-volume', `a volume cap needs the volume of every bar; ${instrument.symbol} has none at bar ${absent}`);
}
