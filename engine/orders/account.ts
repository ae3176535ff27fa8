import type { SimulationConfig } from '../simulate/index.ts';
import { Paid } from '../simulate/account.ts';
import type { Tally } from '../simulate/totals.ts';
import type { Seat } from './seat.ts';

/**
 * One account over all its instruments: equity, margin, borrow.
 *
 * source  accounting.md §1, §5.5, §6
 */
export class SharedAccount {
  readonly seats: readonly Seat[];
  readonly isMargin: boolean;
  private readonly config: SimulationConfig;
  private readonly tally: Tally;

  constructor(seats: readonly Seat[], config: SimulationConfig, tally: Tally) {
    this.seats = seats;
    this.config = config;
    this.tally = tally;
    this.isMargin = config.account.kind === 'margin';
  }

  isUnderMargin(price: (seat: Seat) => number): boolean {
    if (!this.isMargin) return false;
    let gross = 0;
    let equity = 0;
    for (const seat of this.seats) {
      const { cash, qty } = seat.world.ledger;
      equity += cash;
      if (qty === 0) continue;
      const at = price(seat);
      equity += qty * at;
      gross += Math.abs(qty) * at;
    }
    return gross > 0 && equity <= this.config.account.maintenanceFrac * gross;
  }

  testMarginInside(): void {
    const adverse = (seat: Seat): number => {
      if (!seat.isHere) return seat.close;
      const { marginLow, marginHigh } = seat.prices();
      return seat.world.ledger.qty >= 0 ? marginLow : marginHigh;
    };
    if (this.isUnderMargin(adverse)) this.liquidateAll(adverse);
  }

  liquidateAll(price: (seat: Seat) => number): void {
    for (const seat of this.seats) {
      seat.world.liquidate(price(seat));
      seat.target.x = Number.NaN;
    }
    if (this.seats.length === 1) return;
    this.tally.liquidations++;
    const cash = this.equity(() => 0);
    if (cash >= 0) return;
    const { ledger } = this.seats[0].world;
    ledger.cash -= cash;
    ledger.paid.shortfall -= cash;
  }

  /** Borrow on shorts, and on negative cash: carried by the instruments held long, in proportion to their value. */
  payBorrow(): void {
    const rate = this.config.account.borrowAnnFrac;
    if (rate === 0) return;
    const long = this.seats.reduce((sum, seat) => sum + Math.max(0, seat.world.ledger.qty) * seat.close, 0);
    const owed = Math.max(0, -this.equity(() => 0));
    for (const seat of this.seats) {
      const { qty } = seat.world.ledger;
      if (qty === 0 || !seat.isHere) continue;
      const value = qty * seat.close;
      const borrowed = value < 0 ? -value + (long === 0 && this.seats.length === 1 ? owed : 0) : owed * (value / long);
      seat.carry((-rate * borrowed * seat.bars.timeframeMs) / (365 * 86_400_000), 'borrow');
    }
  }

  get cash(): number {
    return this.equity(() => 0);
  }

  equityAtClose(): number {
    let sum = 0;
    for (const { world, close } of this.seats) sum += world.ledger.cash + world.ledger.qty * close;
    return sum;
  }

  equity(price: (seat: Seat) => number): number {
    let sum = 0;
    for (const seat of this.seats) sum += seat.world.ledger.equityAt(price(seat));
    return sum;
  }

  /** Of one instrument its quantity; of several the gross exposure. */
  held(equity: number): number {
    if (this.seats.length === 1) return this.seats[0].world.ledger.qty;
    const gross = this.seats.reduce((sum, seat) => sum + Math.abs(seat.world.ledger.qty) * seat.close, 0);
    return gross === 0 ? 0 : gross / equity;
  }

  seeOthers(seat: Seat): void {
    if (this.seats.length === 1) return;
    let value = 0;
    let gross = 0;
    for (const other of this.seats) {
      if (other === seat) continue;
      const { cash, qty } = other.world.ledger;
      const at = other.open;
      value += cash + qty * at;
      gross += Math.abs(qty) * at;
    }
    seat.world.otherValue = value;
    seat.world.otherGross = gross;
  }

  paid(): Paid {
    if (this.seats.length === 1) return this.seats[0].world.ledger.paid;
    const total = new Paid();
    for (const { world } of this.seats) for (const key of Object.keys(total) as (keyof Paid)[]) total[key] += world.ledger.paid[key];
    return total;
  }
}
