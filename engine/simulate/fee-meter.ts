import { bpsToFrac, DAY_MS } from '../core/index.ts';
import type { FeeSchedule } from './types.ts';

/** Days of the account's own trading that decide its tier. */
const WINDOW_MS = 30 * DAY_MS;

/** Fees of a fill, as fractions of notional; a rebate is negative. */
export interface FeeRates {
  readonly takerFrac: number;
  readonly makerFrac: number;
}

interface Tier {
  readonly fromVolumeQuote: number;
  readonly rates: FeeRates;
}

/**
 * Which fees an account pays now: by the table in force and by what it traded in the 30 days before, the present fill not counted.
 *
 * Before the first table begins, the first one applies. A fill exactly 30 days old still counts. Times must not decrease.
 *
 * memory  each fill enters and leaves the window once: amortised O(1) a call, and no call allocates but where the window grows
 */
export class FeeMeter {
  private readonly fromMs: readonly number[];
  private readonly tables: readonly (readonly Tier[])[];
  private table = 0;
  private times = new Float64Array(64);
  private notionals = new Float64Array(64);
  private oldest = 0;
  private count = 0;
  private volume = 0;

  constructor(schedule: FeeSchedule) {
    this.fromMs = schedule.tables.map(({ fromMs }) => fromMs);
    this.tables = schedule.tables.map(({ tiers }) =>
      tiers.map(({ fromVolumeQuote, takerFeeBps, makerFeeBps }) => ({
        fromVolumeQuote,
        rates: { takerFrac: bpsToFrac(takerFeeBps), makerFrac: bpsToFrac(makerFeeBps) },
      })),
    );
  }

  ratesAt(timeMs: number): FeeRates {
    this.forgetBefore(timeMs - WINDOW_MS);
    while (this.table + 1 < this.fromMs.length && this.fromMs[this.table + 1] <= timeMs) this.table++;
    const tiers = this.tables[this.table];
    let reached = tiers.length - 1;
    while (reached > 0 && this.volume < tiers[reached].fromVolumeQuote) reached--;
    return tiers[reached].rates;
  }

  onFill(timeMs: number, notionalQuote: number): void {
    this.forgetBefore(timeMs - WINDOW_MS);
    if (this.count === this.times.length) this.grow();
    const at = (this.oldest + this.count) % this.times.length;
    this.times[at] = timeMs;
    this.notionals[at] = notionalQuote;
    this.count++;
    this.volume += notionalQuote;
  }

  private forgetBefore(timeMs: number): void {
    while (this.count > 0 && this.times[this.oldest] < timeMs) {
      this.volume -= this.notionals[this.oldest];
      this.oldest = (this.oldest + 1) % this.times.length;
      this.count--;
    }
    // What rounding left of sums taken out again.
    if (this.count === 0) this.volume = 0;
  }

  private grow(): void {
    this.times = unrolled(this.times, this.oldest);
    this.notionals = unrolled(this.notionals, this.oldest);
    this.oldest = 0;
  }
}

/** A full ring from its oldest value on, in twice the room. */
function unrolled(ring: Float64Array, oldest: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(2 * ring.length);
  wider.set(ring.subarray(oldest));
  wider.set(ring.subarray(0, oldest), ring.length - oldest);
  return wider;
}
