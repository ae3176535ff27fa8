import type { PeerBars } from './peer-bars.ts';
import type { BacktestingPyRules } from './backtesting-py-options.ts';
import { fillPriceOf, isContingent, orderOf, type PyOrder, type PyOrderRequest, type PyTrade, roundHalfEven } from './backtesting-py-orders.ts';
import { floorDivide } from './tolerance.ts';

/**
 * backtesting.py's broker: a queue of orders in which stop-losses and closes stand first and targets last.
 *
 * source  backtesting.py 0.6.6
 */
export class PyBroker {
  readonly trades: PyTrade[] = [];
  readonly closed: PyTrade[] = [];
  cash: number;
  /** Commission as it was charged. */
  feesPaid = 0;
  spreadPaid = 0;
  tradedNotional = 0;
  /** Orders cancelled for lack of margin. */
  cancelled = 0;
  private orders: PyOrder[] = [];
  private readonly bars: PeerBars;
  private readonly rules: BacktestingPyRules;
  private t = 0;

  constructor(bars: PeerBars, rules: BacktestingPyRules) {
    this.bars = bars;
    this.rules = rules;
    this.cash = rules.cash;
  }

  get equity(): number {
    const units = this.trades.reduce((sum, { size }) => sum + size, 0);
    return this.cash + (this.lastPrice * units - this.trades.reduce((sum, { size, entryPrice }) => sum + size * entryPrice, 0));
  }

  get lastPrice(): number {
    return this.bars.close[this.t];
  }

  /** Fills what bar t fills; false when the equity is gone. */
  walkBar(t: number): boolean {
    this.t = t;
    while (this.processQueue()) { /* stop-losses and targets of trades just opened are looked at on the same bar */ }
    if (this.equity > 0) return true;
    // The peer closes while it walks its list, and so skips every second trade.
    for (let i = 0; i < this.trades.length; i++) this.closeTrade(this.trades[i], this.lastPrice, t, 'order');
    this.cash = 0;
    return false;
  }

  order(side: 1 | -1, request: PyOrderRequest): void {
    const order = orderOf(side, request, this.adjusted(side, this.lastPrice));
    if (this.rules.exclusiveOrders) {
      // The peer cancels while it walks its queue, and so skips the order after each cancelled one.
      for (let i = 0; i < this.orders.length; i++) if (!isContingent(this.orders[i])) this.orders.splice(i, 1);
      this.closeAll(1);
    }
    this.orders.push(order);
  }

  /** Orders to close a portion of every trade, in front of the queue. */
  closeAll(portion: number): void {
    for (const trade of this.trades) this.closeLater(trade, portion);
  }

  /** At the end of the data: the last trade's close is queued first, so that the oldest is closed first. */
  finalize(): void {
    for (const trade of [...this.trades].reverse()) this.closeLater(trade, 1);
  }

  setStopLoss(trade: PyTrade, price: number): void {
    if (trade.stopLoss !== null) this.remove(trade.stopLoss);
    trade.stopLoss = { size: -trade.size, limit: null, stop: price, sl: null, tp: null, parent: trade };
    this.orders.unshift(trade.stopLoss);
  }

  private setTakeProfit(trade: PyTrade, price: number): void {
    trade.takeProfit = { size: -trade.size, limit: price, stop: null, sl: null, tp: null, parent: trade };
    this.orders.push(trade.takeProfit);
  }

  private closeLater(trade: PyTrade, portion: number): void {
    const units = Math.max(1, roundHalfEven(Math.abs(trade.size) * portion));
    this.orders.unshift({ size: -Math.sign(trade.size) * units, limit: null, stop: null, sl: null, tp: null, parent: trade });
  }

  /** One walk through the queue; true when it must be walked again. */
  private processQueue(): boolean {
    let again = false;
    for (const order of this.orders.slice()) if (this.orders.includes(order) && this.processOrder(order)) again = true;
    return again;
  }

  private processOrder(order: PyOrder): boolean {
    const { bars, t, rules } = this;
    const bar = { open: bars.open[t], high: bars.high[t], low: bars.low[t] };
    const onClose = rules.tradeOnClose && !isContingent(order);
    const hit = fillPriceOf(order, onClose ? bars.close[t - 1] : bar.open, bar);
    if (hit === null) return false;
    const isMarket = order.limit === null && hit.stop === null;
    const at = isMarket && onClose ? t - 1 : t;
    if (order.parent !== null) {
      this.fillClosing(order, order.parent, hit.price, at);
      return false;
    }
    const isOpened = this.fillStandAlone(order, hit.price, at);
    this.remove(order);
    return isOpened && isCheckedAtOnce(order, hit.stop, isMarket, bar);
  }

  private fillClosing(order: PyOrder, trade: PyTrade, price: number, at: number): void {
    const exit = order === trade.stopLoss ? 'stop-loss' : order === trade.takeProfit ? 'take-profit' : 'order';
    const units = Math.sign(order.size) * Math.min(Math.abs(trade.size), Math.abs(order.size));
    if (this.trades.includes(trade)) this.reduceTrade(trade, price, units, at, exit);
    if (exit === 'order') this.remove(order);
  }

  /** Closes opposite trades first in, first out, then opens the rest when the margin covers it; true when a trade was opened. */
  private fillStandAlone(order: PyOrder, price: number, at: number): boolean {
    const entry = this.adjusted(order.size, price);
    const costOfUnit = entry + this.commission(order.size, price) / Math.abs(order.size);
    let need = Math.abs(order.size) < 1 ? Math.sign(order.size) * floorDivide(this.buyingPower() * Math.abs(order.size), costOfUnit) : order.size;
    if (need === 0) {
      this.cancelled++;
      return false;
    }
    if (!this.rules.hedging) need = this.closeOpposite(need, price, at);
    if (Math.abs(need) * costOfUnit > this.buyingPower()) {
      this.cancelled++;
      return false;
    }
    if (need === 0) return false;
    this.openTrade(need, entry, price, at, order);
    return true;
  }

  /** What is left of an order after closing what stands against it, at the raw price. */
  private closeOpposite(units: number, price: number, at: number): number {
    let need = units;
    for (const trade of this.trades.slice()) {
      if (Math.sign(trade.size) === Math.sign(units)) continue;
      if (Math.abs(need) >= Math.abs(trade.size)) {
        this.closeTrade(trade, price, at, 'order');
        need += trade.size;
      } else {
        this.reduceTrade(trade, price, need, at, 'order');
        need = 0;
      }
      if (need === 0) break;
    }
    return need;
  }

  private openTrade(size: number, entryPrice: number, rawPrice: number, at: number, order: PyOrder): void {
    const trade: PyTrade = {
      size, entryPrice, entryBar: at, exitBar: -1, exitPrice: Number.NaN, pnl: Number.NaN, commission: 0, stopLoss: null, takeProfit: null, exit: 'order',
    };
    this.trades.push(trade);
    this.charge(size, entryPrice);
    this.spreadPaid += size * (entryPrice - rawPrice);
    if (order.tp !== null) this.setTakeProfit(trade, order.tp);
    if (order.sl !== null) this.setStopLoss(trade, order.sl);
  }

  private reduceTrade(trade: PyTrade, price: number, units: number, at: number, exit: PyTrade['exit']): void {
    const left = trade.size + units;
    if (left === 0) {
      this.closeTrade(trade, price, at, exit);
      return;
    }
    trade.size = left;
    if (trade.stopLoss !== null) trade.stopLoss.size = -left;
    if (trade.takeProfit !== null) trade.takeProfit.size = -left;
    const part = { ...trade, size: -units, stopLoss: null, takeProfit: null };
    this.trades.push(part);
    this.closeTrade(part, price, at, exit);
  }

  private closeTrade(trade: PyTrade, price: number, at: number, exit: PyTrade['exit']): void {
    this.trades.splice(this.trades.indexOf(trade), 1);
    if (trade.stopLoss !== null) this.remove(trade.stopLoss);
    if (trade.takeProfit !== null) this.remove(trade.takeProfit);
    const gross = trade.size * (price - trade.entryPrice);
    this.cash += gross;
    const commission = this.charge(trade.size, price) + this.commission(trade.size, trade.entryPrice);
    Object.assign(trade, { exitBar: at, exitPrice: price, commission, pnl: gross - commission, exit });
    this.closed.push(trade);
  }

  private charge(size: number, price: number): number {
    const commission = this.commission(size, price);
    this.cash -= commission;
    this.feesPaid += commission;
    this.tradedNotional += Math.abs(size) * price;
    return commission;
  }

  private commission(size: number, price: number): number {
    return this.rules.commissionFixed + Math.abs(size) * price * this.rules.commissionRate;
  }

  private adjusted(side: number, price: number): number {
    return price * (1 + Math.sign(side) * this.rules.spread);
  }

  /** Margin available times leverage, at the current bar's close. */
  private buyingPower(): number {
    const { leverage } = this.rules;
    const used = this.trades.reduce((sum, { size }) => sum + (Math.abs(size) * this.lastPrice) / leverage, 0);
    return Math.max(0, this.equity - used) * leverage;
  }

  private remove(order: PyOrder): void {
    const at = this.orders.indexOf(order);
    if (at >= 0) this.orders.splice(at, 1);
  }
}

/** Stop-loss and target of a market entry count from its own bar on; those of a stop entry only where the bar went straight on to the target. */
function isCheckedAtOnce(order: PyOrder, stop: number | null, isMarket: boolean, { high, low }: { readonly high: number; readonly low: number }): boolean {
  const { sl, tp } = order;
  if (sl === null && tp === null) return false;
  if (isMarket) return true;
  if (stop === null || order.limit !== null || tp === null) return false;
  return order.size > 0 ? tp <= high && (sl ?? Number.NEGATIVE_INFINITY) < low : tp >= low && (sl ?? Number.POSITIVE_INFINITY) > high;
}
