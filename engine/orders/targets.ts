import type { SimulationConfig } from '../simulate/index.ts';
import type { Tally } from '../simulate/totals.ts';
import type { TradeLog } from '../simulate/trade-log.ts';
import type { Seat } from './seat.ts';

/** Protection that a target brings; 0 = none. */
export interface TargetProtection {
  readonly stopLossFrac?: number;
  readonly takeProfitFrac?: number;
  readonly trailFrac?: number;
}

/** Eleven times 1/11 is a little more than 1, and no target beyond the account. */
const ROUNDING = 1e-12;

/**
 * Sends what the strategy wants where it differs from what was sent last, by sizing, caps and rebalancing.
 *
 * source  accounting.md §3, §4
 */
export class Targets {
  private readonly config: SimulationConfig;
  private readonly tally: Tally;
  private readonly trades: TradeLog;
  private readonly sized: number[];
  private readonly isExposure: boolean;
  private readonly grossLimit: number;
  /** What the account and the caps allow one instrument; several share the gross limit by scaling, not by clipping. */
  private readonly least: number;
  private readonly most: number;
  private lastPeriod = Number.NaN;

  constructor(config: SimulationConfig, tally: Tally, trades: TradeLog, count: number) {
    this.config = config;
    this.tally = tally;
    this.trades = trades;
    this.sized = Array.from({ length: count }, () => 0);
    const { account, caps, sizing } = config;
    this.isExposure = sizing.kind === 'exposure' || sizing.kind === 'volatility-target' || sizing.kind === 'kelly';
    this.grossLimit = Math.min(account.maxLeverage, caps.gross ?? Infinity);
    this.most = this.isExposure ? Math.min(caps.perInstrument ?? Infinity, count === 1 ? this.grossLimit : Infinity) : Infinity;
    this.least = account.kind === 'margin' ? -this.most : 0;
  }

  /** At a close, with the equity there. */
  send(seats: readonly Seat[], protections: readonly TargetProtection[], closeTimeMs: number, equity: number): void {
    const isDue = this.isScheduled(closeTimeMs);
    let gross = 0;
    for (let m = 0; m < seats.length; m++) {
      const seat = seats[m];
      const wanted = seat.isDelisted || seat.row < 0 ? 0 : seat.wanted;
      if (wanted !== seat.lastWanted) {
        seat.lastWanted = wanted;
        this.sized[m] = seat.sizer.exposureAt(wanted, seat.row, this.trades);
      }
      gross += Math.abs(this.clip(this.sized[m]));
    }
    const limit = this.grossLimit;
    const isCut = seats.length > 1 && this.isExposure && gross > limit * (1 + ROUNDING);
    for (let m = 0; m < seats.length; m++) {
      const seat = seats[m];
      const clipped = this.clip(this.sized[m]);
      const x = isCut ? (clipped * limit) / gross : clipped;
      const again = x !== 0 && x === seat.lastSent && !seat.isStoppedOut && Number.isNaN(seat.target.x) && (isDue || this.hasDrifted(x, seat, equity));
      if ((x === seat.lastSent && !again) || seat.isDelisted) continue;
      if (x !== seat.lastSent && x !== this.sized[m]) this.tally.clippedExposure++;
      this.order(seat, x, protections[m]);
    }
  }

  private order(seat: Seat, x: number, { stopLossFrac = 0, takeProfitFrac = 0, trailFrac = 0 }: TargetProtection): void {
    seat.lastSent = x;
    this.tally.sent++;
    const { target } = seat;
    target.x = x;
    target.bar = seat.row;
    target.frozen = seat.sizer.frozenAt(seat.row);
    target.stopLossFrac = stopLossFrac;
    target.takeProfitFrac = takeProfitFrac;
    target.trailFrac = trailFrac;
  }

  private clip(x: number): number {
    return Math.min(this.most, Math.max(this.least, x));
  }

  private hasDrifted(x: number, seat: Seat, equity: number): boolean {
    const { rebalance } = this.config;
    return rebalance.kind === 'band' && Math.abs((seat.world.ledger.qty * seat.close) / equity - x) > rebalance.bandFrac;
  }

  private isScheduled(closeTimeMs: number): boolean {
    const { rebalance } = this.config;
    if (rebalance.kind !== 'schedule') return false;
    const period = Math.floor(closeTimeMs / rebalance.everyMs);
    const isNew = period !== this.lastPeriod && !Number.isNaN(this.lastPeriod);
    this.lastPeriod = period;
    return isNew;
  }
}
