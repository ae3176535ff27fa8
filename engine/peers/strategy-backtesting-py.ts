import type { Bars } from '../market/index.ts';
import { type Decisions, PendingOrder, ratesOf, type SimulationBuffers, type SimulationConfig, type SimulationTotals, Tally } from '../simulate/index.ts';
import { type BacktestingPyResult, runBacktestingPy } from './backtesting-py.ts';
import type { PyBroker } from './backtesting-py-broker.ts';
import type { PyOrderRequest } from './backtesting-py-orders.ts';
import type { PeerBars } from './peer-bars.ts';
import { type PeerFill, replay } from './replay.ts';

/**
 * Decisions filled by backtesting.py's rules: each change of target is an exclusive order of a fraction of the margin, or a close.
 *
 * Units are whole; a lot step makes them lots, as `FractionalBacktest` does by scaling the prices.
 */
export function simulateDecisionsBacktestingPy(bars: Bars, decisions: Decisions, config: SimulationConfig, out: SimulationBuffers): SimulationTotals {
  const tally = new Tally();
  const unit = config.rules.lotStep > 0 ? config.rules.lotStep : 1;
  const priced = scaled(bars, unit);
  const { taker, impact } = ratesOf(config.costs);
  const atClose = config.execution.fill === 'close';
  const driver = new DecisionDriver(priced, decisions, config, tally);
  const result = runBacktestingPy(priced, (t, broker) => driver.next(t, broker), {
    cash: config.account.initialCash, spread: impact, commission: taker, margin: 1 / Math.max(1, config.account.maxLeverage), trade_on_close: atClose,
    exclusive_orders: true,
  });
  const qty = result.position.map((units) => units * unit);
  const fills = fillsOf(result, { taker, impact, unit, atClose, trails: driver.trails });
  const totals = replay(bars, { equity: result.equity, qty, fills, ruinedAtBar: result.ruinedAtBar }, config, tally, out);
  return { ...totals, orders: { ...totals.orders, sent: fills.length + result.cancelled, rejectedLot: result.cancelled } };
}

/** Calls the broker at the end of each bar as a strategy's `next()` would. */
class DecisionDriver {
  trails = false;
  private trailFrac = 0;
  private readonly bars: PeerBars;
  private readonly config: SimulationConfig;
  private readonly pending: PendingOrder;

  constructor(bars: PeerBars, decisions: Decisions, config: SimulationConfig, tally: Tally) {
    this.bars = bars;
    this.config = config;
    this.pending = new PendingOrder(decisions, config.account, tally);
  }

  next(t: number, broker: PyBroker): void {
    if (t < this.config.firstDecisionBar) return;
    const { pending } = this;
    this.trail(t, broker);
    pending.decide(t);
    if (!pending.waits) return;
    const { x } = pending;
    this.trailFrac = pending.trailFrac;
    if (x === 0) broker.closeAll(1);
    else broker.order(x > 0 ? 1 : -1, this.request(t, Math.sign(x)));
    pending.clear();
  }

  private request(t: number, side: number): PyOrderRequest {
    const { x, stopLossFrac, takeProfitFrac, trailFrac } = this.pending;
    const close = this.bars.close[t];
    const stopFrac = stopLossFrac > 0 && trailFrac > 0 ? Math.min(stopLossFrac, trailFrac) : stopLossFrac + trailFrac;
    const size = Math.abs(x) / Math.max(1, this.config.account.maxLeverage);
    this.trails ||= trailFrac > 0;
    return {
      ...(size < 1 ? { size } : {}),
      ...(stopFrac > 0 ? { sl: close * (1 - side * stopFrac) } : {}),
      ...(takeProfitFrac > 0 ? { tp: close * (1 + side * takeProfitFrac) } : {}),
    };
  }

  /** A trailing stop follows the closes and never gives way, as `lib.TrailingStrategy` moves it. */
  private trail(t: number, broker: PyBroker): void {
    if (this.trailFrac === 0) return;
    for (const trade of broker.trades.slice()) {
      const side = Math.sign(trade.size);
      const level = this.bars.close[t] * (1 - side * this.trailFrac);
      const stop = trade.stopLoss?.stop ?? null;
      if (stop === null || side * (level - stop) > 0) broker.setStopLoss(trade, level);
    }
  }
}

interface FillTerms {
  readonly taker: number;
  readonly impact: number;
  readonly unit: number;
  readonly atClose: boolean;
  readonly trails: boolean;
}

/** Entries and exits in order of time; on one bar an exit comes before the entry that follows it. */
function fillsOf({ trades, openTrades }: BacktestingPyResult, { taker, impact, unit, atClose, trails }: FillTerms): PeerFill[] {
  const fill = (bar: number, units: number, price: number, rest: Pick<PeerFill, 'impact' | 'reason' | 'atClose'>): PeerFill =>
    ({ bar, qty: units * unit, price: price / unit, fee: taker * Math.abs(units) * price, ...rest });
  const entry = (units: number, bar: number, price: number): PeerFill =>
    fill(bar, units, price, { impact: Math.abs(units) * price * (impact / (1 + Math.sign(units) * impact)), reason: 'signal', atClose });
  return [
    ...trades.flatMap(({ size, entryBar, exitBar, entryPrice, exitPrice, exit }) => [
      entry(size, entryBar, entryPrice),
      fill(exitBar, -size, exitPrice, { impact: 0, reason: exit === 'order' ? 'signal' : exit === 'stop-loss' && trails ? 'trailing-stop' : exit, atClose: atClose && exit === 'order' }),
    ]),
    ...openTrades.map(({ size, entryBar, entryPrice }) => entry(size, entryBar, entryPrice)),
  ];
}

function scaled(bars: Bars, unit: number): PeerBars {
  if (unit === 1) return bars;
  const column = (values: Float64Array): Float64Array => values.map((price) => price * unit);
  return { open: column(bars.open), high: column(bars.high), low: column(bars.low), close: column(bars.close) };
}
