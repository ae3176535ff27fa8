import type { Bars } from '../market/index.ts';
import { type Decisions, fractionAt } from './decisions.ts';
import type { Tally } from './totals.ts';
import type { AccountRules } from './types.ts';

/**
 * The market order that waits for the next open, with what its decision froze.
 *
 * An order is sent only when the target, clipped to what the account allows, differs from the last one sent; a newer one replaces one that
 * still waits.
 *
 * source  accounting.md §4
 */
export class PendingOrder {
  /** Target exposure; NaN when no order waits. */
  x = Number.NaN;
  /** Bar of the decision. */
  bar = -1;
  stopLossFrac = 0;
  takeProfitFrac = 0;
  trailFrac = 0;
  private lastSent = 0;
  private readonly decisions: Decisions;
  private readonly tally: Tally;
  private readonly most: number;
  private readonly least: number;

  constructor(decisions: Decisions, { kind, maxLeverage }: AccountRules, tally: Tally) {
    this.decisions = decisions;
    this.tally = tally;
    this.most = maxLeverage;
    this.least = kind === 'margin' ? -maxLeverage : 0;
  }

  get waits(): boolean {
    return !Number.isNaN(this.x);
  }

  decide(t: number): void {
    const wanted = this.decisions.exposure[t];
    const x = Number.isNaN(wanted) ? 0 : Math.min(this.most, Math.max(this.least, wanted));
    if (x === this.lastSent) return;
    this.lastSent = this.x = x;
    if (x !== wanted && !Number.isNaN(wanted)) this.tally.clippedExposure++;
    this.tally.sent++;
    this.bar = t;
    this.stopLossFrac = fractionAt(this.decisions.stopLossFrac, t);
    this.takeProfitFrac = fractionAt(this.decisions.takeProfitFrac, t);
    this.trailFrac = fractionAt(this.decisions.trailFrac, t);
  }

  /** The order leaves the book: filled, or dead with a liquidated account. */
  clear(): void {
    this.x = Number.NaN;
  }
}

/** Whether a bar is missing between a decision and its fill: the clock has run further than the bars in between. */
export function isAfterGap({ openTimeMs, timeframeMs }: Bars, decidedAt: number, filledAt: number): boolean {
  return openTimeMs[filledAt] - openTimeMs[decidedAt] > (filledAt - decidedAt + 0.5) * timeframeMs;
}
