import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { FeeMeter } from '../simulate/fee-meter.ts';
import type { Decisions, SimulationBuffers, SimulationConfig, SimulationTotals } from '../simulate/index.ts';
import { fractionAt } from '../simulate/decisions.ts';
import { delayDecisions, firstCarriedBar } from '../simulate/latency.ts';
import { Tally, totalsOf } from '../simulate/totals.ts';
import { SharedAccount } from './account.ts';
import { type Clock, clockOf, endsForGood } from './clock.ts';
import { BarContext, type Desk } from './context.ts';
import { changeOrder, type LiveOrder, liveOrder } from './live-order.ts';
import { MarketOrders, sizeAt } from './market-orders.ts';
import { OnTheWay } from './on-the-way.ts';
import { Seat } from './seat.ts';
import { settleInside } from './settle-inside.ts';
import { settlePassed } from './settle-passed.ts';
import { type TargetProtection, Targets } from './targets.ts';
import type { Ask, Fill, OrderChange, OrderEvent, OrderRequest } from './types.ts';

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
  /** What `onBar` asks for, as it asks. */
  readonly onAsk?: (ask: Ask, moment: number) => void;
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

export class OrderSimulation implements Desk {
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
  private readonly account: SharedAccount;
  private readonly marketOrders: MarketOrders;
  private readonly meter: FeeMeter | null;
  private readonly onTheWay: OnTheWay;
  private moment = 0;
  private nextId = 1;
  private isRunning = false;

  constructor(spec: OrderRun, clock: Clock, out: SimulationBuffers) {
    const { config } = spec;
    this.spec = spec;
    this.onBar = 'onBar' in spec.driver ? spec.driver.onBar : null;
    this.decisions = 'decisions' in spec.driver ? spec.driver.decisions.map((decisions) => delayDecisions(decisions, config.execution.latencyBars)) : null;
    this.onTheWay = new OnTheWay(config.execution.latencyBars);
    this.config = config;
    this.clock = clock;
    this.out = out;
    this.meter = config.fees === null ? null : new FeeMeter(config.fees);
    this.seats = spec.markets.map((bars, m) => new Seat(m, bars, config, out.trades, m === 0 ? config.account.initialCash : 0));
    this.account = new SharedAccount(this.seats, config, this.tally);
    this.marketOrders = new MarketOrders(this.account, config, this.tally);
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
    const { equity } = this.out;
    const first = this.decisions === null ? Math.max(0, this.config.firstDecisionBar) : firstCarriedBar(this.config);
    for (const request of this.spec.openingOrders ?? []) this.place(request);
    this.isRunning = true;
    for (let t = 0; t < equity.length; t++) {
      this.walk(t);
      if (t >= first) this.decide(t);
    }
    this.finish();
    return totalsOf({ paid: this.account.paid() }, this.tally, this.config.account.initialCash, equity);
  }

  /** One moment from its open to its close. */
  walk(t: number): void {
    const { equity, qty } = this.out;
    this.moment = t;
    for (const seat of this.seats) this.arrive(seat, t);
    this.walkBar();
    equity[t] = this.account.equityAtClose();
    qty[t] = this.account.held(equity[t]);
    if (equity[t] <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = t;
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
    for (const seat of seats) {
      if (!seat.isHere) continue;
      this.account.seeOthers(seat);
      if (settleInside(seat, this.config.intrabar)) this.tally.ambiguousBars++;
    }
    if (seats.length > 1) this.account.testMarginInside();
    this.account.payBorrow();
    for (const seat of seats) {
      if (seat.isHere) {
        if (seat.world.ledger.qty !== 0 || seat.world.orders.length > 0) seat.mark();
        this.expire(seat);
      }
      if (seat.world.endings.length > 0) this.tell(seat);
    }
  }

  private settleOpen(): void {
    if (this.account.isUnderMargin(AT_MARGIN_OPEN)) this.account.liquidateAll(AT_OPEN);
    this.marketOrders.settle(AT_OPEN);
    if (this.account.isUnderMargin(AT_MARGIN_OPEN)) this.account.liquidateAll(AT_OPEN);
    for (const seat of this.seats) {
      if (!seat.isHere) continue;
      const { orders, ledger } = seat.world;
      if (seat.canTrade && (orders.length > 0 || ledger.qty !== 0)) {
        this.account.seeOthers(seat);
        settlePassed(seat.world, seat.open, seat.lastClose, seat.bars.instrument.market === 'session');
      }
      if (orders.length === 0) continue;
      if (!seat.canTrade) continue;
      seat.world.rest(seat.open);
      for (const order of orders.filter(({ isImmediate }) => isImmediate)) seat.world.end(order, 'cancelled');
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

  /** What is wanted at a close, after it has been walked. */
  decide(t: number): void {
    const { decisions, onBar } = this;
    if (decisions !== null) for (const seat of this.seats) if (seat.isHere) this.follow(seat, decisions[seat.market]);
    if (onBar !== null) {
      this.onTheWay.arrive(t);
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
    this.marketOrders.settle(AT_CLOSE);
    for (const seat of this.seats) seat.heldSinceOpen = false;
    this.out.equity[t] = this.account.equityAtClose();
    this.out.qty[t] = this.account.held(this.out.equity[t]);
  }

  get closeTimeMs(): number {
    return this.clock.openTimeMs[this.moment] + this.clock.timeframeMs;
  }

  target(market: number, x: number, protection: TargetProtection): void {
    const seat = this.seats[market];
    this.spec.onAsk?.({ type: 'target', market, x, protection }, this.moment);
    if (!Number.isFinite(x)) throw new InputError('order-invalid', `target of ${seat.bars.instrument.symbol} must be a finite exposure, was ${x}`);
    this.onTheWay.send(this.moment, () => {
      seat.wanted = x;
      this.protections[market] = protection;
    });
  }

  place(request: OrderRequest): number {
    this.spec.onAsk?.({ type: 'place', request }, this.moment);
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
    this.tally.sent++;
    if (this.isRunning && this.config.execution.latencyBars > 0) this.send(seat, order);
    else arriveAt(seat, order);
    return id;
  }

  /** Sized now and in the book later; how long it lives counts from then. */
  private send(seat: Seat, order: LiveOrder): void {
    const asked = seat.row;
    seat.onTheWay.push(order);
    this.onTheWay.send(this.moment, () => {
      seat.onTheWay.splice(seat.onTheWay.indexOf(order), 1);
      order.lastBar += seat.row - asked;
      if (seat.isDelisted) seat.world.end(order, 'rejected-not-listed');
      else arriveAt(seat, order);
    });
  }

  /** Quantity of a resting order, frozen now; NaN for a market order sized at its open. */
  private sizeNow(seat: Seat, request: OrderRequest): number {
    if (request.qtyBase !== undefined) return request.qtyBase;
    if (request.type === 'market') return Number.NaN;
    const price = request.type === 'limit' ? request.limitPrice : request.type === 'trailing' ? seat.close : request.stopPrice;
    const side = request.side === 'buy' ? 1 : -1;
    const { ledger } = seat.world;
    const unit = request.type === 'limit' ? ledger.rates.maker : ledger.costPerNotional(side, price);
    return sizeAt(request, this.account.equityAtClose(), price, unit);
  }

  cancel(id: number): boolean {
    this.spec.onAsk?.({ type: 'cancel', id }, this.moment);
    if (this.known(id) === undefined) return false;
    this.onTheWay.send(this.moment, () => {
      for (const { world } of this.seats) {
        const order = world.orders.find((one) => one.id === id);
        if (order !== undefined) world.end(order, 'cancelled');
      }
    });
    return true;
  }

  replace(id: number, change: OrderChange): boolean {
    this.spec.onAsk?.({ type: 'replace', id, change }, this.moment);
    const known = this.known(id);
    if (known === undefined) return false;
    if (this.config.execution.latencyBars > 0) changeOrder(known.copy(), change);
    this.onTheWay.send(this.moment, () => {
      for (const { world } of this.seats) {
        const order = world.orders.find((one) => one.id === id);
        if (order !== undefined) changeOrder(order, change);
      }
    });
    return true;
  }

  /** An order in a book or on its way to it. */
  private known(id: number): LiveOrder | undefined {
    for (const { world, onTheWay } of this.seats) {
      const order = world.orders.find((one) => one.id === id) ?? onTheWay.find((one) => one.id === id);
      if (order !== undefined) return order;
    }
    return undefined;
  }

  get cash(): number {
    return this.account.cash;
  }

  equityAtClose(): number {
    return this.account.equityAtClose();
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
    equity[last] = this.account.equityAtClose();
    if (equity[last] <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = last;
  }

}

/** Into the book; a trailing level follows from the close there. */
function arriveAt(seat: Seat, order: LiveOrder): void {
  if (order.trailFrac > 0) order.trail(seat.row < 0 ? seat.bars.open[0] : seat.close);
  seat.world.orders.push(order);
}

function requireVolume({ volume, instrument }: Bars): void {
  const absent = volume.findIndex((v) => Number.isNaN(v));
  if (absent >= 0) throw new InputError('volume-cap-without-volume', `a volume cap needs the volume of every bar; ${instrument.symbol} has none at bar ${absent}`);
}
