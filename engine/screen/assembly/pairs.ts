// One line above another: the bars at which that changes, for two of many lines.
//
// Lines are compared as 16-bit integers, q(x) = trunc((x − middle) · scale), saturated, with one (middle, scale) a 64 bars for all lines.
// That is monotone, so that q(a) > q(b) proves a > b; equal q (about 1 bar in 20,000) is decided on the doubles. The least and greatest q of
// 64 bars decide most blocks without a look inside.
//
// A line is a slot: N doubles, N 16-bit integers, KP least and KP greatest ones.
import { EVENTS, KP, n, N, SCALES } from './memory';

/** One (middle, scale) a 64 bars from a sample of lines; a value outside saturates, which is only a tie. */
export function scales(slots: usize, count: i32): void {
  for (let k = 0; k < N >> 6; k++) {
    let low: f64 = Infinity, high: f64 = -Infinity;
    for (let s = 0; s < count; s++) {
      const line = load<usize>(slots + (<usize>s << 2));
      for (let i = k << 6; i < min((k + 1) << 6, n); i += 3) {
        const v = load<f64>(line + (<usize>i << 3));
        if (v < low) low = v;
        if (v > high) high = v;
      }
    }
    const isKnown = high >= low && high - low < Infinity, middle = isKnown ? 0.5 * (low + high) : 0;
    const half = max(0.5 * (high - low) * 1.02, 1e-12 * Math.abs(middle));
    store<f64>(SCALES + (<usize>k << 4), middle);
    store<f64>(SCALES + (<usize>k << 4), isKnown && half > 0 ? 32767 / half : 0, 8);
  }
}

/** Writes the integers and the block bounds of a slot whose doubles are there; returns the first bar that is not NaN, or −1 where one follows a number. */
export function quantise(line: usize): i32 {
  let first = 0;
  while (first < n && isNaN(load<f64>(line + (<usize>first << 3)))) first++;
  for (let i = first; i < n; i++) if (isNaN(load<f64>(line + (<usize>i << 3)))) return -1;
  const q = line + (<usize>N << 3), least = q + (<usize>N << 1), most = least + (<usize>KP << 1);
  for (let k = 0; k < N >> 6; k++) {
    let low = i16x8.splat(32767), high = i16x8.splat(-32768);
    const middle = v128.load64_splat(SCALES + (<usize>k << 4)), scale = v128.load64_splat(SCALES + (<usize>k << 4), 8);
    for (let i = k << 6; i < (k + 1) << 6; i += 8) {
      const x = line + (<usize>i << 3);
      const a = two(x, middle, scale), b = two(x + 16, middle, scale), c = two(x + 32, middle, scale), d = two(x + 48, middle, scale);
      const v = i16x8.narrow_i32x4_s(i64x2.shuffle(a, b, 0, 2), i64x2.shuffle(c, d, 0, 2));
      v128.store(q + (<usize>i << 1), v);
      low = i16x8.min_s(low, v);
      high = i16x8.max_s(high, v);
    }
    store<i16>(least + (<usize>k << 1), leastOf(low));
    store<i16>(most + (<usize>k << 1), <i16>~leastOf(v128.not(high)));
  }
  return first;
}

// @ts-ignore: decorator
@inline
function two(x: usize, middle: v128, scale: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(v128.load(x), middle), scale));
}

// @ts-ignore: decorator
@inline
function leastOf(v: v128): i16 {
  v = i16x8.min_s(v, i16x8.shuffle(v, v, 4, 5, 6, 7, 0, 1, 2, 3));
  v = i16x8.min_s(v, i16x8.shuffle(v, v, 2, 3, 0, 1, 6, 7, 4, 5));
  v = i16x8.min_s(v, i16x8.shuffle(v, v, 1, 0, 3, 2, 5, 4, 7, 6));
  return i16x8.extract_lane_s(v, 0);
}

// 16 bars: the sign of the saturated difference b − a survives the narrowing to 8 bits, and so does zero.
// @ts-ignore: decorator
@inline
function difference(a: usize, b: usize): v128 {
  return i8x16.narrow_i16x8_s(i16x8.sub_sat_s(v128.load(b), v128.load(a)), i16x8.sub_sat_s(v128.load(b, 16), v128.load(a, 16)));
}

// @ts-ignore: decorator
@inline
function mask(v: v128): u64 { return <u64><u32>i8x16.bitmask(v); }

// @ts-ignore: decorator
@inline
function greater16(x: usize, y: usize): u64 {
  return mask(i8x16.narrow_i16x8_s(i16x8.gt_s(v128.load(x), v128.load(y)), i16x8.gt_s(v128.load(x, 16), v128.load(y, 16))));
}

// @ts-ignore: decorator
@inline
function greater64(x: usize, y: usize): u64 {
  return greater16(x, y) | (greater16(x + 32, y + 32) << 16) | (greater16(x + 64, y + 64) << 32) | (greater16(x + 96, y + 96) << 48);
}

/**
 * Bars from `from` (≥ both lines' first) on at which "a above b" begins, ends, begins …; returns their number. They lie at EVENTS.
 *
 * `crossing`: a position is entered by a crossing and left by the opposite one, so that it begins no earlier than the first bar at which a is
 * not above b, and a tie keeps what was; otherwise the position is held exactly while a is above b.
 */
export function changes(a: usize, b: usize, from: i32, crossing: bool): i32 {
  if (from >= n) return 0;
  const wide = <usize>N << 3, bounds = wide + (<usize>N << 1), upper = <usize>KP << 1;
  const qa = a + wide, qb = b + wide, leastA = a + bounds, mostA = leastA + upper, leastB = b + bounds, mostB = leastB + upper;
  const k0 = from >> 6, K = N >> 6, tail = n & 63, v0 = k0 & ~63;
  let p = EVENTS, prev: u64 = crossing ? 1 : 0, wasUp: u64 = 0, wasUndecided: u64 = 0;
  for (let v = v0; v < K; v += 64) {
    const o = <usize>v << 1, up = greater64(leastA + o, mostB + o), undecided = ~(up | greater64(leastB + o, mostA + o));
    let open = undecided | (undecided << 1) | wasUndecided | (up ^ ((up << 1) | wasUp));
    wasUp = up >> 63;
    wasUndecided = undecided >> 63;
    if (v == v0) { open |= <u64>1 << (k0 & 63); open &= <u64>-1 << (k0 & 63); }
    if (v + 64 >= K) { const last = (K - 1) & 63; open |= <u64>1 << last; open &= ~(<u64>-2 << last); }
    while (open) {
      const k = v + <i32>ctz(open), base = k << 6, x = qa + (<usize>k << 7), y = qb + (<usize>k << 7);
      open &= open - 1;
      const d0 = difference(x, y), d1 = difference(x + 32, y + 32), d2 = difference(x + 64, y + 64), d3 = difference(x + 96, y + 96);
      let w = mask(d0) | (mask(d1) << 16) | (mask(d2) << 32) | (mask(d3) << 48);
      const before: u64 = k == k0 ? ~(<u64>-1 << (from & 63)) : 0; // bars before `from` are as `prev`
      if (k == k0) w = crossing ? w | before : w & ~before;
      if (!i8x16.all_true(i8x16.min_u(i8x16.min_u(d0, d1), i8x16.min_u(d2, d3)))) {
        const z = i8x16.splat(0);
        let ties = (mask(i8x16.eq(d0, z)) | (mask(i8x16.eq(d1, z)) << 16) | (mask(i8x16.eq(d2, z)) << 32) | (mask(i8x16.eq(d3, z)) << 48)) & ~before;
        while (ties) { // ascending, so that an exact tie can take the bar before
          const j = <i32>ctz(ties), i = base + j;
          ties &= ties - 1;
          if (i >= n) break;
          const s = load<f64>(a + (<usize>i << 3)), t = load<f64>(b + (<usize>i << 3)), bit = <u64>1 << j;
          if (s > t) w |= bit;
          else if (s < t || !crossing) w &= ~bit;
          else {
            const was = j ? (w >> (j - 1)) & 1 : prev;
            const isIdle = p == EVENTS && (~w & (bit - 1)) == 0; // above since the start, and not in a position: a tie arms the next crossing
            w = isIdle ? w & ~bit : (w & ~bit) | (was << j);
          }
        }
      }
      if (k == K - 1 && tail) { const m: u64 = <u64>-1 << tail; w = (w >> (tail - 1)) & 1 ? w | m : w & ~m; }
      let change = w ^ ((w << 1) | prev);
      prev = w >> 63;
      const end = p + (<usize>popcnt(change) << 2);
      store<i32>(p, base + <i32>ctz(change)); change &= change - 1;
      store<i32>(p, base + <i32>ctz(change), 4); change &= change - 1;
      while (change) { p += 4; store<i32>(p, base + <i32>ctz(change), 4); change &= change - 1; }
      p = end;
    }
  }
  return <i32>((p - EVENTS) >> 2);
}
