import { Paid, ratesOf, RoundTrip, type ExitReason, type SimulationBuffers, type SimulationConfig, type SimulationTotals, type Tally, totalsOf } from '../simulate/index.ts';
import type { PeerBars } from './peer-bars.ts';

/** One fill of a peer, as the trades of a run are made of. */
export interface PeerFill {
  readonly bar: number;
  /** Signed quantity. */
  readonly qty: number;
  readonly price: number;
  readonly fee: number;
  /** What the price is worse for slippage or spread, in quote currency. */
  readonly impact: number;
  readonly reason: ExitReason;
  /** Whether it came at the bar's close, after the bar's range. */
  readonly atClose: boolean;
}

/** A peer's account at each close, and its fills in order. */
export interface PeerAccount {
  readonly equity: Float64Array;
  readonly qty: Float64Array;
  readonly fills: readonly PeerFill[];
  readonly ruinedAtBar: number;
}

/**
 * Writes a peer's account into the buffers of a simulation: equity and quantity a bar, round trips, the trade still open.
 *
 * At `flattenAtEnd` the last position is closed at the last close and pays the taker fee, which is Assay's rule of walk-forward windows.
 */
export function replay(bars: PeerBars, account: PeerAccount, config: SimulationConfig, tally: Tally, out: SimulationBuffers): SimulationTotals {
  const last = account.equity.length - 1;
  out.prepare(account.equity.length);
  out.equity.set(account.equity);
  out.qty.set(account.qty);
  const paid = new Paid();
  const trip = new RoundTrip(out.trades);
  const book = new FillBook(trip, paid, config);
  let at = 0;
  for (let t = 0; t <= last; t++) {
    const from = at;
    while (at < account.fills.length && account.fills[at].bar === t) at++;
    book.walkBar(t, at === from ? NONE : account.fills.slice(from, at), bars);
  }
  if (book.qty !== 0 && config.flattenAtEnd) {
    const price = bars.close[last];
    const fee = Math.abs(book.qty) * price * ratesOf(config.costs).taker;
    book.take({ bar: last, qty: -book.qty, price, fee, impact: 0, reason: 'window-end', atClose: true });
    out.equity[last] -= fee;
  } else if (book.qty !== 0) {
    trip.markOpen(last, book, bars.close[last], out.openTrades);
  }
  tally.filled = account.fills.length;
  tally.ruinedAtBar = account.ruinedAtBar;
  return totalsOf({ paid }, tally, config.account.initialCash, out.equity);
}

const NONE: readonly PeerFill[] = [];

/** Follows the position through the fills and says which prices were seen while it was held. */
class FillBook {
  qty = 0;
  private readonly trip: RoundTrip;
  private readonly paid: Paid;
  /** Part of the impact that is spread; the rest is slippage. */
  private readonly spreadShare: number;

  constructor(trip: RoundTrip, paid: Paid, { costs }: SimulationConfig) {
    this.trip = trip;
    this.paid = paid;
    const { halfSpread, impact } = ratesOf(costs);
    this.spreadShare = impact === 0 ? 0 : halfSpread / impact;
  }

  walkBar(t: number, fills: readonly PeerFill[], { low, high }: PeerBars): void {
    for (const fill of fills) {
      if (this.qty !== 0 && fill.atClose) this.trip.onRange(low[t], high[t]);
      this.take(fill);
    }
    if (this.qty !== 0 && fills.at(-1)?.atClose !== true) this.trip.onRange(low[t], high[t]);
  }

  take({ bar, qty, price, fee, impact, reason }: PeerFill): void {
    const spread = impact * this.spreadShare;
    this.paid.fees += fee;
    this.paid.spread += spread;
    this.paid.slippage += impact - spread;
    this.paid.tradedNotional += Math.abs(qty) * price;
    if (this.qty !== 0) this.trip.onRange(price, price);
    this.trip.onFill(bar, qty, this.qty, price, fee, spread, impact - spread, reason);
    // What a rounding leaves of a closed position is nothing.
    const left = this.qty + qty;
    this.qty = Math.abs(left) < 1e-9 * Math.abs(qty) ? 0 : left;
  }
}
