import { bpsToFrac } from '../core/index.ts';
import type { AccountRules, Costs, InstrumentRules } from './types.ts';

/** Costs as fractions, with the sum that moves a taker's price. */
export interface Rates {
  readonly taker: number;
  readonly maker: number;
  readonly halfSpread: number;
  readonly slippage: number;
  /** c = half spread + slippage. */
  readonly impact: number;
}

export function ratesOf(costs: Costs): Rates {
  const halfSpread = bpsToFrac(costs.halfSpreadBps);
  const slippage = bpsToFrac(costs.slippageBps);
  return { taker: bpsToFrac(costs.takerFeeBps), maker: bpsToFrac(costs.makerFeeBps), halfSpread, slippage, impact: halfSpread + slippage };
}

/** Running sums of what was paid; costs are positive here and signed in the waterfall. */
export class Paid {
  fees = 0;
  spread = 0;
  slippage = 0;
  funding = 0;
  borrow = 0;
  liquidationFees = 0;
  shortfall = 0;
  tradedNotional = 0;
}

/**
 * Cash K, signed quantity q and average entry A of one instrument, by the accounting's section 2.
 *
 * source  accounting.md §1, §2 (normative)
 */
export class Ledger {
  cash: number;
  qty = 0;
  avgEntry = 0;
  /** Price after costs and fee of the latest fill. */
  lastPrice = 0;
  lastFee = 0;
  readonly paid = new Paid();
  /** What fills cost now; replaced where fees change with date or volume, or slippage with size. */
  rates: Rates;
  private readonly rules: InstrumentRules;
  private readonly liquidationFee: number;

  constructor(rates: Rates, account: AccountRules, rules: InstrumentRules) {
    this.cash = account.initialCash;
    this.rates = rates;
    this.rules = rules;
    this.liquidationFee = account.liquidationFeeFrac;
  }

  /** E(P) = K + qP. */
  equityAt(price: number): number {
    return this.cash + this.qty * price;
  }

  /** Market, stop or trailing fill of signed d at reference P: price moves by c against the trader, taker fee. */
  fillTaker(d: number, reference: number): void {
    const side = Math.sign(d);
    const size = Math.abs(d);
    const moved = reference * (1 + side * this.rates.impact);
    const price = roundAgainst(moved, side, this.rules.tickSize);
    const rounding = side * (price - moved);
    this.paid.spread += size * reference * this.rates.halfSpread;
    this.paid.slippage += size * (reference * this.rates.slippage + rounding);
    this.book(d, price, this.rates.taker * size * price);
  }

  /** A taker fill that never pays worse than a limit: what the limit saves is taken off slippage first, then off the spread. */
  fillTakerWithin(d: number, reference: number, limit: number): void {
    const side = Math.sign(d);
    const size = Math.abs(d);
    const price = this.takerPriceWithin(d, reference, limit);
    const moved = side * (price - reference);
    const spread = Math.min(moved, reference * this.rates.halfSpread);
    this.paid.spread += size * spread;
    this.paid.slippage += size * (moved - spread);
    this.book(d, price, this.rates.taker * size * price);
  }

  takerPriceWithin(d: number, reference: number, limit: number): number {
    const price = this.takerPrice(d, reference);
    return d > 0 ? Math.min(price, limit) : Math.max(price, limit);
  }

  /** Takes over another ledger's account, without what it has paid. */
  copyFrom(other: Ledger): void {
    this.cash = other.cash;
    this.qty = other.qty;
    this.avgEntry = other.avgEntry;
    this.rates = other.rates;
  }

  /** A resting limit or target: at its level, maker fee. */
  fillMaker(d: number, level: number): void {
    this.book(d, level, this.rates.maker * Math.abs(d) * level);
  }

  /** Closes the position at P at the liquidation fee. */
  fillLiquidation(price: number): void {
    const fee = this.liquidationFee * Math.abs(this.qty) * price;
    this.book(-this.qty, price, fee);
    this.paid.fees -= fee;
    this.paid.liquidationFees += fee;
  }

  /** A negative account is set to zero and the shortfall recorded. */
  absorbShortfall(): void {
    if (this.cash >= 0) return;
    this.paid.shortfall -= this.cash;
    this.cash = 0;
  }

  /** Price after costs that a taker fill of d at P would have. */
  takerPrice(d: number, reference: number): number {
    return roundAgainst(reference * (1 + Math.sign(d) * this.rates.impact), Math.sign(d), this.rules.tickSize);
  }

  /** k: what a taker fill at P costs a unit of notional, price and fee together; tick rounding included, so that spot cash never goes negative. */
  costPerNotional(side: number, reference: number): number {
    const { impact, taker } = this.rates;
    const moved = this.rules.tickSize === 0 ? impact : side * (this.takerPrice(side, reference) / reference - 1);
    return moved + taker * (1 + side * moved);
  }

  private book(d: number, price: number, fee: number): void {
    const before = this.qty;
    const after = before + d;
    if (before === 0 || before * after < 0) this.avgEntry = price;
    else if (Math.abs(after) > Math.abs(before)) this.avgEntry = (this.avgEntry * before + price * d) / after;
    this.cash = this.cash - d * price - fee;
    this.qty = after;
    if (after === 0) this.avgEntry = 0;
    this.paid.fees += fee;
    this.paid.tradedNotional += Math.abs(d) * price;
    this.lastPrice = price;
    this.lastFee = fee;
  }
}

/** Tick rounding is against the trader: buys up, sells down. */
function roundAgainst(price: number, side: number, tick: number): number {
  if (tick === 0) return price;
  const ticks = price / tick;
  const near = Math.round(ticks);
  if (Math.abs(ticks - near) < 1e-9) return near * tick;
  return (side > 0 ? Math.ceil(ticks) : Math.floor(ticks)) * tick;
}
