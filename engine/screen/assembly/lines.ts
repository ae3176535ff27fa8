// Lines that many windows share the work of. Operation by operation as engine/kernels/rolling-mean.ts, so that the bits are equal.
import { n } from './memory';

const SHIFT: i32 = 12; // running sums begin anew every 4,096 bars

/**
 * Running sums of a line of finite values: n + 1 doubles at `high` and what they lack at `low`, then the same of whole blocks at `blocks`, 16 bytes
 * each. False where a value is not finite.
 */
export function runningSums(values: usize, high: usize, low: usize, blocks: usize): bool {
  let h: f64 = 0, l: f64 = 0;
  for (let i = 0; i <= n; i++) {
    const o = <usize>i << 3;
    if (!(i & 4095)) {
      const block = blocks + (<usize>(i >> SHIFT) << 4);
      store<f64>(block, h);
      store<f64>(block, l, 8);
      h = 0;
      l = 0;
    }
    store<f64>(high + o, h);
    store<f64>(low + o, l);
    if (i == n) break;
    const x = load<f64>(values + o), sum = h + x;
    if (!isFinite(sum)) return false;
    const part = sum - h;
    l += h - (sum - part) + (x - part);
    h = sum;
  }
  return true;
}

/** Means of the last `window` (≤ 4,096) values from running sums. */
export function rollingMean(high: usize, low: usize, blocks: usize, window: i32, out: usize): void {
  for (let i = 0; i < min(window - 1, n); i++) store<f64>(out + (<usize>i << 3), NaN);
  const w = f64x2.splat(<f64>window), back = <usize>window << 3;
  for (let end = window; end <= n; ) {
    const block = (end - window) >> SHIFT, isOne = (end >> SHIFT) == block;
    const stop = min(n + 1, min(((end >> SHIFT) + 1) << SHIFT, ((block + 1) << SHIFT) + window)), total = blocks + (<usize>(block + 1) << 4);
    const totalHigh = f64x2.splat(isOne ? 0 : load<f64>(total)), totalLow = f64x2.splat(isOne ? 0 : load<f64>(total, 8));
    for (let e = end; e < stop; e += 2) { // the last pair may write one double too many: the next stretch, or the padding, writes it again
      const o = <usize>e << 3, b = v128.load(high + o - back), h = v128.load(high + o);
      const d = f64x2.sub(totalHigh, b), p = f64x2.sub(d, totalHigh);
      const lostBegin = f64x2.add(f64x2.sub(totalHigh, f64x2.sub(d, p)), f64x2.sub(f64x2.neg(b), p));
      const s = f64x2.add(d, h), q = f64x2.sub(s, d);
      const lostEnd = f64x2.add(f64x2.sub(d, f64x2.sub(s, q)), f64x2.sub(h, q));
      const lows = f64x2.add(f64x2.sub(totalLow, v128.load(low + o - back)), v128.load(low + o));
      v128.store(out + o - 8, f64x2.div(f64x2.add(s, f64x2.add(f64x2.add(lostBegin, lostEnd), lows)), w));
    }
    end = stop;
  }
}
