import type { Bars, FundingTable } from '../market/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import { ratesOf } from '../simulate/account.ts';
import { ProtectiveOrders } from '../simulate/protective-orders.ts';
import { RoundTrip } from '../simulate/round-trip.ts';
import type { Tally } from '../simulate/totals.ts';
import type { TradeLog } from '../simulate/trade-log.ts';
import type { ExitReason } from '../simulate/types.ts';
import type { LiveOrder } from './live-order.ts';
import { type TargetSizer, targetSizer } from './sizing.ts';
import type { Fill, FillKind } from './types.ts';
import type { BarPrices } from './walk.ts';
import type { Hit } from './hit.ts';
import { World } from './world.ts';

const EXIT_REASON: Readonly<Record<FillKind, ExitReason>> = {
  market: 'signal', limit: 'signal', stop: 'stop-loss', trailing: 'trailing-stop', 'bracket-stop': 'stop-loss', 'bracket-target': 'take-profit',
  'bracket-trail': 'trailing-stop', 'stop-loss': 'stop-loss', 'trailing-stop': 'trailing-stop', 'take-profit': 'take-profit', liquidation: 'liquidation',
  'window-end': 'window-end', delisted: 'delisted',
};

/** A target order on its way to the next open. */
export interface TargetOrder {
  /** Exposure after sizing; NaN when none waits. */
  x: number;
  bar: number;
  frozen: number;
  stopLossFrac: number;
  takeProfitFrac: number;
  trailFrac: number;
}

/** One instrument of the account: its bars, its position, its orders, and what follows them. */
export class Seat {
  readonly market: number;
  readonly bars: Bars;
  readonly world: World;
  readonly protection = new ProtectiveOrders();
  readonly trip: RoundTrip;
  readonly sizer: TargetSizer;
  readonly target: TargetOrder = { x: Number.NaN, bar: -1, frozen: Number.NaN, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
  /** Target as the strategy last said it, before sizing and caps; what was sent of it. */
  wanted = 0;
  lastWanted = 0;
  lastSent = 0;
  /** A protective exit or liquidation has closed the position since the target was sent. */
  isStoppedOut = false;
  /** Row of the bars at the present moment of the clock; −1 before the first. */
  row = -1;
  /** Whether the present moment has a bar of this instrument, which can be traded. */
  isHere = false;
  canTrade = false;
  isDelisted = false;
  heldSinceOpen = false;
  /** Orders that were asked for and have not arrived. */
  readonly onTheWay: LiveOrder[] = [];
  private rowsSinceGap = Infinity;
  private nextFunding = 0;
  readonly funding: FundingTable | null;
  private readonly config: SimulationConfig;

  constructor(market: number, bars: Bars, config: SimulationConfig, trades: TradeLog, initialCash: number) {
    this.market = market;
    this.bars = bars;
    this.config = config;
    this.world = new World(ratesOf(config.costs), config, this.protection, initialCash);
    this.trip = new RoundTrip(trades, market);
    this.sizer = targetSizer(config.sizing, bars);
    this.funding = config.funding === 'data' ? bars.funding : null;
  }

  private walked: readonly [World, World] | null = null;

  /** Two worlds to walk the paths on, reused. */
  paths(): readonly [World, World] {
    const rates = this.world.ledger.rates;
    this.walked ??= [new World(rates, this.config, this.protection, 0), new World(rates, this.config, this.protection, 0)];
    return this.walked;
  }

  /** A third one, where finer bars are walked. */
  spareWorld(): World {
    return new World(this.world.ledger.rates, this.config, this.protection, 0);
  }

  /** Price at the present moment's open; the last close where there is no bar. */
  get open(): number {
    return this.isHere ? this.bars.open[this.row] : this.close;
  }

  get close(): number {
    return this.row < 0 ? 0 : this.bars.close[this.row];
  }

  get lastClose(): number {
    return this.row > 0 ? this.bars.close[this.row - 1] : this.bars.open[0];
  }

  /** Moves to a moment: its row when there is a bar. */
  arrive(row: number, isHere: boolean): void {
    this.isHere = isHere;
    if (!isHere) {
      this.canTrade = false;
      return;
    }
    const { openTimeMs, timeframeMs, volume } = this.bars;
    const isAfterGap = row > 0 && openTimeMs[row] - openTimeMs[row - 1] > 1.5 * timeframeMs;
    this.rowsSinceGap = isAfterGap ? 0 : this.rowsSinceGap + 1;
    this.row = row;
    const { volumeCapFrac, dropBarsAfterGap } = this.config.execution;
    this.canTrade = volume[row] !== 0 && this.rowsSinceGap >= dropBarsAfterGap;
    this.world.bar = row;
    this.world.volume = volume[row];
    this.world.open = this.bars.open[row];
    this.world.capLeft = volumeCapFrac > 0 ? volumeCapFrac * volume[row] : Infinity;
  }

  /** Funding due up to the open, in a gap before it included, on the quantity carried in. */
  payFundingAtOpen(): number {
    const { funding } = this;
    if (funding === null) return 0;
    let paid = 0;
    const time = this.bars.openTimeMs[this.row];
    for (; this.nextFunding < funding.timeMs.length && funding.timeMs[this.nextFunding] <= time; this.nextFunding++) paid += this.payment(this.nextFunding);
    if (paid !== 0) this.carry(paid, 'funding');
    return paid;
  }

  /** Receipts and payments due inside the bar, on the quantity now held. */
  interiorFunding(): { receipts: number; payments: number } {
    const { funding } = this;
    const due = { receipts: 0, payments: 0 };
    if (funding === null) return due;
    const end = this.bars.openTimeMs[this.row] + this.bars.timeframeMs;
    for (; this.nextFunding < funding.timeMs.length && funding.timeMs[this.nextFunding] < end; this.nextFunding++) {
      const amount = this.payment(this.nextFunding);
      if (amount > 0) due.receipts += amount;
      else due.payments += amount;
    }
    return due;
  }

  private payment(i: number): number {
    const { qty } = this.world.ledger;
    if (qty === 0 || this.funding === null) return 0;
    const mark = this.funding.markPrice[i];
    return -qty * (Number.isNaN(mark) ? this.bars.open[this.row] : mark) * this.funding.rate[i];
  }

  carry(amount: number, kind: 'funding' | 'borrow'): void {
    const { ledger } = this.world;
    ledger.cash += amount;
    ledger.paid[kind] += amount;
    this.trip.onCarry(amount);
  }

  /** Fees in force now. */
  feesNow(taker: number, maker: number): void {
    const { ledger } = this.world;
    if (taker !== ledger.rates.taker || maker !== ledger.rates.maker) ledger.rates = { ...ledger.rates, taker, maker };
  }

  /** Books a hit on the account with its round trip; the fill as a row. */
  book(hit: Hit, moment: number, tally: Tally): Fill {
    const { ledger } = this.world;
    const before = ledger.qty;
    const { spread, slippage } = ledger.paid;
    this.world.apply(hit);
    this.trip.onRange(hit.reference, hit.reference);
    this.trip.onFill(moment, hit.d, before, ledger.lastPrice, ledger.lastFee, ledger.paid.spread - spread, ledger.paid.slippage - slippage, EXIT_REASON[hit.kind]);
    if (ledger.qty === 0) this.protection.clear();
    if (before === 0) this.heldSinceOpen = false;
    if (hit.isCut) tally.clippedExposure++;
    if (ledger.qty === 0 && hit.kind !== 'market' && hit.kind !== 'limit') this.isStoppedOut = true;
    return {
      bar: moment, market: this.market, orderId: hit.orderId, kind: hit.kind, qtyBase: hit.d, referencePrice: hit.reference, price: ledger.lastPrice,
      feeQuote: ledger.lastFee, cashAfter: ledger.cash, qtyAfter: ledger.qty, tag: hit.tag,
    };
  }

  /** Levels after a target order has filled. */
  protect(before: number): void {
    const { qty, avgEntry } = this.world.ledger;
    if (qty === 0) return;
    const isOpened = before * qty <= 0;
    if (isOpened) this.heldSinceOpen = true;
    this.protection.freeze(this.target.stopLossFrac, this.target.takeProfitFrac, this.target.trailFrac);
    this.protection.place(qty, avgEntry, isOpened);
    this.world.isProtected = true;
    this.isStoppedOut = false;
  }

  /** Excursions and trailing levels at the close. */
  mark(): void {
    const { high, low, close } = this.bars;
    const t = this.row;
    const { qty } = this.world.ledger;
    if (qty !== 0) {
      this.trip.onRange(low[t], high[t]);
      const best = qty > 0 ? high[t] : low[t];
      this.protection.mark(Math.sign(qty), this.heldSinceOpen ? best : close[t]);
    }
    for (const order of this.world.orders) {
      if (order.trailFrac > 0) order.trail(order.isInside ? close[t] : order.side < 0 ? high[t] : low[t]);
      order.isInside = false;
    }
  }

  /** Whether anything could fill inside the present bar. */
  isReached(): boolean {
    const { high, low, mark } = this.bars;
    const t = this.row;
    if (mark === null || Number.isNaN(mark.high[t])) return this.world.isReached(low[t], high[t], low[t], high[t]);
    return this.world.isReached(low[t], high[t], Math.min(low[t], mark.low[t]), Math.max(high[t], mark.high[t]));
  }

  prices(): BarPrices {
    const { open, high, low, close, instrument, mark } = this.bars;
    const t = this.row;
    const { triggerOn, liquidateOn } = this.config.execution;
    const hasMark = mark !== null && !Number.isNaN(mark.high[t]);
    const stop = hasMark && triggerOn === 'mark';
    const margin = hasMark && liquidateOn === 'mark';
    return {
      open: open[t], high: high[t], low: low[t], close: close[t],
      stopLow: stop ? mark.low[t] : low[t], stopHigh: stop ? mark.high[t] : high[t],
      marginLow: margin ? mark.low[t] : low[t], marginHigh: margin ? mark.high[t] : high[t],
      trades: this.canTrade, isSession: instrument.market === 'session',
    };
  }

  /** Price that the margin is tested on at the open. */
  get marginOpen(): number {
    const { mark } = this.bars;
    const atMark = this.isHere && mark !== null && this.config.execution.liquidateOn === 'mark' ? mark.open[this.row] : Number.NaN;
    return Number.isNaN(atMark) ? this.open : atMark;
  }
}
