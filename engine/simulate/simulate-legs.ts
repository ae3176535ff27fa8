import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { Ledger, Paid, ratesOf } from './account.ts';
import { delaySeries, firstCarriedBar } from './latency.ts';
import { isAfterGap } from './pending-order.ts';
import { RoundTrip } from './round-trip.ts';
import type { SimulationBuffers } from './simulate.ts';
import { acceptedByVenue, orderForExposure, truncateToLot } from './sizing.ts';
import { Tally, totalsOf } from './totals.ts';
import type { ExitReason, SimulationConfig, SimulationTotals } from './types.ts';

/**
 * Target exposures of several instruments on one clock and one account.
 *
 * Equity is taken once an open from all raw opens; sells are filled first, then all buys, scaled by one factor where cash is short.
 * When all adverse extremes at once breach the maintenance margin, everything is liquidated at them.
 *
 * shape   legs[m] of n bars each, exposures[m][n] → out.equity[n], out.qty[n] (gross position value ÷ equity), trades
 * causal  the fills of bar t read exposures ≤ t−1 and bar t
 * throws  InputError `legs-not-aligned`
 * source  accounting.md §3 (many instruments), §6
 */
export function simulateLegs(
  legs: readonly Bars[],
  exposures: readonly Float64Array[],
  config: SimulationConfig,
  out: SimulationBuffers,
): SimulationTotals {
  const bars = legs[0].length;
  if (legs.some((leg) => leg.length !== bars) || exposures.length !== legs.length) {
    throw new InputError('legs-not-aligned', `legs must have the same bars and one exposure each, were ${legs.map((l) => l.length).join(', ')} bars and ${exposures.length} exposures`);
  }
  out.prepare(bars);
  return new LegsSimulation(legs, exposures, config, out).run();
}

interface Leg {
  readonly bars: Bars;
  readonly exposure: Float64Array;
  /** Cash flows of this leg alone; the account's cash is the initial cash plus all of them. */
  readonly ledger: Ledger;
  readonly trip: RoundTrip;
  pending: number;
  /** Bar of the decision that waits. */
  pendingBar: number;
  lastSent: number;
}

/** Eleven times 1/11 is a little more than 1, and no target beyond the account. */
const ROUNDING = 1e-12;

class LegsSimulation {
  private readonly legs: readonly Leg[];
  private readonly config: SimulationConfig;
  private readonly out: SimulationBuffers;
  private readonly tally = new Tally();
  private readonly isMargin: boolean;
  private base: number;
  private shortfall = 0;

  constructor(legs: readonly Bars[], exposures: readonly Float64Array[], config: SimulationConfig, out: SimulationBuffers) {
    this.config = config;
    this.out = out;
    const rates = ratesOf(config.costs);
    this.base = config.account.initialCash;
    this.isMargin = config.account.kind === 'margin';
    this.legs = legs.map((bars, market) => ({
      bars,
      exposure: delaySeries(exposures[market], config.execution.latencyBars),
      ledger: new Ledger(rates, { ...config.account, initialCash: 0 }, config.rules),
      trip: new RoundTrip(out.trades, market),
      pending: Number.NaN,
      pendingBar: -1,
      lastSent: 0,
    }));
  }

  run(): SimulationTotals {
    const { equity, qty } = this.out;
    const first = firstCarriedBar(this.config);
    for (let t = 0; t < equity.length; t++) {
      this.settleOpen(t);
      this.settleInside(t);
      this.payBorrow(t);
      const gross = this.gross((leg) => leg.bars.close[t]);
      equity[t] = this.equity((leg) => leg.bars.close[t]);
      qty[t] = gross === 0 ? 0 : gross / equity[t];
      if (equity[t] <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = t;
      for (const leg of this.legs) if (leg.ledger.qty !== 0) leg.trip.onRange(leg.bars.low[t], leg.bars.high[t]);
      if (t >= first) this.decide(t);
    }
    this.finish();
    return totalsOf({ paid: this.paid() }, this.tally, this.config.account.initialCash, equity);
  }

  private equity(price: (leg: Leg) => number): number {
    return this.legs.reduce((sum, leg) => sum + leg.ledger.equityAt(price(leg)), this.base);
  }

  private gross(price: (leg: Leg) => number): number {
    return this.legs.reduce((sum, leg) => sum + Math.abs(leg.ledger.qty) * price(leg), 0);
  }

  private breaches(price: (leg: Leg) => number): boolean {
    const gross = this.gross(price);
    return this.isMargin && gross > 0 && this.equity(price) <= this.config.account.maintenanceFrac * gross;
  }

  private settleOpen(t: number): void {
    const open = (leg: Leg): number => leg.bars.open[t];
    if (this.breaches(open)) this.liquidateAll(t, open);
    const orders = this.ordersAt(t, this.equity(open));
    for (const { leg, d } of orders) if (d < 0) this.fill(t, leg, d);
    const scale = this.buyScale(t, orders);
    for (const { leg, d } of orders) if (d > 0) this.fill(t, leg, scale < 1 ? this.cutBuy(leg, d * scale, open(leg)) : d);
    // The costs of the fills themselves may have used up the margin.
    if (this.breaches(open)) this.liquidateAll(t, open);
  }

  private fill(t: number, leg: Leg, d: number): void {
    if (d === 0) return;
    this.take(t, leg, d, leg.bars.open[t], 'signal');
    this.tally.filled++;
    if (isAfterGap(leg.bars, leg.pendingBar, t)) this.tally.afterGap++;
  }

  /** A buy that cash cannot pay in full is still a whole number of lots. */
  private cutBuy(leg: Leg, d: number, open: number): number {
    const { rules } = this.config;
    return acceptedByVenue(truncateToLot(d, rules.lotStep), open, leg.ledger, rules, this.tally);
  }

  private ordersAt(t: number, equity: number): { leg: Leg; d: number }[] {
    const orders: { leg: Leg; d: number }[] = [];
    for (const leg of this.legs) {
      if (Number.isNaN(leg.pending)) continue;
      if (leg.bars.volume[t] === 0) {
        this.tally.waitedForVolume++;
        continue;
      }
      const x = leg.pending;
      leg.pending = Number.NaN;
      const d = orderForExposure(x, equity, leg.bars.open[t], leg.ledger, this.config.rules, this.tally);
      if (d !== 0) orders.push({ leg, d });
    }
    return orders;
  }

  /** Share of all buys that the cash left by the sells can pay; 1 on margin, where exposure is capped at the decision. */
  private buyScale(t: number, orders: readonly { leg: Leg; d: number }[]): number {
    if (this.isMargin) return 1;
    const cash = this.legs.reduce((sum, leg) => sum + leg.ledger.cash, this.base);
    const cost = orders.reduce((sum, { leg, d }) => {
      const open = leg.bars.open[t];
      return sum + Math.max(0, d) * open * (1 + leg.ledger.costPerNotional(1, open));
    }, 0);
    return cost > cash ? Math.max(0, cash) / cost : 1;
  }

  private settleInside(t: number): void {
    const adverse = (leg: Leg): number => (leg.ledger.qty >= 0 ? leg.bars.low[t] : leg.bars.high[t]);
    if (this.breaches(adverse)) this.liquidateAll(t, adverse);
  }

  private liquidateAll(t: number, price: (leg: Leg) => number): void {
    for (const leg of this.legs) {
      const before = leg.ledger.qty;
      leg.pending = Number.NaN;
      if (before === 0) continue;
      const at = price(leg);
      leg.ledger.fillLiquidation(at);
      leg.trip.onRange(at, at);
      leg.trip.onFill(t, -before, before, leg.ledger.lastPrice, leg.ledger.lastFee, 0, 0, 'liquidation');
    }
    this.tally.liquidations++;
    const cash = this.equity(() => 0);
    if (cash < 0) {
      this.base -= cash;
      this.shortfall -= cash;
    }
  }

  /** Borrow on every short, and on the account's negative cash: carried by the legs held long, in proportion to their value. */
  private payBorrow(t: number): void {
    const rate = this.config.account.borrowAnnFrac;
    if (rate === 0) return;
    const long = this.legs.reduce((sum, { ledger, bars }) => sum + Math.max(0, ledger.qty) * bars.close[t], 0);
    const owed = Math.max(0, -this.equity(() => 0));
    for (const { ledger, bars, trip } of this.legs) {
      if (ledger.qty === 0) continue;
      const value = ledger.qty * bars.close[t];
      const borrowed = value < 0 ? -value : owed * (value / long);
      const amount = (-rate * borrowed * bars.timeframeMs) / (365 * 86_400_000);
      ledger.cash += amount;
      ledger.paid.borrow += amount;
      trip.onCarry(amount);
    }
  }

  private decide(t: number): void {
    const limit = this.config.account.maxLeverage;
    const wanted = this.legs.map((leg) => (Number.isNaN(leg.exposure[t]) ? 0 : leg.exposure[t]));
    const allowed = wanted.map((x) => (this.isMargin ? x : Math.max(0, x)));
    const gross = allowed.reduce((sum, x) => sum + Math.abs(x), 0);
    const isCut = gross > limit * (1 + ROUNDING);
    this.legs.forEach((leg, m) => {
      const x = isCut ? (allowed[m] * limit) / gross : allowed[m];
      if (x === leg.lastSent) return;
      leg.lastSent = leg.pending = x;
      leg.pendingBar = t;
      if (x !== wanted[m]) this.tally.clippedExposure++;
      this.tally.sent++;
    });
  }

  private finish(): void {
    const last = this.out.equity.length - 1;
    for (const leg of this.legs) {
      if (leg.ledger.qty === 0) continue;
      if (this.config.flattenAtEnd) this.take(last, leg, -leg.ledger.qty, leg.bars.close[last], 'window-end');
      else leg.trip.markOpen(last, leg.ledger, leg.bars.close[last], this.out.openTrades);
    }
    if (!this.config.flattenAtEnd || last < 0) return;
    this.out.equity[last] = this.equity((leg) => leg.bars.close[last]);
    if (this.out.equity[last] <= 0 && this.tally.ruinedAtBar < 0) this.tally.ruinedAtBar = last;
  }

  private take(t: number, leg: Leg, d: number, reference: number, reason: ExitReason): void {
    const { ledger } = leg;
    const before = ledger.qty;
    const { spread, slippage } = ledger.paid;
    ledger.fillTaker(d, reference);
    leg.trip.onRange(reference, reference);
    leg.trip.onFill(t, d, before, ledger.lastPrice, ledger.lastFee, ledger.paid.spread - spread, ledger.paid.slippage - slippage, reason);
  }

  private paid(): Paid {
    const total = new Paid();
    for (const { ledger } of this.legs) {
      for (const key of Object.keys(total) as (keyof Paid)[]) total[key] += ledger.paid[key];
    }
    total.shortfall += this.shortfall;
    return total;
  }
}
