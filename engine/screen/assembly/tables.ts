// Tables over the price that every point of a screen shares.
import { at, BLOCKS, CLOSE, ENTRY, EXIT, EXTREMES, FALLS, FILL, HIGH, kin, kout, LOW, n, N, SUMS } from './memory';

/**
 * Sums of bar returns, and what an all-in long trade adds to them at its ends:
 * entry row i {units a unit of equity buys, return − sum, return² − sum², close}, exit row i {proceeds a unit, sum + return, sum² + return², 0}.
 */
export function sums(): void {
  let a: f64 = 0, b: f64 = 0, before: f64 = at(CLOSE, 0);
  for (let i = 0; i < n; i++) {
    const c = at(CLOSE, i), p = at(FILL, i), entry = ENTRY + (<usize>i << 5), exit = EXIT + (<usize>i << 5), sum = SUMS + (<usize>i << 4);
    const out = (p * kout) / before - 1;
    store<f64>(exit, p * kout);
    store<f64>(exit, a + out, 8);
    store<f64>(exit, b + out * out, 16);
    const r = c / before - 1;
    a += r;
    b += r * r;
    before = c;
    store<f64>(sum, a);
    store<f64>(sum, b, 8);
    const units = kin / p, first = c * units - 1;
    store<f64>(entry, units);
    store<f64>(entry, first - a, 8);
    store<f64>(entry, first * first - b, 16);
    store<f64>(entry, c, 24);
  }
}

/** Level L covers 2^(L+1) bars around each middle: from a bar to the middle on its left half, from the middle on its right. */
export function extremes(levels: i32): void {
  for (let i = 0; i < n; i++) { const c = at(CLOSE, i); put(i, c, c, 1); }
  for (let L = 1; L < levels; L++) {
    const h = 1 << L;
    for (let mid = h; mid - h < n; mid += 2 * h) {
      const m = min(mid, n), end = min(mid + h, n);
      let top: f64 = -Infinity, low: f64 = Infinity, fall: f64 = 1;
      for (let i = m - 1; i >= mid - h; i--) {
        const c = at(CLOSE, i);
        if (i != m - 1) fall = min(fall, low / c);
        top = max(top, c);
        low = min(low, c);
        put(L * N + i, top, low, fall);
      }
      top = -Infinity;
      low = Infinity;
      fall = 1;
      for (let i = m; i < end; i++) {
        const c = at(CLOSE, i);
        top = max(top, c);
        low = min(low, c);
        fall = min(fall, c / top);
        put(L * N + i, top, low, fall);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function put(k: i32, top: f64, low: f64, fall: f64): void {
  const t = EXTREMES + (<usize>k << 4);
  store<f64>(t, top);
  store<f64>(t, -low, 8);
  store<f64>(FALLS + (<usize>k << 3), fall);
}

/** Least low and greatest high of every 64 bars, and of every 4,096. */
export function blocks(): void {
  const count = N >> 6, upper = BLOCKS + (<usize>count << 4);
  for (let k = 0; k < count; k++) {
    let low: f64 = Infinity, high: f64 = -Infinity;
    for (let i = k << 6; i < (k + 1) << 6; i++) { low = min(low, at(LOW, i)); high = max(high, at(HIGH, i)); }
    store<f64>(BLOCKS + (<usize>k << 4), low);
    store<f64>(BLOCKS + (<usize>k << 4), high, 8);
  }
  for (let g = 0; g <= count >> 6; g++) {
    let low: f64 = Infinity, high: f64 = -Infinity;
    for (let k = g << 6; k < min((g + 1) << 6, count); k++) { low = min(low, load<f64>(BLOCKS + (<usize>k << 4))); high = max(high, load<f64>(BLOCKS + (<usize>k << 4), 8)); }
    store<f64>(upper + (<usize>g << 4), low);
    store<f64>(upper + (<usize>g << 4), high, 8);
  }
}
