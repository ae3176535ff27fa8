import type { Ledger } from './account.ts';
import { TRADE_NUMBERS, TradeLog } from './trade-log.ts';
import { EXIT_REASONS, type ExitReason } from './types.ts';

const REASON_CODE = Object.fromEntries(EXIT_REASONS.map((reason, code) => [reason, code])) as Record<ExitReason, number>;

/**
 * Follows one position from flat to flat and writes it into a log.
 *
 * A reversal is one order: its fee, spread and slippage are split between the trade that ends and the one that begins by quantity.
 */
export class RoundTrip {
  private readonly log: TradeLog;
  private readonly market: number;
  private readonly row = new Float64Array(TRADE_NUMBERS.length);
  private side = 0;
  private entryBar = 0;
  private entryQty = 0;
  private entryNotional = 0;
  private exitQty = 0;
  private exitNotional = 0;
  private largestQty = 0;
  private cashFlow = 0;
  private fees = 0;
  private spread = 0;
  private slippage = 0;
  private carried = 0;
  private lowest = 0;
  private highest = 0;

  constructor(log: TradeLog, market = 0) {
    this.log = log;
    this.market = market;
  }

  /** A fill of d at bar t, already booked: `qtyBefore` is the position before it, costs are those of this fill alone. */
  onFill(t: number, d: number, qtyBefore: number, price: number, fee: number, spread: number, slippage: number, reason: ExitReason): void {
    const qtyAfter = qtyBefore + d;
    if (qtyBefore === 0) {
      this.begin(t, Math.sign(d), price);
      this.add(d, price, fee, spread, slippage);
    } else if (qtyBefore * qtyAfter < 0) {
      const share = Math.abs(qtyBefore / d);
      this.add(-qtyBefore, price, fee * share, spread * share, slippage * share);
      this.end(t, reason);
      this.begin(t, Math.sign(d), price);
      this.add(qtyAfter, price, fee * (1 - share), spread * (1 - share), slippage * (1 - share));
    } else {
      this.add(d, price, fee, spread, slippage);
      if (qtyAfter === 0) this.end(t, reason);
    }
  }

  /** Funding or borrow received (positive) or paid while the trade is open. */
  onCarry(amount: number): void {
    this.carried += amount;
    this.cashFlow += amount;
  }

  /** Prices seen while the position was held. */
  onRange(low: number, high: number): void {
    if (low < this.lowest) this.lowest = low;
    if (high > this.highest) this.highest = high;
  }

  /** Writes a still open position as a trade marked at a price into another log. */
  markOpen(t: number, ledger: Pick<Ledger, 'qty'>, price: number, into: TradeLog): void {
    this.exitQty += Math.abs(ledger.qty);
    this.exitNotional += Math.abs(ledger.qty) * price;
    this.cashFlow += ledger.qty * price;
    this.write(t, 'open', into);
  }

  private begin(t: number, side: number, price: number): void {
    this.side = side;
    this.entryBar = t;
    this.entryQty = this.entryNotional = this.exitQty = this.exitNotional = this.largestQty = 0;
    this.cashFlow = this.fees = this.spread = this.slippage = this.carried = 0;
    this.lowest = this.highest = price;
  }

  private add(d: number, price: number, fee: number, spread: number, slippage: number): void {
    const size = Math.abs(d);
    if (d * this.side > 0) {
      this.entryQty += size;
      this.entryNotional += size * price;
      this.largestQty = Math.max(this.largestQty, this.entryQty - this.exitQty);
    } else {
      this.exitQty += size;
      this.exitNotional += size * price;
    }
    this.cashFlow -= d * price + fee;
    this.fees += fee;
    this.spread += spread;
    this.slippage += slippage;
  }

  private end(t: number, reason: ExitReason): void {
    this.write(t, reason, this.log);
  }

  private write(t: number, reason: ExitReason, log: TradeLog): void {
    const entryPrice = this.entryNotional / this.entryQty;
    const worst = this.side > 0 ? this.lowest : this.highest;
    const best = this.side > 0 ? this.highest : this.lowest;
    const { row } = this;
    row[0] = this.side;
    row[1] = this.entryBar;
    row[2] = t;
    row[3] = entryPrice;
    row[4] = this.exitNotional / this.exitQty;
    row[5] = this.largestQty;
    row[6] = this.cashFlow;
    row[7] = this.cashFlow / this.entryNotional;
    row[8] = this.fees;
    row[9] = this.spread;
    row[10] = this.slippage;
    row[11] = this.carried;
    row[12] = Math.min(0, this.side * (worst / entryPrice - 1));
    row[13] = Math.max(0, this.side * (best / entryPrice - 1));
    row[14] = REASON_CODE[reason];
    row[15] = this.market;
    log.append(row);
  }
}
