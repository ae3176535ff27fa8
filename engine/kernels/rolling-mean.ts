import { requireWindow } from './window.ts';

/**
 * Mean of the last windowBars values.
 *
 * The running sum is compensated (Neumaier) and begun anew at every whole window, so that it neither drifts nor depends on the past.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 * memory  windowBars
 */
export function rollingMean(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  const sum = new WindowSum(values, windowBars);
  for (let t = 0; t < values.length; t++) out[t] = sum.next(t) / windowBars;
  return out;
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
