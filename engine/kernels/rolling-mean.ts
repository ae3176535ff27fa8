import { requireWindow } from './window.ts';

/** Running sums begin anew every so many bars; windows up to here are the difference of a few of them. */
const BLOCK = 4096;
/** Of the values of its block before each bar: their sum, and what the double lacks; kept between calls. */
let high = new Float64Array(0);
let low = new Float64Array(0);

/**
 * Mean of the last windowBars values.
 *
 * A window's sum is taken from running sums of twice the precision of a double that begin anew every 4,096 bars, so that it neither drifts nor
 * depends on the far past. Behind a value that is not finite, and of longer windows, it is summed window by window.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * memory  windowBars
 */
export function rollingMean(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const summed = windowBars <= BLOCK ? runningSums(values) : 0;
  if (summed < values.length) {
    const sum = new WindowSum(values, windowBars);
    for (let t = 0; t < values.length; t++) out[t] = sum.next(t) / windowBars;
  }
  out.fill(Number.NaN, 0, Math.min(windowBars - 1, values.length));
  for (let end = windowBars; end <= summed; ) end = meansOfStretch(windowBars, end, summed, out);
  return out;
}

/** Windows whose ends, and whose beginnings, lie in one block each: from the one that ends before `end` on. Returns the first end that does not. */
function meansOfStretch(windowBars: number, end: number, last: number, out: Float64Array): number {
  const block = Math.floor((end - windowBars) / BLOCK);
  const isOne = Math.floor(end / BLOCK) === block;
  const stop = Math.min(last + 1, (Math.floor(end / BLOCK) + 1) * BLOCK, (block + 1) * BLOCK + windowBars);
  const total = (block + 1) * BLOCK;
  const totalHigh = isOne ? 0 : blockHigh[total / BLOCK];
  const totalLow = isOne ? 0 : blockLow[total / BLOCK];
  for (let e = end; e < stop; e++) {
    const b = high[e - windowBars];
    const h = high[e];
    const d = totalHigh - b; // each sum, and what it lost (Knuth, TwoSum)
    const p = d - totalHigh;
    const lostBegin = totalHigh - (d - p) + (-b - p);
    const s = d + h;
    const q = s - d;
    const lostEnd = d - (s - q) + (h - q);
    out[e - 1] = (s + (lostBegin + lostEnd + (totalLow - low[e - windowBars] + low[e]))) / windowBars;
  }
  return stop;
}

/** Sums of whole blocks, by the number of the block behind them. */
let blockHigh = new Float64Array(0);
let blockLow = new Float64Array(0);

/** Fills the running sums up to the first value that is not finite; returns its index. */
function runningSums(values: Float64Array): number {
  const n = values.length;
  if (high.length <= n) {
    [high, low] = [new Float64Array(n + 1), new Float64Array(n + 1)];
    [blockHigh, blockLow] = [new Float64Array(Math.floor(n / BLOCK) + 1), new Float64Array(Math.floor(n / BLOCK) + 1)];
  }
  let h = 0;
  let l = 0;
  for (let t = 0; t < n; t++) {
    if (t % BLOCK === 0) {
      blockHigh[t / BLOCK] = h;
      blockLow[t / BLOCK] = l;
      h = l = 0;
    }
    high[t] = h;
    low[t] = l;
    const x = values[t];
    const sum = h + x;
    if (!Number.isFinite(sum)) return t;
    const part = sum - h;
    l += h - (sum - part) + (x - part);
    h = sum;
  }
  const isBlock = n % BLOCK === 0;
  if (isBlock) {
    blockHigh[n / BLOCK] = h;
    blockLow[n / BLOCK] = l;
  }
  high[n] = isBlock ? 0 : h;
  low[n] = isBlock ? 0 : l;
  return n;
}

/**
 * Sums of a sliding window, exact to rounding: at every multiple of the window the sum is taken anew from its values.
 */
export class WindowSum {
  private readonly values: Float64Array;
  private readonly windowBars: number;
  private sum = 0;
  private lost = 0;
  private missing = 0;

  constructor(values: Float64Array, windowBars: number) {
    this.values = values;
    this.windowBars = windowBars;
  }

  /** Sum of the window that ends at t; NaN while it is not full or holds a NaN. Called for t = 0, 1, 2 … */
  next(t: number): number {
    const { values, windowBars } = this;
    if (t % windowBars === windowBars - 1) this.restart(t);
    else {
      this.add(values[t], 1);
      if (t >= windowBars) this.add(values[t - windowBars], -1);
    }
    return t >= windowBars - 1 && this.missing === 0 ? this.sum + this.lost : Number.NaN;
  }

  private restart(t: number): void {
    this.sum = this.lost = this.missing = 0;
    for (let i = t - this.windowBars + 1; i <= t; i++) this.add(this.values[i], 1);
  }

  private add(value: number, sign: 1 | -1): void {
    if (Number.isNaN(value)) {
      this.missing += sign;
      return;
    }
    const x = sign * value;
    const total = this.sum + x;
    this.lost += Math.abs(this.sum) >= Math.abs(x) ? this.sum - total + x : x - total + this.sum;
    this.sum = total;
  }
}
