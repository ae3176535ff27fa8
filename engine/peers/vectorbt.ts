import { requireInput, unknownName } from '../core/index.ts';
import type { PeerBars } from './peer-bars.ts';
import { type PeerOptions, valueAt } from './peer-options.ts';
import { executeOrder, type VectorbtAccount, type VectorbtFill } from './vectorbt-account.ts';
import { type Direction, type OrderPrice, type VectorbtRules, vectorbtRules } from './vectorbt-options.ts';
import { type BarSignals, NO_SIGNALS, orderOfSignals, resolveSignals, stopSignals } from './vectorbt-signals.ts';
import { type StopHit, VectorbtStops } from './vectorbt-stops.ts';

/** `entry` and `exit` go by the option `direction`; `opposite` is such an exit, which under `both` is a short entry. */
export const VECTORBT_SIGNALS = ['long-entry', 'long-exit', 'short-entry', 'short-exit', 'opposite', 'entry', 'exit'] as const;
export type VectorbtSignalName = (typeof VECTORBT_SIGNALS)[number];

export interface VectorbtSignal {
  readonly bar: number;
  readonly signal: VectorbtSignalName;
}

/** One filled order. */
export interface VectorbtOrderRecord {
  readonly bar: number;
  readonly side: 'buy' | 'sell';
  readonly size: number;
  readonly price: number;
  readonly fee: number;
  /** What it would have been without slippage. */
  readonly referencePrice: number;
  readonly by: 'signal' | StopHit['by'];
}

export interface VectorbtResult {
  readonly orders: readonly VectorbtOrderRecord[];
  /** Cash and position at each bar's close. */
  readonly value: Float64Array;
  readonly position: Float64Array;
  readonly finalEquity: number;
  /** Orders that were ignored or rejected. */
  readonly unfilled: number;
}

/**
 * Signals of one column filled by the rules of vectorbt's `Portfolio.from_signals`.
 *
 * shape   bars[n] → value[n], position[n], at most one order a bar
 * causal  a signal of bar t is filled in bar t, at its close unless `price` says otherwise
 * throws  InputError `peer-option-unknown`, `peer-option-invalid`, `peer-signal-unknown`, `peer-signal-invalid`, `peer-order-invalid`
 * source  vectorbt 1.1.0
 */
export function simulateVectorbt(bars: PeerBars, signals: readonly VectorbtSignal[], options: PeerOptions = {}): VectorbtResult {
  const rules = vectorbtRules(options);
  return new VectorbtSimulation(bars, signalsByBar(signals, rules.direction, bars.close.length), rules).run();
}

class VectorbtSimulation {
  private readonly bars: PeerBars;
  private readonly signals: ReadonlyMap<number, BarSignals>;
  private readonly rules: VectorbtRules;
  private readonly stops: VectorbtStops;
  private readonly orders: VectorbtOrderRecord[] = [];
  private account: VectorbtAccount;
  /** Last known price that values the position. */
  private valPrice = Number.NaN;
  private unfilled = 0;

  constructor(bars: PeerBars, signals: ReadonlyMap<number, BarSignals>, rules: VectorbtRules) {
    this.bars = bars;
    this.signals = signals;
    this.rules = rules;
    this.stops = new VectorbtStops(rules);
    this.account = { cash: rules.initCash, position: 0, debt: 0, freeCash: rules.initCash };
  }

  run(): VectorbtResult {
    const { close } = this.bars;
    const value = new Float64Array(close.length);
    const position = new Float64Array(close.length);
    for (let t = 0; t < close.length; t++) {
      this.walkBar(t);
      position[t] = this.account.position;
      value[t] = this.account.cash + (position[t] === 0 ? 0 : position[t] * close[t]);
    }
    return { orders: this.orders, value, position, finalEquity: value.at(-1) ?? this.rules.initCash, unfilled: this.unfilled };
  }

  private walkBar(t: number): void {
    const { bars, rules, account } = this;
    const { position } = account;
    const price = priceAt(rules.price, bars, t, Number.NaN);
    const valued = priceAt(rules.valPrice, bars, t, price);
    if (!Number.isNaN(valued)) this.valPrice = valued;
    const hit = this.stops.hitAt(t, position, bars);
    const { signals, accumulate } = hit === null
      ? resolveSignals(position, this.signals.get(t) ?? NO_SIGNALS, rules)
      : stopSignals(position, rules.uponStopExit, rules.accumulate);
    const order = orderOfSignals(position, signals, valueAt(rules.size, t), rules.sizeType, accumulate, this.valPrice);
    if (order.size === 0) return;
    const sent = hit === null ? { price, slippage: rules.slippage } : this.stopPrice(hit.price, price, bars.close[t]);
    const value = account.cash + (position === 0 ? 0 : position * this.valPrice);
    const fill = executeOrder(account, { ...order, ...sent, valPrice: this.valPrice, value }, rules);
    if (fill === null) this.unfilled++;
    else this.take(t, fill, sent.price, hit?.by ?? 'signal');
  }

  /** A stop's own price has no slippage under `stoplimit`. */
  private stopPrice(hit: number, price: number, close: number): { price: number; slippage: number } {
    const { stopExitPrice, slippage } = this.rules;
    if (stopExitPrice === 'stoplimit') return { price: hit, slippage: 0 };
    return { price: { stopmarket: hit, close, price }[stopExitPrice], slippage };
  }

  private take(t: number, fill: VectorbtFill, orderPrice: number, by: VectorbtOrderRecord['by']): void {
    const before = this.account.position;
    this.account = fill.account;
    this.orders.push({ bar: t, side: fill.side, size: fill.size, price: fill.price, fee: fill.fee, referencePrice: orderPrice, by });
    const bases = { close: this.bars.close[t], fillprice: fill.price, price: orderPrice, valprice: this.valPrice };
    this.stops.update(t, before, fill.account.position, bases[this.rules.stopEntryPrice]);
  }
}

function priceAt(which: OrderPrice, bars: PeerBars, t: number, order: number): number {
  if (which === 'close') return bars.close[t];
  if (which === 'order') return order;
  if (which === 'previous-close') return t > 0 ? bars.close[t - 1] : Number.NaN;
  if (which !== 'open') return valueAt(which, t);
  if (!Number.isNaN(bars.open[t])) return bars.open[t];
  return t > 0 ? bars.close[t - 1] : Number.NaN;
}

function signalsByBar(signals: readonly VectorbtSignal[], direction: Direction, bars: number): Map<number, BarSignals> {
  const byBar = new Map<number, BarSignals>();
  for (const { bar, signal } of signals) {
    requireInput(Number.isInteger(bar) && bar >= 0 && bar < bars, 'peer-signal-invalid', 'bar', `a bar in 0 … ${bars - 1}`, bar);
    byBar.set(bar, { ...(byBar.get(bar) ?? NO_SIGNALS), [flagOf(signal, direction)]: true });
  }
  return byBar;
}

function flagOf(signal: VectorbtSignalName, direction: Direction): keyof BarSignals {
  switch (signal) {
    case 'long-entry': return 'longEntry';
    case 'long-exit': return 'longExit';
    case 'short-entry': return 'shortEntry';
    case 'short-exit': return 'shortExit';
    case 'entry': return direction === 'shortonly' ? 'shortEntry' : 'longEntry';
    case 'exit':
    case 'opposite':
      if (direction === 'both') return 'shortEntry';
      return direction === 'longonly' ? 'longExit' : 'shortExit';
    default: throw unknownName('peer-signal-unknown', 'signal', String(signal), VECTORBT_SIGNALS);
  }
}
