// Where a stop or a target is filled first.
import { at, BLOCKS, HIGH, impact, LOW, maker, n, N, OPEN, taker } from './memory';

/** How levels are met: fractions of the entry, the policy where a bar holds both, and who is filled where an open has passed a target. */
let stopFrac: f64 = 0, targetFrac: f64 = 0, trailFrac: f64 = 0;
let onTouch: bool = false, atOpen: bool = false, policy: i32 = 0;
export function protect(stop: f64, target: f64, trail: f64, touch: bool, session: bool, intrabar: i32): void {
  stopFrac = stop;
  targetFrac = target;
  trailFrac = trail;
  onTouch = touch;
  atOpen = session;
  policy = intrabar;
}

/** The fill of the touch found last: its price, and 1 for a taker, 2 for a maker, + 4 where the bar holds both levels. */
export let hitPrice: f64 = 0;
export let hitKind: i32 = 0;

/** A touch as it was kept: {bar, kind, price}. */
// @ts-ignore: decorator
@inline
export function recall(kept: usize): void { hitKind = load<i32>(kept, 4); hitPrice = load<f64>(kept, 8); }

// @ts-ignore: decorator
@inline
export function hasLevels(): bool { return stopFrac > 0 || targetFrac > 0 || trailFrac > 0; }

/** First bar from `from` on that fills a level of an entry at A, `dir` 1 long or −1 short; n where none does. */
export function touch(dir: f64, A: f64, from: i32): i32 { return trailFrac > 0 ? touchTrailing(dir, A, from) : touchLevels(dir, A, from); }

/** First bar in [from, end) with low ≤ `low` or high > `high`; `end` or more where there is none. */
// @ts-ignore: decorator
@inline
function scan(from: i32, end: i32, low: f64, high: f64): i32 {
  const l = f64x2.splat(low), h = f64x2.splat(high);
  for (let j = from; j < end; j += 4) {
    const x = LOW + (<usize>j << 3), y = HIGH + (<usize>j << 3);
    const a = v128.or(f64x2.le(v128.load(x), l), f64x2.gt(v128.load(y), h)), b = v128.or(f64x2.le(v128.load(x, 16), l), f64x2.gt(v128.load(y, 16), h));
    const m = i32x4.bitmask(i32x4.shuffle(a, b, 0, 2, 4, 6));
    if (m) return j + ctz(m);
  }
  return end;
}

/** The same with bounds of 64 and 4,096 bars. */
export function reach(from: i32, end: i32, low: f64, high: f64): i32 {
  const here = min(end, (from + 64) & ~63);
  let j = scan(from, here, low, high);
  if (j < here) return j;
  if (here >= end) return end;
  const upper = BLOCKS + (<usize>(N >> 6) << 4), last = (end + 63) >> 6;
  let k = here >> 6;
  while (k < last) {
    if (!(k & 63)) {
      const g = upper + (<usize>(k >> 6) << 4);
      if (load<f64>(g) > low && load<f64>(g, 8) <= high) { k += 64; continue; }
    }
    const b = BLOCKS + (<usize>k << 4);
    if (load<f64>(b) <= low || load<f64>(b, 8) > high) { j = scan(k << 6, (k << 6) + 64, low, high); return min(j, end); }
    k++;
  }
  return end;
}

/** The double before a positive one: x ≥ t is x > before(t). */
// @ts-ignore: decorator
@inline
function before(t: f64): f64 { return reinterpret<f64>(reinterpret<u64>(t) - 1); }

/** First bar from `from` on that fills the stop or the target of an entry at A; n where none does. Leaves hitPrice and hitKind. */
function touchLevels(dir: f64, A: f64, from: i32): i32 {
  const stop = stopFrac > 0 ? A * (1 - dir * stopFrac) : NaN, target = targetFrac > 0 ? A * (1 + dir * targetFrac) : NaN;
  const isLong = dir > 0;
  let low: f64, high: f64;
  if (isLong) {
    low = stopFrac > 0 ? stop : -Infinity;
    high = targetFrac > 0 ? (onTouch ? before(target) : target) : Infinity;
  } else {
    low = targetFrac > 0 ? (onTouch ? target : before(target)) : -Infinity; // low < target
    high = stopFrac > 0 ? before(stop) : Infinity;                          // high ≥ stop
  }
  const j = reach(from, n, low, high);
  if (j >= n) return n;
  settle(dir, stop, target, j);
  return j;
}

/** The fill in a bar that meets a level: what the open has passed, then the levels inside. */
function settle(dir: f64, stop: f64, target: f64, j: i32): void {
  const o = at(OPEN, j), h = at(HIGH, j), l = at(LOW, j), isLong = dir > 0;
  if (dir * (o - stop) <= 0) { hitPrice = o; hitKind = 1; return; }
  if (onTouch ? dir * (o - target) >= 0 : dir * (o - target) > 0) { hitPrice = atOpen ? o : target; hitKind = 2; return; }
  const against = isLong ? l : h, towards = isLong ? h : l;
  const meetsStop = dir * (against - stop) <= 0, meetsTarget = onTouch ? dir * (towards - target) >= 0 : dir * (towards - target) > 0;
  let takesTarget = meetsTarget;
  if (meetsStop && meetsTarget) {
    if (policy == 2) takesTarget = isLong ? h - o < o - l : o - l < h - o;
    else {
      const x = target * (dir - maker), p = stop * (1 - dir * impact), y = p * (dir - taker);
      takesTarget = x != y && (x > y) == (policy == 1);
    }
  }
  hitKind = (takesTarget ? 2 : 1) | (meetsStop && meetsTarget ? 4 : 0);
  hitPrice = takesTarget ? target : stop;
}

/** The same with a trailing stop, bar by bar: its level follows the best price since the entry from the bar after it on. */
function touchTrailing(dir: f64, A: f64, from: i32): i32 {
  const fixed = stopFrac > 0 ? A * (1 - dir * stopFrac) : NaN, target = targetFrac > 0 ? A * (1 + dir * targetFrac) : NaN, isLong = dir > 0;
  let best = A, trail: f64 = NaN;
  for (let j = from; j < n; j++) {
    const h = at(HIGH, j), l = at(LOW, j);
    const stop = isNaN(trail) ? fixed : isNaN(fixed) ? trail : isLong ? max(fixed, trail) : min(fixed, trail);
    const against = isLong ? l : h, towards = isLong ? h : l;
    const meetsTarget = onTouch ? dir * (towards - target) >= 0 : dir * (towards - target) > 0;
    if (dir * (against - stop) <= 0 || meetsTarget) { settle(dir, stop, target, j); return j; }
    best = isLong ? max(best, h) : min(best, l);
    trail = best * (1 - dir * trailFrac);
  }
  return n;
}
