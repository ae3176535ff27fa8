import type { KernelSpace } from './space.ts';

/** Running sums begin anew every so many bars. */
const BLOCK = 4096;

/** Running sums of a line and what they lack, and the same of whole blocks; 0 where a value is not finite. */
export function runningSums({ f64, bars }: KernelSpace, values: number, high: number, low: number, blocks: number): number {
  let h = 0;
  let l = 0;
  for (let t = 0; t <= bars; t++) {
    if (t % BLOCK === 0) {
      f64.set([h, l], blocks / 8 + 2 * (t / BLOCK));
      h = l = 0;
    }
    f64[high / 8 + t] = h;
    f64[low / 8 + t] = l;
    if (t === bars) break;
    const x = f64[values / 8 + t];
    const sum = h + x;
    if (!Number.isFinite(sum)) return 0;
    const part = sum - h;
    l += h - (sum - part) + (x - part);
    h = sum;
  }
  return 1;
}

/** Means of the last `window` (≤ 4,096) values from running sums; of the doubles behind the last bar nothing is written. */
export function rollingMean({ f64, bars }: KernelSpace, high: number, low: number, blocks: number, window: number, out: number): void {
  f64.fill(Number.NaN, out / 8, out / 8 + Math.min(window - 1, bars));
  for (let end = window; end <= bars; end++) {
    const begin = end - window;
    const next = Math.floor(begin / BLOCK) + 1;
    const isOne = Math.floor(end / BLOCK) < next;
    const totalHigh = isOne ? 0 : f64[blocks / 8 + 2 * next];
    const totalLow = isOne ? 0 : f64[blocks / 8 + 2 * next + 1];
    const b = f64[high / 8 + begin];
    const h = f64[high / 8 + end];
    const d = totalHigh - b; // each sum, and what it lost (Knuth, TwoSum)
    const p = d - totalHigh;
    const lostBegin = totalHigh - (d - p) + (-b - p);
    const s = d + h;
    const q = s - d;
    const lostEnd = d - (s - q) + (h - q);
    f64[out / 8 + end - 1] = (s + (lostBegin + lostEnd + (totalLow - f64[low / 8 + begin] + f64[low / 8 + end]))) / window;
  }
}
