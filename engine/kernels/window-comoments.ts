/**
 * Squared deviations of two series and their co-deviation over a sliding window, constant time a bar; see WindowMoments for the method.
 */
export class WindowComoments {
  /** Sums over the window that ends at the last t asked for: (a − mean a)², (b − mean b)² and their product. */
  aa = Number.NaN;
  bb = Number.NaN;
  ab = Number.NaN;
  private readonly a: Float64Array;
  private readonly b: Float64Array;
  private readonly windowBars: number;
  /** mean a, mean b, aa, bb, ab of the values from i to the end of the block before, five to a bar. */
  private readonly tail: Float64Array;
  private readonly head = new Float64Array(5);
  private readonly sums = new Float64Array(5);
  private headOriginA = 0;
  private headOriginB = 0;
  private tailOriginA = 0;
  private tailOriginB = 0;

  constructor(a: Float64Array, b: Float64Array, windowBars: number) {
    this.a = a;
    this.b = b;
    this.windowBars = windowBars;
    this.tail = new Float64Array(5 * Math.min(windowBars, a.length));
  }

  /** Moves to the window that ends at t; false while it is not full. Called for t = 0, 1, 2 … */
  next(t: number): boolean {
    const { a, b, windowBars, head, tail } = this;
    const at = t % windowBars;
    if (at === 0) {
      if (t > 0) this.accumulateTail(t);
      this.headOriginA = a[t];
      this.headOriginB = b[t];
      head.fill(0);
    }
    accumulate(head, a[t] - this.headOriginA, b[t] - this.headOriginB, at + 1);
    if (t < windowBars - 1) return false;
    this.aa = head[2];
    this.bb = head[3];
    this.ab = head[4];
    const tailBars = windowBars - 1 - at;
    if (tailBars === 0) return true;
    const from = 5 * (at + 1);
    const apartA = this.headOriginA - this.tailOriginA + (head[0] - tail[from]);
    const apartB = this.headOriginB - this.tailOriginB + (head[1] - tail[from + 1]);
    const weight = ((at + 1) * tailBars) / windowBars;
    this.aa += tail[from + 2] + apartA * apartA * weight;
    this.bb += tail[from + 3] + apartB * apartB * weight;
    this.ab += tail[from + 4] + apartA * apartB * weight;
    return true;
  }

  private accumulateTail(blockEnd: number): void {
    const { a, b, windowBars, tail } = this;
    const sums = this.sums.fill(0);
    this.tailOriginA = a[blockEnd - 1];
    this.tailOriginB = b[blockEnd - 1];
    for (let count = 1; count <= windowBars; count++) {
      accumulate(sums, a[blockEnd - count] - this.tailOriginA, b[blockEnd - count] - this.tailOriginB, count);
      const to = 5 * (windowBars - count);
      for (let i = 0; i < 5; i++) tail[to + i] = sums[i];
    }
  }
}

/** Welford's step: the count-th pair joins. */
function accumulate(sums: Float64Array, x: number, y: number, count: number): void {
  const deltaX = x - sums[0];
  const deltaY = y - sums[1];
  sums[0] += deltaX / count;
  sums[1] += deltaY / count;
  sums[2] += deltaX * (x - sums[0]);
  sums[3] += deltaY * (y - sums[1]);
  sums[4] += deltaX * (y - sums[1]);
}
