import type { Bars } from '../market/index.ts';
import { InputError } from '../core/index.ts';
import { type Decisions, PendingOrder, ratesOf, type SimulationBuffers, type SimulationConfig, type SimulationTotals, Tally } from '../simulate/index.ts';
import type { PeerOptions } from './peer-options.ts';
import { type PeerFill, replay } from './replay.ts';
import { simulateVectorbt, type VectorbtOrderRecord, type VectorbtSignal } from './vectorbt.ts';

/** What the decisions come to in vectorbt's terms: signals, and arrays of one value a bar. */
interface Translation {
  readonly signals: VectorbtSignal[];
  readonly size: Float64Array;
  readonly stop: Float64Array;
  readonly target: Float64Array;
  trails: boolean;
  stops: boolean;
  isPartial: boolean;
}

/** Decisions filled by vectorbt's rules: signals shifted one bar and filled at the open, or at once at the close with `fill: close`. */
export function simulateDecisionsVectorbt(bars: Bars, decisions: Decisions, config: SimulationConfig, out: SimulationBuffers): SimulationTotals {
  const tally = new Tally();
  const atClose = config.execution.fill === 'close';
  const made = translate(bars, decisions, config, tally, atClose ? 0 : 1);
  if (made.trails && made.stops) {
    throw new InputError('profile-unsupported', 'a strategy under --profile vectorbt must state stopLossFrac or trailFrac, not both: vectorbt holds one stop a position');
  }
  const { signals, size, stop, target, trails, isPartial } = made;
  const { taker, impact } = ratesOf(config.costs);
  const options: PeerOptions = {
    init_cash: config.account.initialCash, fees: taker, slippage: impact, price: atClose ? 'close' : 'open', sl_stop: stop, sl_trail: trails, tp_stop: target,
    ...(isPartial ? { size, size_type: 'percent' } : {}),
    ...(config.rules.lotStep > 0 ? { size_granularity: config.rules.lotStep } : {}),
  };
  const { orders, value, position, unfilled } = simulateVectorbt(bars, signals, options);
  const totals = replay(bars, { equity: value, qty: position, fills: orders.map((order) => fillOf(order, trails, atClose)), ruinedAtBar: value.findIndex((one) => one <= 0) }, config, tally, out);
  return { ...totals, orders: { ...totals.orders, sent: totals.orders.filled + unmetEntries(signals, orders), rejectedLot: unfilled } };
}

/** Entry signals without an order: rejected, dropped for a stop, or changes of size on the side held, which vectorbt ignores without accumulation. */
function unmetEntries(signals: readonly VectorbtSignal[], orders: readonly VectorbtOrderRecord[]): number {
  const met = new Set(orders.filter(({ by }) => by === 'signal').map(({ bar }) => bar));
  return signals.filter(({ bar, signal }) => signal.endsWith('entry') && !met.has(bar)).length;
}

function translate(bars: Bars, decisions: Decisions, config: SimulationConfig, tally: Tally, delay: 0 | 1): Translation {
  const empty = (): Float64Array => new Float64Array(bars.length).fill(Number.NaN);
  const made: Translation = { signals: [], size: empty(), stop: empty(), target: empty(), trails: false, stops: false, isPartial: false };
  const pending = new PendingOrder(decisions, config.account, tally);
  let held = 0;
  for (let t = Math.max(0, config.firstDecisionBar); t + delay < bars.length; t++) {
    pending.decide(t);
    if (!pending.waits) continue;
    const { x, stopLossFrac, takeProfitFrac, trailFrac } = pending;
    pending.clear();
    const bar = t + delay;
    made.signals.push({ bar, signal: x === 0 ? (held > 0 ? 'long-exit' : 'short-exit') : x > 0 ? 'long-entry' : 'short-entry' });
    held = x;
    if (x === 0) continue;
    made.size[bar] = Math.abs(x);
    made.isPartial ||= Math.abs(x) !== 1;
    made.trails ||= trailFrac > 0;
    made.stops ||= stopLossFrac > 0;
    if (stopLossFrac > 0 || trailFrac > 0) made.stop[bar] = trailFrac > 0 ? trailFrac : stopLossFrac;
    if (takeProfitFrac > 0) made.target[bar] = takeProfitFrac;
  }
  return made;
}

function fillOf(order: VectorbtOrderRecord, trails: boolean, atClose: boolean): PeerFill {
  const qty = order.side === 'buy' ? order.size : -order.size;
  return {
    bar: order.bar, qty, price: order.price, fee: order.fee, impact: qty * (order.price - order.referencePrice),
    reason: order.by === 'stop-loss' && trails ? 'trailing-stop' : order.by, atClose: atClose && order.by === 'signal',
  };
}
