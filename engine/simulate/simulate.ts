import type { Bars, FundingTable } from '../market/index.ts';
import { Ledger, ratesOf, type Rates } from './account.ts';
import type { Decisions } from './decisions.ts';
import { targetComesFirst } from './intrabar.ts';
import { isAfterGap, PendingOrder } from './pending-order.ts';
import { delayDecisions, firstCarriedBar } from './latency.ts';
import { ProtectiveOrders } from './protective-orders.ts';
import { RoundTrip } from './round-trip.ts';
import { liquidationPrice, orderForExposure } from './sizing.ts';
import { Tally, totalsOf } from './totals.ts';
import { TradeLog } from './trade-log.ts';
import type { ExitReason, SimulationConfig, SimulationTotals } from './types.ts';

/** Buffers that a simulation writes and a caller reuses: one value a bar, and the trades. */
export class SimulationBuffers {
  equity = new Float64Array(0);
  /** Signed quantity held at each close. */
  qty = new Float64Array(0);
  readonly trades = new TradeLog();
  /** Empty, or the one position still open at the last close. */
  readonly openTrades = new TradeLog();

  prepare(bars: number): void {
    if (this.equity.length !== bars) {
      this.equity = new Float64Array(bars);
      this.qty = new Float64Array(bars);
    }
    this.trades.clear();
    this.openTrades.clear();
  }
}

/**
 * Walks target exposures of one instrument through the bars: what was decided at a close is filled at the next open.
 *
 * shape   bars[n], decisions.exposure[n] → out.equity[n], out.qty[n], trades
 * causal  the fills of bar t read decisions ≤ t−1 and bar t
 * source  accounting.md §5 (order of events), §2, §3, §4, §6, §7
 */
export function simulate(bars: Bars, decisions: Decisions, config: SimulationConfig, out: SimulationBuffers): SimulationTotals {
  out.prepare(bars.length);
  return new Simulation(bars, decisions, config, out).run();
}

class Simulation {
  private readonly bars: Bars;
  private readonly config: SimulationConfig;
  private readonly out: SimulationBuffers;
  private readonly rates: Rates;
  private readonly ledger: Ledger;
  private readonly orders = new ProtectiveOrders();
  private readonly trip: RoundTrip;
  private readonly tally = new Tally();
  private readonly isMargin: boolean;
  private readonly maintenance: number;
  private readonly pending: PendingOrder;
  private readonly funding: FundingTable | null;
  private heldSinceOpen = false;
  private nextFunding = 0;

  constructor(bars: Bars, decisions: Decisions, config: SimulationConfig, out: SimulationBuffers) {
    this.bars = bars;
    this.config = config;
    this.out = out;
    this.rates = ratesOf(config.costs);
    this.ledger = new Ledger(this.rates, config.account, config.rules);
    this.trip = new RoundTrip(out.trades);
    this.pending = new PendingOrder(delayDecisions(decisions, config.execution.latencyBars), config.account, this.tally);
    this.funding = config.funding === 'data' ? bars.funding : null;
    this.isMargin = config.account.kind === 'margin';
    this.maintenance = this.isMargin ? config.account.maintenanceFrac : 0;
  }

  run(): SimulationTotals {
    const { bars, ledger, out, pending } = this;
    const { equity, qty } = out;
    const { close } = bars;
    const first = firstCarriedBar(this.config);
    for (let t = 0; t < bars.length; t++) {
      if (ledger.qty !== 0 || pending.waits) this.walkBar(t);
      equity[t] = ledger.cash + ledger.qty * close[t];
      qty[t] = ledger.qty;
      if (equity[t] <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = t;
      if (t >= first) pending.decide(t);
    }
    this.finish();
    return totalsOf(ledger, this.tally, this.config.account.initialCash, out.equity);
  }

  private walkBar(t: number): void {
    const { ledger, bars } = this;
    this.payFunding(t);
    this.heldSinceOpen = ledger.qty !== 0;
    this.settleOpen(t);
    if (ledger.qty !== 0) this.settleInside(t);
    if (ledger.qty === 0) return;
    this.payBorrow(t);
    this.trip.onRange(bars.low[t], bars.high[t]);
    const best = ledger.qty > 0 ? bars.high[t] : bars.low[t];
    this.orders.mark(Math.sign(ledger.qty), this.heldSinceOpen ? best : bars.close[t]);
  }

  /** Step 1: funding due at the open instant, or in a gap before it, on the quantity carried in. */
  private payFunding(t: number): void {
    const { funding, bars, ledger } = this;
    if (funding === null) return;
    for (; this.nextFunding < funding.timeMs.length && funding.timeMs[this.nextFunding] <= bars.openTimeMs[t]; this.nextFunding++) {
      if (ledger.qty === 0) continue;
      const mark = funding.markPrice[this.nextFunding];
      const amount = -ledger.qty * (Number.isNaN(mark) ? bars.open[t] : mark) * funding.rate[this.nextFunding];
      ledger.cash += amount;
      ledger.paid.funding += amount;
      this.trip.onCarry(amount);
    }
  }

  /** Step 2: liquidation, the waiting market order, then what the open has already passed. */
  private settleOpen(t: number): void {
    const { ledger } = this;
    const open = this.bars.open[t];
    if (this.isUnderMargin(open)) {
      this.liquidate(t, open);
      return;
    }
    const trades = this.bars.volume[t] !== 0;
    if (this.pending.waits) {
      if (trades) this.fillPending(t, open);
      else this.tally.waitedForVolume++;
    }
    // The costs of the fill itself may have moved the liquidation price past the open.
    if (this.isUnderMargin(open)) this.liquidate(t, open);
    else if (ledger.qty !== 0 && trades) this.settlePassedLevels(t, open);
  }

  private isUnderMargin(price: number): boolean {
    const { ledger } = this;
    return this.isMargin && ledger.qty !== 0 && ledger.equityAt(price) <= this.maintenance * Math.abs(ledger.qty) * price;
  }

  private fillPending(t: number, open: number): void {
    const { ledger, tally, orders, pending } = this;
    const { x, stopLossFrac, takeProfitFrac, trailFrac } = pending;
    pending.clear();
    const before = ledger.qty;
    const d = orderForExposure(x, ledger.equityAt(open), open, ledger, this.config.rules, tally);
    if (d === 0) return;
    this.take(t, d, open, 'signal');
    tally.filled++;
    if (isAfterGap(this.bars, pending.bar, t)) tally.afterGap++;
    if (ledger.qty === 0) return;
    const opened = before * ledger.qty <= 0;
    if (opened) this.heldSinceOpen = true;
    orders.freeze(stopLossFrac, takeProfitFrac, trailFrac);
    orders.place(ledger.qty, ledger.avgEntry, opened);
  }

  /** Stops passed at the open fill there, the worse price; a passed target at its level, or at the open where an auction sets it. */
  private settlePassedLevels(t: number, open: number): void {
    const { ledger, orders } = this;
    const side = Math.sign(ledger.qty);
    const stop = orders.nearestStop(side);
    if (side * (open - stop) <= 0) {
      this.take(t, -ledger.qty, open, this.stopReason(side));
    } else if (side * (open - orders.target) > 0) {
      this.rest(t, this.bars.instrument.market === 'session' ? open : orders.target);
    }
  }

  /** Step 4: of the two paths, the one that the policy believes when they fill differently. */
  private settleInside(t: number): void {
    const { ledger, orders, bars } = this;
    const side = Math.sign(ledger.qty);
    const trades = bars.volume[t] !== 0;
    const against = side > 0 ? bars.low[t] : bars.high[t];
    const towards = side > 0 ? bars.high[t] : bars.low[t];
    const stop = trades ? orders.nearestStop(side) : Number.NaN;
    const liquidation = this.isMargin ? liquidationPrice(ledger.cash, ledger.qty, this.maintenance, bars.open[t]) : Number.NaN;
    const isStopFirst = !Number.isNaN(stop) && !(side * (liquidation - stop) > 0);
    const adverse = isStopFirst ? stop : liquidation;
    const meetsAdverse = side * (against - adverse) <= 0;
    const meetsTarget = trades && side * (towards - orders.target) > 0;
    if (meetsAdverse && meetsTarget) this.tally.ambiguousBars++;
    if (meetsAdverse && !(meetsTarget && this.targetFirst(t, adverse, isStopFirst))) {
      if (isStopFirst) this.take(t, -ledger.qty, stop, this.stopReason(side));
      else this.liquidate(t, liquidation);
    } else if (meetsTarget) {
      this.rest(t, orders.target);
    }
  }

  private targetFirst(t: number, adverse: number, isStop: boolean): boolean {
    const { bars } = this;
    return targetComesFirst(this.config.intrabar, {
      open: bars.open[t], high: bars.high[t], low: bars.low[t], side: Math.sign(this.ledger.qty),
      cashAtTarget: this.cashAtTarget(), cashAtAdverse: this.cashAtAdverse(adverse, isStop),
    });
  }

  private cashAtTarget(): number {
    const { qty, cash } = this.ledger;
    return cash + qty * this.orders.target - this.rates.maker * Math.abs(qty) * this.orders.target;
  }

  private cashAtAdverse(level: number, isStop: boolean): number {
    const { qty, cash } = this.ledger;
    if (!isStop) return Math.max(0, cash + qty * level - this.config.account.liquidationFeeFrac * Math.abs(qty) * level);
    const price = this.ledger.takerPrice(-qty, level);
    return cash + qty * price - this.rates.taker * Math.abs(qty) * price;
  }

  /** Step 5: borrow on a short and on negative cash, by the bar's length. */
  private payBorrow(t: number): void {
    const rate = this.config.account.borrowAnnFrac;
    if (rate === 0) return;
    const { ledger } = this;
    const borrowed = Math.max(0, -ledger.qty) * this.bars.close[t] + Math.max(0, -ledger.cash);
    const amount = (-rate * borrowed * this.bars.timeframeMs) / (365 * 86_400_000);
    ledger.cash += amount;
    ledger.paid.borrow += amount;
    this.trip.onCarry(amount);
  }

  private finish(): void {
    const { ledger, bars, out } = this;
    const last = bars.length - 1;
    if (ledger.qty === 0) return;
    if (this.config.flattenAtEnd) {
      this.take(last, -ledger.qty, bars.close[last], 'window-end');
      out.equity[last] = ledger.cash;
      if (ledger.cash <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = last;
    } else {
      this.trip.markOpen(last, ledger, bars.close[last], out.openTrades);
    }
  }

  private take(t: number, d: number, reference: number, reason: ExitReason): void {
    const { ledger } = this;
    const { paid } = ledger;
    const before = ledger.qty;
    const spread = paid.spread;
    const slippage = paid.slippage;
    ledger.fillTaker(d, reference);
    this.trip.onRange(reference, reference);
    this.trip.onFill(t, d, before, ledger.lastPrice, ledger.lastFee, paid.spread - spread, paid.slippage - slippage, reason);
    if (ledger.qty === 0) this.orders.clear();
  }

  private rest(t: number, level: number): void {
    const { ledger } = this;
    const d = -ledger.qty;
    ledger.fillMaker(d, level);
    this.trip.onRange(level, level);
    this.trip.onFill(t, d, -d, ledger.lastPrice, ledger.lastFee, 0, 0, 'take-profit');
    this.orders.clear();
  }

  private liquidate(t: number, price: number): void {
    const { ledger } = this;
    const before = ledger.qty;
    ledger.fillLiquidation(price);
    ledger.absorbShortfall();
    this.trip.onRange(price, price);
    this.trip.onFill(t, -before, before, ledger.lastPrice, ledger.lastFee, 0, 0, 'liquidation');
    this.orders.clear();
    this.pending.clear();
    this.tally.liquidations++;
  }

  private stopReason(side: number): ExitReason {
    return this.orders.isTrailNearest(side) ? 'trailing-stop' : 'stop-loss';
  }
}
