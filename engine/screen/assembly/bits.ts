// Conditions as bitsets: bit t of the words is bar t; bits from n on are 0.
import { n, N } from './memory';

// @ts-ignore: decorator
@inline
function pair(x: usize, y: usize, op: i32): v128 {
  const a = v128.load(x), b = v128.load(y);
  return op == 0 ? f64x2.gt(a, b) : f64x2.le(a, b);
}

// @ts-ignore: decorator
@inline
function packed(m0: v128, m1: v128, m2: v128, m3: v128, m4: v128, m5: v128, m6: v128, m7: v128): u64 {
  const a = i16x8.narrow_i32x4_s(i32x4.shuffle(m0, m1, 0, 2, 4, 6), i32x4.shuffle(m2, m3, 0, 2, 4, 6));
  const b = i16x8.narrow_i32x4_s(i32x4.shuffle(m4, m5, 0, 2, 4, 6), i32x4.shuffle(m6, m7, 0, 2, 4, 6));
  return <u64><u32>i8x16.bitmask(i8x16.narrow_i16x8_s(a, b));
}

// @ts-ignore: decorator
@inline
function lines16(x: usize, y: usize, op: i32): u64 {
  return packed(
    pair(x, y, op), pair(x + 16, y + 16, op), pair(x + 32, y + 32, op), pair(x + 48, y + 48, op),
    pair(x + 64, y + 64, op), pair(x + 80, y + 80, op), pair(x + 96, y + 96, op), pair(x + 112, y + 112, op),
  );
}

// @ts-ignore: decorator
@inline
function lines(a: usize, b: usize, out: usize, op: i32): void {
  for (let i = 0; i < N; i += 64) {
    const x = a + (<usize>i << 3), y = b + (<usize>i << 3);
    store<u64>(out + (<usize>i >> 3), lines16(x, y, op) | (lines16(x + 128, y + 128, op) << 16) | (lines16(x + 256, y + 256, op) << 32) | (lines16(x + 384, y + 384, op) << 48));
  }
  clip(out);
}

// @ts-ignore: decorator
@inline
function against(x: usize, level: v128, op: i32): v128 {
  const a = v128.load(x);
  return op == 0 ? f64x2.gt(a, level) : op == 1 ? f64x2.le(a, level) : op == 2 ? f64x2.lt(a, level) : f64x2.ge(a, level);
}

// @ts-ignore: decorator
@inline
function level16(x: usize, l: v128, op: i32): u64 {
  return packed(
    against(x, l, op), against(x + 16, l, op), against(x + 32, l, op), against(x + 48, l, op),
    against(x + 64, l, op), against(x + 80, l, op), against(x + 96, l, op), against(x + 112, l, op),
  );
}

// @ts-ignore: decorator
@inline
function level(a: usize, value: f64, out: usize, op: i32): void {
  const l = f64x2.splat(value);
  for (let i = 0; i < N; i += 64) {
    const x = a + (<usize>i << 3);
    store<u64>(out + (<usize>i >> 3), level16(x, l, op) | (level16(x + 128, l, op) << 16) | (level16(x + 256, l, op) << 32) | (level16(x + 384, l, op) << 48));
  }
  clip(out);
}

/** Bits from n on are cleared. */
// @ts-ignore: decorator
@inline
function clip(out: usize): void {
  if (n & 63) { const last = out + (<usize>(n >> 6) << 3); store<u64>(last, load<u64>(last) & ~(<u64>-1 << (n & 63))); }
}

/** a > b. NaN compares false here and below. */
export function linesAbove(a: usize, b: usize, out: usize): void { lines(a, b, out, 0); }
/** a ≤ b. */
export function linesNotAbove(a: usize, b: usize, out: usize): void { lines(a, b, out, 1); }
/** a > level; ≤; <; ≥. */
export function levelAbove(a: usize, value: f64, out: usize): void { level(a, value, out, 0); }
export function levelNotAbove(a: usize, value: f64, out: usize): void { level(a, value, out, 1); }
export function levelBelow(a: usize, value: f64, out: usize): void { level(a, value, out, 2); }
export function levelNotBelow(a: usize, value: f64, out: usize): void { level(a, value, out, 3); }

export function bothHold(a: usize, b: usize, out: usize): void {
  for (let o: usize = 0; o < <usize>N >> 3; o += 8) store<u64>(out + o, load<u64>(a + o) & load<u64>(b + o));
}

export function eitherHolds(a: usize, b: usize, out: usize): void {
  for (let o: usize = 0; o < <usize>N >> 3; o += 8) store<u64>(out + o, load<u64>(a + o) | load<u64>(b + o));
}

/** a and not b. */
export function butNot(a: usize, b: usize, out: usize): void {
  for (let o: usize = 0; o < <usize>N >> 3; o += 8) store<u64>(out + o, load<u64>(a + o) & ~load<u64>(b + o));
}

export function doesNotHold(a: usize, out: usize): void {
  for (let o: usize = 0; o < <usize>N >> 3; o += 8) store<u64>(out + o, ~load<u64>(a + o));
  clip(out);
}

/** What held `bars` ago; `out` must be another bitset than `a`. */
export function held(a: usize, bars: i32, out: usize): void {
  const words = N >> 6, back = bars >> 6, rest = bars & 63;
  for (let k = 0; k < words; k++) {
    const j = k - back;
    let w: u64 = j >= 0 ? load<u64>(a + (<usize>j << 3)) : 0;
    if (rest) w = (w << rest) | (j > 0 ? load<u64>(a + (<usize>(j - 1) << 3)) >> (64 - rest) : 0);
    store<u64>(out + (<usize>k << 3), w);
  }
  clip(out);
}

/** a now and b one bar ago: a crossing, from "above" and "not above". */
export function nowAndBefore(a: usize, b: usize, out: usize): void {
  let carry: u64 = 0;
  for (let o: usize = 0; o < <usize>N >> 3; o += 8) {
    const w = load<u64>(b + o);
    store<u64>(out + o, load<u64>(a + o) & ((w << 1) | carry));
    carry = w >> 63;
  }
}

/** From a bar where `start` holds until the bar before one where `end` holds; an end beats a start. */
export function since(start: usize, end: usize, out: usize): void {
  let state: u64 = 0;
  for (let o: usize = 0; o < <usize>N >> 3; o += 8) {
    let keep = ~load<u64>(end + o), on = load<u64>(start + o) & keep;
    on |= keep & state;                                     // what was on at the end of the word before goes on at bit 0
    on |= keep & (on << 1); keep &= keep << 1;
    on |= keep & (on << 2); keep &= keep << 2;
    on |= keep & (on << 4); keep &= keep << 4;
    on |= keep & (on << 8); keep &= keep << 8;
    on |= keep & (on << 16); keep &= keep << 16;
    on |= keep & (on << 32);
    store<u64>(out + o, on);
    state = on >> 63;
  }
  clip(out);
}

/** First bar from `from` on whose bit is set; N where there is none. */
// @ts-ignore: decorator
@inline
export function next(bits: usize, from: i32): i32 {
  if (from >= N) return N;
  let k = from >> 6;
  let w = load<u64>(bits + (<usize>k << 3)) & (<u64>-1 << (from & 63));
  const words = N >> 6;
  while (!w) {
    if (++k >= words) return N;
    w = load<u64>(bits + (<usize>k << 3));
  }
  return (k << 6) + <i32>ctz(w);
}

// @ts-ignore: decorator
@inline
export function holds(bits: usize, t: i32): bool {
  return ((load<u64>(bits + (<usize>(t >> 6) << 3)) >> (t & 63)) & 1) != 0;
}
