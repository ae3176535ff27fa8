import type { KernelSpace } from './space.ts';

/** Sums of bar returns, and what an all-in long trade adds to them at its entry and at its exit. */
export function sums({ f64, bars, close, fill, entry, exit, sums: sumsAt, rates: { kin, kout } }: KernelSpace): void {
  let sum = 0;
  let squares = 0;
  let before = f64[close];
  for (let t = 0; t < bars; t++) {
    const c = f64[close + t];
    const p = f64[fill + t];
    const out = (p * kout) / before - 1;
    f64.set([p * kout, sum + out, squares + out * out], exit + 4 * t);
    const r = c / before - 1;
    sum += r;
    squares += r * r;
    before = c;
    f64.set([sum, squares], sumsAt + 2 * t);
    const units = kin / p;
    const first = c * units - 1;
    f64.set([units, first - sum, first * first - squares, c], entry + 4 * t);
  }
}

/** Greatest, least and worst later ÷ earlier from each bar to the middle of its stretch of 2^(level + 1) bars. */
export function extremes(space: KernelSpace, levels: number): void {
  const { f64, bars, padded, close } = space;
  for (let t = 0; t < bars; t++) put(space, t, f64[close + t], f64[close + t], 1);
  for (let level = 1; level < levels; level++) {
    const half = 2 ** level;
    for (let middle = half; middle - half < bars; middle += 2 * half) {
      leftOf(space, level * padded, middle - half, Math.min(middle, bars));
      rightOf(space, level * padded, Math.min(middle, bars), Math.min(middle + half, bars));
    }
  }
}

function leftOf(space: KernelSpace, row: number, from: number, to: number): void {
  let top = -Infinity;
  let low = Infinity;
  let fall = 1;
  for (let t = to - 1; t >= from; t--) {
    const c = space.f64[space.close + t];
    if (t !== to - 1) fall = Math.min(fall, low / c);
    top = Math.max(top, c);
    low = Math.min(low, c);
    put(space, row + t, top, low, fall);
  }
}

function rightOf(space: KernelSpace, row: number, from: number, to: number): void {
  let top = -Infinity;
  let low = Infinity;
  let fall = 1;
  for (let t = from; t < to; t++) {
    const c = space.f64[space.close + t];
    top = Math.max(top, c);
    low = Math.min(low, c);
    fall = Math.min(fall, c / top);
    put(space, row + t, top, low, fall);
  }
}

function put({ f64, extremes: extremesAt, falls }: KernelSpace, at: number, top: number, low: number, fall: number): void {
  f64[extremesAt + 2 * at] = top;
  f64[extremesAt + 2 * at + 1] = -low;
  f64[falls + at] = fall;
}

/** Least low and greatest high of every 64 bars, and of every 4,096. */
export function blocks(space: KernelSpace): void {
  const { padded, low, high, blocks: at } = space;
  const count = padded / 64;
  const upper = at + 2 * count;
  for (let k = 0; k < count; k++) bound(space, at + 2 * k, low + 64 * k, high + 64 * k, 64, 1);
  for (let g = 0; g <= Math.floor(count / 64); g++) {
    const first = at + 128 * g;
    bound(space, upper + 2 * g, first, first + 1, Math.min(64, count - 64 * g), 2);
  }
}

function bound({ f64 }: KernelSpace, at: number, lows: number, highs: number, count: number, step: number): void {
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < count; k++) {
    low = Math.min(low, f64[lows + k * step]);
    high = Math.max(high, f64[highs + k * step]);
  }
  f64[at] = low;
  f64[at + 1] = high;
}
