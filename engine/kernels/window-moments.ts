/**
 * Mean and sum of squared deviations of a sliding window in constant time a bar, without ever subtracting a value that leaves.
 *
 * The series is cut into blocks of one window. A window is the tail of one block and the head of the next; both are accumulated
 * outward from the value they always hold (Welford) and merged (Chan et al. 1983). So there is no cancellation at any price level,
 * no drift, a NaN is gone with its window, and a flat window has exactly zero deviation.
 *
 * source  Chan, Golub & LeVeque (1983), The American Statistician 37(3)
 */
export class WindowMoments {
  /** Sum of squared deviations of the window that ends at the last t asked for. */
  squares = Number.NaN;
  /** Latest value minus the mean of its window. */
  deviation = Number.NaN;
  private readonly values: Float64Array;
  private readonly windowBars: number;
  /** Of the values from i to the end of the block before, as offsets from that block's last value. */
  private readonly tailMean: Float64Array;
  private readonly tailSquares: Float64Array;
  private tailOrigin = 0;
  private headMean = 0;
  private headSquares = 0;
  private headOrigin = 0;

  constructor(values: Float64Array, windowBars: number) {
    const blockBars = Math.min(windowBars, values.length);
    this.values = values;
    this.windowBars = windowBars;
    this.tailMean = new Float64Array(blockBars);
    this.tailSquares = new Float64Array(blockBars);
  }

  /** Moves to the window that ends at t; false while it is not full. Called for t = 0, 1, 2 … */
  next(t: number): boolean {
    const { values, windowBars } = this;
    const at = t % windowBars;
    if (at === 0) {
      if (t > 0) this.accumulateTail(t);
      this.headOrigin = values[t];
      this.headMean = this.headSquares = 0;
    }
    const x = values[t] - this.headOrigin;
    const delta = x - this.headMean;
    this.headMean += delta / (at + 1);
    this.headSquares += delta * (x - this.headMean);
    if (t < windowBars - 1) return false;
    const tailBars = windowBars - 1 - at;
    if (tailBars === 0) {
      this.squares = this.headSquares;
      this.deviation = x - this.headMean;
      return true;
    }
    const apart = this.headOrigin - this.tailOrigin + (this.headMean - this.tailMean[at + 1]);
    const share = tailBars / windowBars;
    this.squares = this.headSquares + this.tailSquares[at + 1] + apart * apart * share * (at + 1);
    this.deviation = x - this.headMean + apart * share;
    return true;
  }

  private accumulateTail(blockEnd: number): void {
    const { values, windowBars, tailMean, tailSquares } = this;
    const origin = values[blockEnd - 1];
    let mean = 0;
    let squares = 0;
    for (let count = 1; count <= windowBars; count++) {
      const x = values[blockEnd - count] - origin;
      const delta = x - mean;
      mean += delta / count;
      squares += delta * (x - mean);
      tailMean[windowBars - count] = mean;
      tailSquares[windowBars - count] = squares;
    }
    this.tailOrigin = origin;
  }
}
