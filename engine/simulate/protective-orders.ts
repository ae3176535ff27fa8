/**
 * Levels of stop, target and trailing stop of the open position; NaN where there is none. Levels follow from the average entry.
 *
 * source  accounting.md §4 (levels), §5.6 (watermark)
 */
export class ProtectiveOrders {
  stop = Number.NaN;
  target = Number.NaN;
  /** Acts from the bar after the one that set it. */
  trail = Number.NaN;
  private watermark = Number.NaN;
  private stopLossFrac = 0;
  private takeProfitFrac = 0;
  private trailFrac = 0;

  /** Fractions frozen at the decision that sent the order. */
  freeze(stopLossFrac: number, takeProfitFrac: number, trailFrac: number): void {
    this.stopLossFrac = stopLossFrac;
    this.takeProfitFrac = takeProfitFrac;
    this.trailFrac = trailFrac;
  }

  /** After a fill: levels from the average entry; the watermark starts anew when the position was opened or reversed, else it goes on. */
  place(qty: number, avgEntry: number, opened: boolean): void {
    const side = Math.sign(qty);
    this.stop = this.stopLossFrac > 0 ? avgEntry * (1 - side * this.stopLossFrac) : Number.NaN;
    this.target = this.takeProfitFrac > 0 ? avgEntry * (1 + side * this.takeProfitFrac) : Number.NaN;
    if (opened) this.watermark = avgEntry;
    this.trail = opened ? Number.NaN : this.trailLevel(side);
  }

  clear(): void {
    this.stop = this.target = this.trail = this.watermark = Number.NaN;
  }

  /** At the close: the watermark follows the best price since entry, and the trailing level for the next bar follows it. */
  mark(side: number, best: number): void {
    this.watermark = side > 0 ? Math.max(this.watermark, best) : Math.min(this.watermark, best);
    this.trail = this.trailLevel(side);
  }

  private trailLevel(side: number): number {
    return this.trailFrac > 0 ? this.watermark * (1 - side * this.trailFrac) : Number.NaN;
  }

  /** The stop level met first on the way against the position: the nearer of stop and trail; NaN where there is neither. */
  nearestStop(side: number): number {
    if (Number.isNaN(this.trail)) return this.stop;
    if (Number.isNaN(this.stop)) return this.trail;
    return side > 0 ? Math.max(this.stop, this.trail) : Math.min(this.stop, this.trail);
  }

  /** Whether that nearest level is the trailing one. */
  isTrailNearest(side: number): boolean {
    return this.nearestStop(side) !== this.stop;
  }
}
