import { InputError } from '../core/index.ts';
import type { LiveOrder } from './live-order.ts';
import type { Seat } from './seat.ts';
import type { TargetProtection } from './targets.ts';
import type { OrderChange, OrderEvent, OrderRequest } from './types.ts';

/** What the engine does for a strategy. */
export interface Desk {
  readonly seats: readonly Seat[];
  readonly events: readonly OrderEvent[];
  readonly cash: number;
  readonly closeTimeMs: number;
  equityAtClose(): number;
  place(request: OrderRequest): number;
  cancel(id: number): boolean;
  replace(id: number, change: OrderChange): boolean;
  target(market: number, x: number, protection: TargetProtection): void;
}

/** The position in one instrument. */
export interface Position {
  /** Signed quantity. */
  readonly qtyBase: number;
  /** Average entry price with slippage; 0 when flat. */
  readonly avgEntryPrice: number;
  /** Value ÷ equity. */
  readonly exposure: number;
}

/** An order that waits or rests, or is on its way. */
export interface OpenOrder {
  readonly id: number;
  readonly side: 'buy' | 'sell';
  readonly type: string;
  readonly qtyBase: number;
  /** Limit, stop or trailing level; NaN for a market order. */
  readonly price: number;
  readonly tag: string | null;
}

type Column = 'open' | 'high' | 'low' | 'close' | 'volume';

/**
 * One instrument as a strategy sees it at a close: bars up to now and nothing after.
 *
 * causal  `ago` counts back from the present bar; a negative one is refused
 */
export class MarketView {
  private readonly seat: Seat;
  private readonly desk: Desk;
  /** Series that the strategy has prepared, read one bar at a time. */
  features: Readonly<Record<string, Float64Array>> = {};

  constructor(seat: Seat, desk: Desk) {
    this.seat = seat;
    this.desk = desk;
  }

  get symbol(): string {
    return this.seat.bars.instrument.symbol;
  }

  /** Bars known so far. */
  get bars(): number {
    return this.seat.row + 1;
  }

  /** Whether the present moment has a bar of it, and it is still listed. */
  get isTraded(): boolean {
    return this.seat.isHere && !this.seat.isDelisted;
  }

  /** Whether it has had a first bar and not its last one; in a gap it is listed and not traded. */
  get isListed(): boolean {
    return this.seat.row >= 0 && !this.seat.isDelisted;
  }

  open(ago = 0): number {
    return this.at('open', ago);
  }

  high(ago = 0): number {
    return this.at('high', ago);
  }

  low(ago = 0): number {
    return this.at('low', ago);
  }

  close(ago = 0): number {
    return this.at('close', ago);
  }

  volume(ago = 0): number {
    return this.at('volume', ago);
  }

  /** The last `count` values of a column, oldest first; fewer where history is shorter. */
  history(column: Column, count: number): Float64Array {
    const end = this.seat.row + 1;
    return this.seat.bars[column].slice(Math.max(0, end - count), end);
  }

  /** A prepared series at a bar. throws InputError `feature-unknown` */
  feature(name: string, ago = 0): number {
    const series = this.features[name];
    if (series === undefined) throw new InputError('feature-unknown', `feature must be one of ${Object.keys(this.features).join(', ') || 'none'}, was ${name}`);
    return series[this.rowAt(ago)] ?? Number.NaN;
  }

  get position(): Position {
    const { qty, avgEntry } = this.seat.world.ledger;
    return { qtyBase: qty, avgEntryPrice: avgEntry, exposure: qty === 0 ? 0 : (qty * this.seat.close) / this.desk.equityAtClose() };
  }

  get openOrders(): OpenOrder[] {
    const { world, onTheWay } = this.seat;
    return (onTheWay.length === 0 ? world.orders : [...world.orders, ...onTheWay]).map(openOrderOf);
  }

  /** Target exposure, as in the accounting: an order is sent when it differs from the last one. */
  target(x: number, protection: TargetProtection = {}): void {
    this.desk.target(this.seat.market, x, protection);
  }

  private at(column: Column, ago: number): number {
    return this.seat.bars[column][this.rowAt(ago)] ?? Number.NaN;
  }

  private rowAt(ago: number): number {
    if (!(ago >= 0)) throw new InputError('reads-future', `ago must be 0 or more bars back, was ${ago}`);
    return this.seat.row - ago;
  }
}

function openOrderOf({ id, side, kind, remaining, level, tag }: LiveOrder): OpenOrder {
  return { id, side: side > 0 ? 'buy' : 'sell', type: kind, qtyBase: remaining, price: level, tag };
}

/**
 * What `onBar` is given at every close: the account, its instruments, and the means to place orders, which are live from the next open.
 *
 * The properties of a single instrument (`close`, `position`, `target` …) are those of the first market.
 */
export class BarContext {
  readonly markets: readonly MarketView[];
  /** Index of the present bar (moment, for several instruments). */
  bar = 0;
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
    this.markets = desk.seats.map((seat) => new MarketView(seat, desk));
  }

  /** Moves to a bar; the engine's. */
  at(bar: number): void {
    this.bar = bar;
  }

  /** Close time of the present bar (moment), epoch ms. */
  get timeMs(): number {
    return this.desk.closeTimeMs;
  }

  get cash(): number {
    return this.desk.cash;
  }

  get equity(): number {
    return this.desk.equityAtClose();
  }

  /** Fills and endings of orders since the last call. */
  get events(): readonly OrderEvent[] {
    return this.desk.events;
  }

  get position(): Position {
    return this.markets[0].position;
  }

  get openOrders(): OpenOrder[] {
    return this.markets.flatMap((market) => market.openOrders);
  }

  open(ago = 0): number {
    return this.markets[0].open(ago);
  }

  high(ago = 0): number {
    return this.markets[0].high(ago);
  }

  low(ago = 0): number {
    return this.markets[0].low(ago);
  }

  close(ago = 0): number {
    return this.markets[0].close(ago);
  }

  volume(ago = 0): number {
    return this.markets[0].volume(ago);
  }

  history(column: Column, count: number): Float64Array {
    return this.markets[0].history(column, count);
  }

  feature(name: string, ago = 0): number {
    return this.markets[0].feature(name, ago);
  }

  target(x: number, protection: TargetProtection = {}): void {
    this.markets[0].target(x, protection);
  }

  /** Places an order and returns its id. throws InputError `order-invalid` */
  place(request: OrderRequest): number {
    return this.desk.place(request);
  }

  /** False when no such order waits or rests. */
  cancel(id: number): boolean {
    return this.desk.cancel(id);
  }

  cancelAll(): void {
    for (const { id } of this.openOrders) this.cancel(id);
  }

  replace(id: number, change: OrderChange): boolean {
    return this.desk.replace(id, change);
  }
}
