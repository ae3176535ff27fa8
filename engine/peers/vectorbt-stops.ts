import { requireInput } from '../core/index.ts';
import type { PeerBars } from './peer-bars.ts';
import { valueAt } from './peer-options.ts';
import type { VectorbtRules } from './vectorbt-options.ts';

/** A level that a bar met, and the price there. */
export interface StopHit {
  readonly price: number;
  readonly by: 'stop-loss' | 'take-profit';
}

/** The stop and the target of one position; set when it opens or flips, looked at from the next bar on. */
export class VectorbtStops {
  private readonly rules: VectorbtRules;
  private stop = Number.NaN;
  private target = Number.NaN;
  /** Entry base of the stop, or the watermark of a trailing one. */
  private stopBase = Number.NaN;
  private targetBase = Number.NaN;

  constructor(rules: VectorbtRules) {
    this.rules = rules;
  }

  /**
   * Where the bar meets the stop or, if it does not, the target; null for neither.
   *
   * causal  a trailing stop is tested against the watermark of the bars before, then the bar moves it
   */
  hitAt(t: number, position: number, bars: PeerBars): StopHit | null {
    if (position === 0 || (Number.isNaN(this.stop) && Number.isNaN(this.target))) return null;
    const close = bars.close[t];
    const open = Number.isNaN(bars.open[t]) ? close : bars.open[t];
    const low = Number.isNaN(bars.low[t]) ? Math.min(open, close) : bars.low[t];
    const high = Number.isNaN(bars.high[t]) ? Math.max(open, close) : bars.high[t];
    const isLong = position > 0;
    const byStop = meets(isLong ? this.stopBase * (1 - this.stop) : this.stopBase * (1 + this.stop), isLong, open, low, high);
    const byTarget = meets(isLong ? this.targetBase * (1 + this.target) : this.targetBase * (1 - this.target), !isLong, open, low, high);
    if (this.rules.slTrail && !Number.isNaN(this.stop)) this.stopBase = isLong ? Math.max(this.stopBase, high) : Math.min(this.stopBase, low);
    if (!Number.isNaN(byStop)) return { price: byStop, by: 'stop-loss' };
    return Number.isNaN(byTarget) ? null : { price: byTarget, by: 'take-profit' };
  }

  /** After a fill: cleared when flat, set when opened or flipped, kept or overridden when increased. */
  update(t: number, before: number, after: number, base: number): void {
    if (after === 0) {
      this.stop = this.target = Number.NaN;
      return;
    }
    const isNew = before === 0 || Math.sign(after) !== Math.sign(before);
    if (!isNew && Math.abs(after) <= Math.abs(before)) return;
    const stop = fraction('sl_stop', this.rules.slStop, t);
    const target = fraction('tp_stop', this.rules.tpStop, t);
    if (isNew || this.overrides(stop)) {
      this.stop = stop;
      this.stopBase = base;
    }
    if (isNew || this.overrides(target)) {
      this.target = target;
      this.targetBase = base;
    }
  }

  private overrides(fractionNow: number): boolean {
    const mode = this.rules.uponStopUpdate;
    return mode === 'overridenan' || (mode === 'override' && !Number.isNaN(fractionNow));
  }
}

/** The open when it has passed the level, the level when the bar's range holds it. */
function meets(level: number, fromAbove: boolean, open: number, low: number, high: number): number {
  if (fromAbove ? open <= level : level <= open) return open;
  return low <= level && level <= high ? level : Number.NaN;
}

function fraction(name: string, values: number | ArrayLike<number>, t: number): number {
  const value = valueAt(values, t);
  requireInput(!(value < 0), 'peer-option-invalid', name, 'at least 0', value);
  return value;
}
